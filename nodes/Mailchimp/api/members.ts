import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { noLinks } from '../connection';

/** A contact by its hash, address or ID; undefined when the audience does not have it. */
export async function findMember(
	client: Client,
	audience: string,
	member: string,
): Promise<IDataObject | undefined> {
	return await client.found(client.get<IDataObject>(path`/lists/${audience}/members/${member}`, noLinks()));
}

/** Takes a contact out of the audience (https://mailchimp.com/developer/marketing/api/list-members/archive-list-member/). */
export async function archiveMember(client: Client, audience: string, member: string): Promise<void> {
	await client.delete(path`/lists/${audience}/members/${member}`, {
		// An archived contact is still found at its path.
		async reconcile() {
			const found = await findMember(client, audience, member);
			return found === undefined || found.status === 'archived' ? {} : undefined;
		},
	});
}
