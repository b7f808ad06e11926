import type { IBinaryKeyData, IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { TooManyRows, type Source } from '../../../core/poll/backfill';
import { attachmentsOf, fileOf } from '../mail/attachments';
import { getMessage, messagesIn, WHOLE, type Message } from '../mail/messages';

const SECOND_MS = 1_000;

export interface Watched {
	mailbox: string;
	folder: string;
	withBody: boolean;
	attachments: boolean;
}

const receivedAt = ({ receivedDateTime, sentDateTime }: Message): number =>
	Date.parse(String(receivedDateTime ?? sentDateTime ?? ''));

/** Messages by the time they came into the folder's mailbox. */
export function arrivals(client: Client, { mailbox, folder }: Watched): Source<Message> {
	return {
		id: ({ id }) => id,
		at: receivedAt,
		clock: client.clock,
		shortestMs: SECOND_MS,
		async *between(from, until, most) {
			// A second more on both sides: whether the ends count is not documented, and rows from outside do no harm.
			const times = {
				startTime: wholeSecond(from.getTime() - SECOND_MS),
				endTime: wholeSecond(until.getTime() + 2 * SECOND_MS),
			};
			const found: Message[] = [];
			for await (const message of messagesIn(client, mailbox, folder, times))
				if (found.push(message) > most) throw new TooManyRows();
			// They come the newest first: so those of one moment keep their order.
			yield* found.reverse();
		},
	};
}

const wholeSecond = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+/, '');

/** Messages as items, with what was asked for beside them. */
export async function itemsOf(
	messages: Message[],
	watched: Watched,
	client: Client,
	context: IPollFunctions,
): Promise<INodeExecutionData[]> {
	const items: INodeExecutionData[] = [];
	for (const message of messages) {
		const { mailbox } = watched;
		const json: IDataObject = watched.withBody
			? await getMessage(client, mailbox, message.id, WHOLE)
			: message;
		const isWanted = watched.attachments && message.hasAttachments !== false;
		items.push({
			json,
			...(isWanted ? { binary: await filesOf(client, mailbox, message.id, context) } : {}),
		});
	}
	return items;
}

async function filesOf(
	client: Client,
	mailbox: string,
	id: string,
	context: IPollFunctions,
): Promise<IBinaryKeyData> {
	const binary: IBinaryKeyData = {};
	for (const [at, attachment] of (await attachmentsOf(client, mailbox, id)).entries()) {
		const { content, fileName, mimeType } = await fileOf(client, mailbox, id, attachment);
		binary[`attachment_${at}`] = await context.helpers.prepareBinaryData(content, fileName, mimeType);
	}
	return binary;
}
