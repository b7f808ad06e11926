import type { IDataObject } from 'n8n-workflow';
import type { Chunk, ChunkLimits } from '../../../core/batch/chunks';
import { toServiceError, type ServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { done, failed, type ItemResult } from '../../../core/node/operation';
import { getMessage, type Message } from '../mail/messages';
import type { Target } from './target';

/** The same for all messages of a request, beside the mailbox. */
export type Change = Target & { change: IDataObject };

/** Up to 100 IDs in one request. */
export const HUNDRED: ChunkLimits<Change> = {
	items: 100,
	bytes: 1024 * 1024,
	by: ({ mailbox, change }) => `${mailbox} ${JSON.stringify(change)}`,
	split: ({ id, ...common }) => ({ common, own: id }),
};

interface Many {
	/** The last part of the path. */
	call: 'batchUpdate' | 'move' | 'batchDelete';
	/** Whether a message is as it should be; `undefined`: it is gone. */
	isDone(message: Message | undefined, change: IDataObject): boolean;
	row(id: string, change: IDataObject): IDataObject;
}

/**
 * One change of many messages. A success shows nothing of what was done, so the first message is looked at. A refusal may be
 * about any of them: then each is tried by itself, and gets its own answer.
 */
export async function changeMany(many: Many, chunk: Chunk, client: Client): Promise<ItemResult[]> {
	const { mailbox, change, ids } = JSON.parse(chunk.json('ids').toString()) as {
		mailbox: string;
		change: IDataObject;
		ids: string[];
	};
	const send = async (some: string[]) => await sendOne(many, { mailbox, change, ids: some }, client);
	const unique = [...new Set(ids)];
	const results = new Map<string, ItemResult>();
	const whole = await attempt(async () => await send(unique));
	if (whole?.outcome === 'refused' && unique.length > 1)
		await Promise.all(
			unique.map(async (id) => {
				const error = await attempt(async () => await send([id]));
				results.set(id, error === undefined ? done(many.row(id, change)) : failed(error));
			}),
		);
	return ids.map(
		(id) => results.get(id) ?? (whole === undefined ? done(many.row(id, change)) : failed(whole)),
	);
}

async function attempt(work: () => Promise<void>): Promise<ServiceError | undefined> {
	try {
		await work();
		return undefined;
	} catch (error) {
		return toServiceError(error, 'unknown');
	}
}

interface Some {
	mailbox: string;
	change: IDataObject;
	ids: string[];
}

async function sendOne(
	{ call, isDone }: Many,
	{ mailbox, change, ids }: Some,
	client: Client,
): Promise<void> {
	const [first] = ids as [string];
	await client.send({
		method: 'POST',
		path: `${path`/v2/users/${mailbox}/messages`}/${call}`,
		body: { ids, ...change },
		// A message that is in Deleted already is gone for good when it is deleted again.
		idempotent: false,
		answer: 'nothing',
		reconcile: async () => (isDone(await look(client, mailbox, first), change) ? {} : undefined),
		manualCheck: `Look at the messages in the mailbox ${mailbox}.`,
	});
}

const look = async (client: Client, mailbox: string, id: string): Promise<Message | undefined> =>
	await client.found(getMessage(client, mailbox, id, ['folderId', 'isRead']));
