import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import { messagePath, type Target } from '../api/messages';
import { messageField } from '../locators';
import { mailboxField, readMailbox } from '../mailbox';
import { optionalQueueField, queueField, readQueue } from './queue/fields';
import { countIn, queuedById, waitingIn } from './queue/look';
import type { QueuedMessage } from './queue/marks';

/** So long before its slot Exchange may take a message up at any moment. */
const TOO_LATE_MS = 30_000;
/** So long after its slot it would have left, if it could. */
const OVERDUE_MS = 15 * 60_000;

type State = 'waiting' | 'leaving' | 'overdue' | 'not let go';

function stateOf({ isLetGo, leavesAt }: QueuedMessage): State {
	const now = Date.now();
	if (!isLetGo) return 'not let go';
	if (leavesAt > now + TOO_LATE_MS) return 'waiting';
	return leavesAt > now - OVERDUE_MS ? 'leaving' : 'overdue';
}

const told = (message: QueuedMessage): IDataObject => {
	const { id, queue, key, subject, recipients, leavesAt } = message;
	return {
		id,
		state: stateOf(message),
		leavesAt: leavesAt > 0 ? new Date(leavesAt).toISOString() : null,
		queue,
		key,
		subject,
		recipients,
	};
};

export const getQueued = perItem({
	name: 'Get Queued',
	value: 'getQueued',
	action: 'Get queued messages',
	description: 'Get the messages that still wait for their turn, with the moment at which each leaves',
	fields: [mailboxField, optionalQueueField, ...limitFields],
	read: (item) => ({ mailbox: readMailbox(item), queue: readQueue(item), limit: item.limit() }),
	call: (wanted, client) => rows(wanted, client),
});

async function* rows(
	{ mailbox, queue, limit }: { mailbox: string; queue: string; limit: number },
	client: Client,
): AsyncGenerator<IDataObject> {
	let left = limit;
	for await (const message of waitingIn(mailbox, queue || undefined, client)) {
		if (left-- <= 0) return;
		yield told(message);
	}
}

export const cancelQueued = perItem({
	name: 'Cancel Queued',
	value: 'cancelQueued',
	action: 'Cancel queued messages',
	description: 'Take messages back that still wait for their turn: one, or all of a queue',
	asTool: false,
	fields: [
		mailboxField,
		{
			displayName: 'Cancel',
			name: 'what',
			type: 'options',
			options: [
				{ name: 'A Whole Queue', value: 'queue', description: 'All that still wait in it' },
				{ name: 'One Message', value: 'message', description: 'By the ID that Queue has given' },
			],
			default: 'message',
			description: 'How much to take back',
		},
		{ ...messageField, displayOptions: { show: { what: ['message'] } } },
		{ ...queueField, description: 'The name it was given', displayOptions: { show: { what: ['queue'] } } },
	],
	read(item) {
		const mailbox = readMailbox(item);
		if (item.option('what') === 'message') return { mailbox, id: item.requiredText('messageId') };
		item.requiredText('queue');
		return { mailbox, queue: readQueue(item) };
	},
	call: (wanted, client) =>
		wanted.id === undefined ? cancelAll(wanted.mailbox, wanted.queue, client) : cancelOne(wanted, client),
});

async function cancelOne(target: Target, client: Client): Promise<IDataObject> {
	const message = await queuedById(target, client);
	if (message?.where !== 'waiting')
		throw notWaiting(message === undefined ? 'is in no queue' : ENDED[message.where]);
	const done = await cancel(target.mailbox, message, client);
	if (done.cancelled === true) return done;
	throw notWaiting(`was not cancelled: ${String(done.why)}`);
}

const ENDED = { left: 'has left', elsewhere: 'was cancelled or moved' };

const notWaiting = (what: string): ServiceError =>
	new ServiceError({
		service: 'Outlook',
		message: `This message ${what}`,
		remedy:
			'Get Queued lists what still waits, with its IDs. A message can be taken back until half a minute before it leaves.',
		field: 'Message ID',
	});

/** Side by side as many as travel in a few requests. */
const AT_ONCE = 200;

async function* cancelAll(mailbox: string, queue: string, client: Client): AsyncGenerator<IDataObject> {
	const all: QueuedMessage[] = [];
	for await (const message of waitingIn(mailbox, queue, client)) all.push(message);
	for (let from = 0; from < all.length; from += AT_ONCE)
		yield* await Promise.all(
			all.slice(from, from + AT_ONCE).map(async (message) => await cancel(mailbox, message, client)),
		);
}

/** Deleting takes back what waits. Just before its time, that could delete what has left: then nothing is done. */
async function cancel(mailbox: string, message: QueuedMessage, client: Client): Promise<IDataObject> {
	const { id } = message;
	const isLeaving = () => stateOf(message) === 'leaving';
	const tooLate = { cancelled: false, why: 'it leaves within half a minute, or is leaving now' };
	if (isLeaving()) return { ...told(message), ...tooLate };
	const path = messagePath({ mailbox, id }, client);
	let hasLeft = false;
	await client.delete(path, {
		answer: 'anything',
		idempotent: false,
		// It may have waited for its turn.
		onAttempt() {
			if (isLeaving()) throw notWaiting(`was not cancelled: ${tooLate.why}`);
		},
		reconcile: async () => {
			const found = await queuedById({ mailbox, id }, client);
			hasLeft = found?.where === 'left';
			return found?.where === 'waiting' ? undefined : {};
		},
	});
	return hasLeft
		? { ...told(message), state: 'left', cancelled: false, why: 'it has left meanwhile' }
		: { ...told(message), state: 'cancelled', cancelled: true };
}

export const getQueueReport = perItem({
	name: 'Get Queue Report',
	value: 'getQueueReport',
	action: 'Get a report on queued messages',
	description: 'Count what waits, has left, was cancelled or failed, and tell when the last one leaves',
	fields: [mailboxField, optionalQueueField],
	read: (item) => ({ mailbox: readMailbox(item), queue: readQueue(item) }),
	async call({ mailbox, queue }, client) {
		const count: Record<State, number> = { waiting: 0, leaving: 0, overdue: 0, 'not let go': 0 };
		let [first, last] = [Infinity, -Infinity];
		const [left, cancelled] = await Promise.all(
			['sentitems', 'deleteditems'].map(
				async (folder) => await countIn(mailbox, folder, queue || undefined, client),
			),
		);
		for await (const message of waitingIn(mailbox, queue || undefined, client)) {
			count[stateOf(message)]++;
			if (!message.isLetGo || !(message.leavesAt > 0)) continue;
			first = Math.min(first, message.leavesAt);
			last = Math.max(last, message.leavesAt);
		}
		const time = (at: number) => (Number.isFinite(at) ? new Date(at).toISOString() : null);
		return {
			mailbox,
			queue,
			waiting: count.waiting + count.leaving,
			left,
			cancelled,
			failed: count.overdue + count['not let go'],
			overdue: count.overdue,
			notLetGo: count['not let go'],
			nextLeavesAt: time(first),
			lastLeavesAt: time(last),
		} as IDataObject;
	},
});
