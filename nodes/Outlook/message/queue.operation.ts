import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { digest } from '../../../core/node/marks';
import { perItem } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { mainAddress } from '../api/names';
import { messagesPerMinute } from '../connection';
import { whose } from '../mailbox';
import { compose, messageFields, optionsOf, type Outgoing, sendAtOption } from './compose';
import { dropUnsent, makeDraft } from './deliver';
import { Ledger } from './queue/ledger';
import { letGo } from './queue/letGo';
import { queuedById } from './queue/look';
import { addressesOf, queueMark, type Place, type QueuedMessage } from './queue/marks';
import { once } from './queue/once';
import { queueField, readQueue } from './queue/fields';

const keyField: INodeProperties = {
	displayName: 'Key',
	name: 'key',
	type: 'string',
	default: '',
	placeholder: 'e.g. {{ $json.customerId }}',
	description:
		'What tells one message of the queue from another, such as a customer number: one key is queued once, however often the workflow runs. Empty: people, subject, words and files together.',
};

const dayOption: INodeProperties = {
	displayName: 'Recipients per Day',
	name: 'recipientsPerDay',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 10_000,
	description:
		'How many the mailbox may write to in 24 hours. Lower it to leave room for what people send from it.',
};

interface Wanted extends Place {
	outgoing: Outgoing;
	recipients: number;
	recipientsPerDay: number;
}

export const queue = perItem({
	name: 'Queue',
	value: 'queue',
	action: 'Queue a message',
	description: 'Have Exchange send many messages over hours, at the pace it allows',
	fields: [
		queueField,
		...messageFields,
		keyField,
		optionsOf([
			dayOption,
			{
				...sendAtOption,
				displayName: 'Not Before',
				description: 'The message leaves then or later, when its turn comes',
			},
		]),
	],
	read: async (item, feedback): Promise<Wanted> => {
		const outgoing = await compose(item, feedback);
		const recipients = addressesOf(outgoing.message).length;
		const options = item.collection('options');
		return {
			outgoing,
			recipients,
			queue: nameOf(item),
			key: item.has('key') ? keyOf(item) : digest([outgoing.message, outgoing.files, outgoing.marks]),
			recipientsPerDay: options.has('recipientsPerDay')
				? options.number('recipientsPerDay', { min: recipients })
				: 10_000,
		};
	},
	call: async (wanted, client) => await enqueue(wanted, client),
});

function nameOf(item: ParameterReader): string {
	item.requiredText('queue');
	return readQueue(item);
}

/** One that is too long for a mark is kept as its digest. */
function keyOf(item: ParameterReader): string {
	const key = item.filledText('key');
	return key.length <= 100 ? key : digest([key]);
}

async function enqueue(named: Wanted, client: Client): Promise<IDataObject> {
	const mailbox = await mainAddress(whose(named.outgoing.mailbox, client), client);
	const wanted = { ...named, outgoing: { ...named.outgoing, mailbox } };
	let answer: IDataObject | undefined;
	const id = await once(
		`${mailbox} ${wanted.queue.toLowerCase()}|${wanted.key}`,
		client,
		async (known) => {
			const found = await queuedById({ mailbox, id: known }, client);
			if (found?.key !== wanted.key || !found.isLetGo || found.where === 'elsewhere') return false;
			answer = told(found, true);
			return true;
		},
		async (isDoubtful) => {
			answer = await putIn(wanted, isDoubtful, client);
			return String(answer.id);
		},
	);
	return { ...answer, id };
}

/** @param isDoubtful whether somebody may have queued it after this run looked */
async function putIn(wanted: Wanted, isDoubtful: boolean, client: Client): Promise<IDataObject> {
	const { outgoing, queue: name, key, recipients, recipientsPerDay } = wanted;
	const { mailbox, message, sendAt } = outgoing;
	const ledger = isDoubtful ? Ledger.anew(mailbox, client) : Ledger.of(mailbox, client);
	const known = await ledger.find(wanted);
	if (known?.isLetGo) return told(known, true);
	// Made by a run that ended before it let it go: its files may be half there.
	if (known !== undefined) await dropUnsent({ mailbox, id: known.id }, client);
	const take = async () =>
		await ledger.board.take(recipients, sendAt?.getTime() ?? 0, {
			messagesPerMinute: messagesPerMinute(client.credential),
			recipientsPerDay,
		});
	const slot = await take();
	const own = {
		...outgoing,
		sendAt: new Date(slot.at),
		marks: [...(outgoing.marks ?? []), queueMark({ queue: name, key })],
	};
	const draft = await makeDraft(own, client).catch((error: unknown) => {
		ledger.board.giveBack(slot);
		throw error;
	});
	const id = String(draft.id);
	const leavesAt = await letGo({ mailbox, id }, slot, { board: ledger.board, take }, client);
	const subject = String(message.subject ?? '');
	return told({ id, queue: name, key, subject, leavesAt, recipients: addressesOf(message) }, false);
}

const told = (
	{ id, queue: name, key, subject, recipients, leavesAt }: Omit<QueuedMessage, 'isLetGo'>,
	queuedBefore: boolean,
): IDataObject => ({
	id,
	queued: true,
	queuedBefore,
	leavesAt: new Date(leavesAt).toISOString(),
	queue: name,
	key,
	subject,
	recipients,
});
