import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../../core/http/client';
import { folderId, folderPath } from '../../api/folders';
import { briefPages, messagePath, type Target } from '../../api/messages';
import { inQueue, MARKS, queuedMessage, type QueuedMessage } from './marks';

const SELECT = 'id,subject,toRecipients,ccRecipients,bccRecipients,isDraft,parentFolderId';
/** Where Exchange keeps what was let go with a time of its own: mostly where it was, at times in the Outbox. */
const HELD = ['drafts', 'outbox'];

/** What waits in a mailbox, of one queue or of all; also what was never let go. */
export async function* waitingIn(
	mailbox: string,
	queue: string | undefined,
	client: Client,
): AsyncGenerator<QueuedMessage> {
	for (const folder of HELD) yield* queuedIn(mailbox, folder, queue, client);
}

/** Messages of a queue in a folder. */
export async function* queuedIn(
	mailbox: string,
	folder: string,
	queue: string | undefined,
	client: Client,
): AsyncGenerator<QueuedMessage> {
	const list = `${folderPath(mailbox, folder, client)}/messages`;
	const query = { $filter: inQueue(queue), $select: SELECT, $expand: MARKS };
	for await (const row of client.pages(list, briefPages, query)) {
		const message = queuedMessage(row);
		if (message !== undefined) yield message;
	}
}

/** How many of a queue are in a folder. */
export async function countIn(
	mailbox: string,
	folder: string,
	queue: string | undefined,
	client: Client,
): Promise<number> {
	const answer = await client.get<IDataObject>(`${folderPath(mailbox, folder, client)}/messages`, {
		$filter: inQueue(queue),
		$select: 'id',
		$count: 'true',
		$top: 1,
	});
	return Number(answer['@odata.count']);
}

/** Where a message of a queue is. */
type Where = 'waiting' | 'left' | 'elsewhere';

/** The IDs of the folders that tell; asked once in a run. */
const places = new WeakMap<Client, Map<string, Promise<string[]>>>();

async function placeOf(folder: string, mailbox: string, client: Client): Promise<Where> {
	const all = places.get(client) ?? new Map<string, Promise<string[]>>();
	places.set(client, all);
	const ids =
		all.get(mailbox) ??
		Promise.all([...HELD, 'sentitems'].map(async (name) => await folderId(mailbox, name, client)));
	all.set(mailbox, ids);
	const at = (await ids).indexOf(folder);
	if (at < 0) return 'elsewhere';
	return at < HELD.length ? 'waiting' : 'left';
}

/** One message of a queue, and where it is; undefined for one that is not there or in no queue. */
export async function queuedById(
	target: Target,
	client: Client,
): Promise<(QueuedMessage & { where: Where }) | undefined> {
	try {
		const row = await client.get<IDataObject>(messagePath(target, client), {
			$select: SELECT,
			$expand: MARKS,
		});
		const found = queuedMessage(row);
		if (found === undefined) return undefined;
		return { ...found, where: await placeOf(String(row.parentFolderId), target.mailbox, client) };
	} catch (error) {
		if (client.isGone(error)) return undefined;
		throw error;
	}
}
