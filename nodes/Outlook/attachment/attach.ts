import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { limiterFor } from '../../../core/http/limiter';
import { withoutNotes } from '../api/messages';
import { IN_ONE_REQUEST, uploadFile } from '../api/upload';
import { asAttachment, type OutgoingFile } from '../message/files';

/** The IDs of the files that a run has attached. */
const attachedBy = new WeakMap<Client, Set<string>>();
/** Files that are read side by side: a small one is in memory as a whole, a large one with two pieces, and counts for two. */
const READ = { concurrency: 4 };
/** How far Outlook's clock and this one may be apart. */
const CLOCKS_APART_MS = 2 * 60_000;

/**
 * One file at a message or event, in one request or piece by piece. When the answer gets lost, the file is looked up; one
 * of the same name that this run attached before, or that was there before, is not taken for it.
 *
 * @param owner the path of the message or event. @returns the attachment @throws {ServiceError}
 */
export async function attach(owner: string, file: OutgoingFile, client: Client): Promise<IDataObject> {
	const known = attachedBy.get(client) ?? new Set();
	attachedBy.set(client, known);
	const since = Date.now() - CLOCKS_APART_MS;
	const twin = async () =>
		(await filesAt(owner, client)).find(
			({ id, name, lastModifiedDateTime }) =>
				name === file.name && !known.has(String(id)) && !(Date.parse(String(lastModifiedDateTime)) < since),
		);
	const isLarge = file.bytes >= IN_ONE_REQUEST;
	const attached = await limiterFor(client.account, READ, 'reading files').run(
		async () => await (isLarge ? uploadFile : attachWhole)(owner, file, twin, client),
		{ places: isLarge ? 2 : 1 },
	);
	known.add(String(attached.id));
	return attached;
}

async function attachWhole(
	owner: string,
	file: OutgoingFile,
	twin: () => Promise<IDataObject | undefined>,
	client: Client,
): Promise<IDataObject> {
	return withoutNotes(
		await client.send({
			method: 'POST',
			path: `${owner}/attachments`,
			body: await asAttachment(file),
			idempotent: false,
			answer: ['id'],
			reconcile: twin,
			manualCheck: 'Look at the files of the message or event.',
		}),
	);
}

/** Without what is in them. */
async function filesAt(owner: string, client: Client): Promise<IDataObject[]> {
	const { value } = await client.get<{ value: IDataObject[] }>(`${owner}/attachments`, {
		$select: 'id,name,size,contentType,isInline,lastModifiedDateTime',
	});
	return value;
}
