import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { ServiceError, toServiceError } from '../../core/errors';
import type { Chunk, ChunkLimits } from '../../core/batch/chunks';
import type { Client } from '../../core/http/client';
import { done, failed, type ItemResult, type RunFeedback } from '../../core/node/operation';
import type { ParameterReader } from '../../core/node/parameters/reader';
import { counted } from '../../core/text';
import { MOST_CALLS, operationIds, resultsOf, startBatch, waitForBatch, type Call } from './api/batches';
import type { BatchResult } from './api/results';

/** From how many items on calls travel in a batch: fewer are through in seconds over the ten connections of a user. */
export const BATCH_FROM = 50;

/** What goes one call a contact, alone or with others. */
export interface Travelling<M> {
	/** As a batch carries it; undefined for what only goes alone. */
	call(message: M): Call | undefined;
	/** Alone, with the look-ups that a lost answer needs. */
	alone(message: M, client: Client): Promise<IDataObject>;
	/** The result, of the answer to the call. @throws {ServiceError} for a success that is none */
	row(message: M, answer: IDataObject): IDataObject;
}

/** How the requests of a run have gone so far. */
interface Tally {
	batches: number;
	inBatches: number;
	alone: number;
	bulkCalls: number;
	inBulk: number;
}

const tallies = new WeakMap<object, Tally>();

function tallyOf(client: Client): Tally {
	const tally = tallies.get(client) ?? { batches: 0, inBatches: 0, alone: 0, bulkCalls: 0, inBulk: 0 };
	tallies.set(client, tally);
	return tally;
}

/** Notes that so many items go in one bulk call, for what {@link tellRoad} says. */
export function noteBulk(client: Client, items: number): void {
	const tally = tallyOf(client);
	tally.bulkCalls++;
	tally.inBulk += items;
}

/**
 * Takes calls of one kind the cheapest way: as one batch from so many on, else one by one over the connections of the user.
 * One answer for each, in their order.
 */
export async function byCheapestRoad<M>(
	messages: M[],
	client: Client,
	feedback: RunFeedback,
	batchFrom: number,
	travelling: Travelling<M>,
): Promise<ItemResult[]> {
	const calls = messages.map((message) => travelling.call(message));
	const together = calls.flatMap((call, at) => (call === undefined ? [] : [at]));
	const isBatch = batchFrom > 0 && together.length >= batchFrom;
	const results = new Array<ItemResult | undefined>(messages.length);
	if (isBatch) {
		const answers = await inOneBatch(
			together.map((at) => calls[at]!),
			client,
			feedback,
		);
		together.forEach((at, i) => (results[at] = resultOf(messages[at]!, answers[i]!, travelling)));
	}
	const left = messages.flatMap((_, at) => (results[at] === undefined ? [at] : []));
	tallyOf(client).alone += left.length;
	await Promise.all(
		left.map(async (at) => {
			results[at] = await settled(async () => await travelling.alone(messages[at]!, client));
		}),
	);
	return results.map((result) => result!);
}

type Answer = { body: IDataObject } | { refused: ServiceError };

/** @returns nothing for what was turned away at the door, and goes alone after that */
function resultOf<M>(message: M, answer: Answer, { row }: Travelling<M>): ItemResult | undefined {
	if ('body' in answer) {
		try {
			return done(row(message, answer.body));
		} catch (error) {
			return failed(toServiceError(error));
		}
	}
	const { outcome, canRetry } = answer.refused.facts;
	return outcome !== 'unknown' && canRetry ? undefined : failed(answer.refused);
}

async function settled(work: () => Promise<IDataObject>): Promise<ItemResult> {
	try {
		return done(await work());
	} catch (error) {
		return failed(toServiceError(error, 'unknown'));
	}
}

