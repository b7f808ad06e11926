import type { IDataObject } from 'n8n-workflow';
import type { Chunk } from '../../../core/batch/chunks';
import { ServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { done, failed, type ItemResult } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { withoutLinks } from '../connection';
import { unanswered } from '../errors/unanswered';
import { addressKey, audienceId, readAddress } from '../ids';
import { audienceLocator } from '../locators';
import { emailField } from '../member/fields';
import { noteBulk } from '../road';
import { tagId, tagLocator } from './fields';

interface Target {
	audience: string;
	tag: string;
}

export interface Tagging extends Target {
	address: string;
}

export const taggingFields = [audienceLocator, tagLocator, emailField];

export const readTagging = (item: ParameterReader): Tagging => ({
	audience: audienceId(item),
	tag: tagId(item),
	address: readAddress(item),
});

/** 500 addresses in a request (https://mailchimp.com/developer/marketing/api/list-segments/batch-add-or-remove-members/). */
export const chunk = {
	items: 500,
	bytes: 1_000_000,
	by: ({ audience, tag }: Tagging) => JSON.stringify({ audience, tag } satisfies Target),
	split: ({ address }: Tagging) => ({ common: {}, own: address }),
};

/** Puts a tag on the contacts of a chunk, or takes it off; each address has its own answer. */
export async function tagMany(
	addresses: Chunk,
	client: Client,
	to: 'members_to_add' | 'members_to_remove',
): Promise<ItemResult[]> {
	const { audience, tag } = JSON.parse(addresses.group) as Target;
	const { list } = JSON.parse(addresses.json('list').toString()) as { list: string[] };
	noteBulk(client, list.length);
	const wanted = [...new Map(list.map((address) => [addressKey(address), address])).values()];
	const answer = await client.send<IDataObject>({
		method: 'POST',
		path: path`/lists/${audience}/segments/${tag}`,
		body: { [to]: wanted },
		answer: ['members_added', 'members_removed', 'errors'],
		idempotent: true,
	});
	const rows = (name: string) => (Array.isArray(answer[name]) ? (answer[name] as IDataObject[]) : []);
	const members = new Map(
		[...rows('members_added'), ...rows('members_removed')].map((row) => [addressKey(row.email_address), row]),
	);
	const refused = new Map(
		rows('errors').flatMap(({ email_addresses: some, error }) =>
			(Array.isArray(some) ? some : []).map((one) => [addressKey(one), String(error ?? '')] as const),
		),
	);
	return list.map((address) => {
		const row = members.get(addressKey(address));
		const isAdding = to === 'members_to_add';
		if (row !== undefined) return done({ ...withoutLinks(row), [isAdding ? 'tagged' : 'untagged']: true });
		const said = refused.get(addressKey(address));
		if (said === undefined) return failed(unanswered(address));
		// Whoever does not have the tag is what was asked for, also when an earlier try took it off.
		if (!isAdding) return done({ email_address: address, untagged: false });
		return failed(notTagged(address, said));
	});
}

const notTagged = (address: string, said: string): ServiceError =>
	new ServiceError({
		service: 'Mailchimp',
		message: `Mailchimp did not tag “${address}”: most likely it is not in the audience`,
		remedy: 'Add the contact first: Member → Create or Update adds and tags it at once.',
		field: 'Email Address',
		said,
	});