/** The answers to calls in one batch, in their order. */
export async function inOneBatch(calls: Call[], client: Client, feedback: RunFeedback): Promise<Answer[]> {
	const tally = tallyOf(client);
	const ids = operationIds(calls.length);
	const { id } = await startBatch(client, calls, ids);
	tally.batches++;
	tally.inBatches += calls.length;
	const finished = await waitForBatch(client, id, (batch) =>
		feedback.progress(batch.finished_operations, calls.length, 'operations of a batch'),
	);
	const byId = new Map<string, BatchResult>();
	for await (const result of resultsOf(client, finished)) byId.set(result.operation_id, result);
	return calls.map((call, at) => judged(call, byId.get(ids[at]!), client));
}

/** What the result of an operation means, as if it had been a request of its own. */
export function judged(
	{ method, path }: Pick<Call, 'method' | 'path'>,
	result: BatchResult | undefined,
	client: Client,
): Answer {
	if (result === undefined) return { refused: unanswered };
	const body = bodyOf(result.response);
	const refused = client.judge(
		{ status: result.status_code, headers: {}, body },
		{ method, path, idempotent: method !== 'POST', answer: 'anything' },
	);
	return refused === undefined ? { body: body === '' ? {} : (body as IDataObject) } : { refused };
}

function bodyOf(text: string): unknown {
	try {
		return text === '' ? '' : JSON.parse(text);
	} catch {
		return text;
	}
}

const unanswered = new ServiceError({
	service: 'Mailchimp',
	message: 'The results of the batch say nothing of this operation',
	remedy: 'Look in Mailchimp whether it was done.',
	outcome: 'unknown',
});

/** Says which way the requests of a run went. */
export function tellRoad(client: Client, feedback: RunFeedback): void {
	const { batches, inBatches, alone, bulkCalls, inBulk } = tallyOf(client);
	if (inBatches + alone + inBulk < 2) return;
	const ways = [
		...(bulkCalls > 0
			? [`${counted(inBulk, 'item')} in ${counted(bulkCalls, 'bulk call')} of Mailchimp`]
			: []),
		...(batches > 0
			? [`${counted(inBatches, 'operation')} in ${counted(batches, 'batch', 'batches')} of Mailchimp`]
			: []),
		...(alone > 0 ? [`${counted(alone, 'operation')} one by one over ten connections`] : []),
	];
	feedback.hint(`${ways.join(', ')}: ${counted(client.stats.requests, 'request')} in all.`);
}

export const batchFromOption: INodeProperties = {
	displayName: 'Batch From (Items)',
	name: 'batchFrom',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: MOST_CALLS },
	default: BATCH_FROM,
	description:
		'From how many items on they travel in batches, up to 500 in one request, whose results Mailchimp gives some time later. Fewer go one by one, ten at a time. 0: never in a batch.',
};

/** For operations that have no other options. */
export const roadOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	description: 'How the requests go',
	options: [batchFromOption],
};

export function readBatchFrom(item: ParameterReader): number {
	const options = item.collection('options');
	if (!options.has('batchFrom')) return BATCH_FROM;
	const from = options.number('batchFrom');
	if (!Number.isInteger(from) || from < 0 || from > MOST_CALLS)
		throw options.fieldError(
			'batchFrom',
			`is ${from}`,
			`Enter a whole number up to ${MOST_CALLS}; 0 for no batches at all.`,
		);
	return from;
}

type OnRoad = { batchFrom: number };

/** `chunk` of an operation on this road: what travels together at the most. */
export const roadChunk = <M extends OnRoad>(): ChunkLimits<M> => ({
	items: MOST_CALLS,
	bytes: 4_000_000,
	by: ({ batchFrom }) => String(batchFrom),
	split: (message) => ({ common: {}, own: message }),
});

/** `call` of an operation on this road. */
export const onRoad =
	<M>(travelling: Travelling<M>) =>
	async (chunk: Chunk, client: Client, feedback: RunFeedback): Promise<ItemResult[]> => {
		const { list } = JSON.parse(chunk.json('list').toString()) as { list: M[] };
		return await byCheapestRoad(list, client, feedback, Number(chunk.group), travelling);
	};
