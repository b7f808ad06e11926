import type { IDataObject } from 'n8n-workflow';
import { toServiceError, type ServiceError } from '../../../core/errors';
import type { Chunk, ChunkLimits } from '../../../core/batch/chunks';
import type { Client } from '../../../core/http/client';
import { done, failed, type ItemResult, type RunFeedback } from '../../../core/node/operation';
import { MOST_CALLS, type Call } from '../api/batches';
import { noLinks } from '../connection';
import { inTurn } from '../../../core/http/inTurn';
import { lookAtRefusals, type Already } from './already';
import { inOneBatch, type Answer } from './oneBatch';
import { tallyOf } from './tally';

/** What goes one call a record, alone or with others. */
export interface Travelling<M> {
	/**
	 * The record it is about, where the later of two items of a run counts: a batch is worked on in any order, so the later goes
	 * when the one before is through.
	 */
	key?(message: M): string;
	/** What is asked of the record before, in a batch of its own, where Mailchimp has no call that both makes and changes. */
	look?(message: M): Call;
	/**
	 * As a batch carries it; undefined for what only goes alone.
	 *
	 * @param found what the look has found; undefined when the record is not there
	 * @throws {ServiceError} for what must not be done to what was found
	 */
	call(message: M, found?: IDataObject): Call | undefined;
	/** Alone, with the look-ups that a lost answer needs. */
	alone(message: M, client: Client): Promise<IDataObject>;
	/** The result, of the answer to the call. @throws {ServiceError} for a success that is none */
	row(message: M, answer: IDataObject): IDataObject;
	/** For what Mailchimp refuses when it is so already. */
	already?: Already<M>;
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
	const results = new Array<ItemResult>(messages.length);
	for (const places of inWaves(messages, travelling)) {
		const wave = places.map((at) => messages[at]!);
		const answers = await asOneWave(wave, client, feedback, batchFrom, travelling).catch((error: unknown) =>
			// What was done before it keeps its answer.
			wave.map(() => failed(toServiceError(error, 'unknown'))),
		);
		places.forEach((at, i) => (results[at] = answers[i]!));
	}
	return results;
}

/** Places of messages that go side by side: of those about one record the first, then the second, and so on. */
function inWaves<M>(messages: M[], { key }: Travelling<M>): number[][] {
	const waves: number[][] = [];
	const times = new Map<string, number>();
	messages.forEach((message, at) => {
		const name = key?.(message) ?? String(at);
		const before = times.get(name) ?? 0;
		times.set(name, before + 1);
		(waves[before] ??= []).push(at);
	});
	return waves;
}

async function asOneWave<M>(
	messages: M[],
	client: Client,
	feedback: RunFeedback,
	batchFrom: number,
	travelling: Travelling<M>,
): Promise<ItemResult[]> {
	const { look, call } = travelling;
	const results = new Array<ItemResult | undefined>(messages.length);
	const together = messages.flatMap((message, at) =>
		look !== undefined || call(message) !== undefined ? [at] : [],
	);
	if (batchFrom > 0 && together.length >= batchFrom) {
		const travellers = together.map((at) => messages[at]!);
		const answers = await inABatch(travellers, client, feedback, travelling);
		together.forEach((at, i) => (results[at] = answers[i]));
	}
	const left = messages.flatMap((_, at) => (results[at] === undefined ? [at] : []));
	tallyOf(client).alone += left.length;
	await Promise.all(
		left.map(async (at) => {
			results[at] = await settled(async () => await travelling.alone(messages[at]!, client));
		}),
	);
	const settledAll = results.map((result) => result!);
	const { already } = travelling;
	if (already === undefined) return settledAll;
	return await lookAtRefusals(messages, settledAll, already, async (calls) =>
		batchFrom > 0 && calls.length >= batchFrom
			? await inOneBatch(calls, client, feedback)
			: await Promise.all(calls.map(async (call) => await askedAlone(call, client))),
	);
}

async function askedAlone({ path }: Call, client: Client): Promise<Answer> {
	try {
		return { body: await client.get(path, noLinks()) };
	} catch (error) {
		return { refused: toServiceError(error, 'unknown') };
	}
}

/** @returns one result for each; nothing for what was turned away at the door, and goes alone after that */
async function inABatch<M>(
	messages: M[],
	client: Client,
	feedback: RunFeedback,
	travelling: Travelling<M>,
): Promise<Array<ItemResult | undefined>> {
	const { look } = travelling;
	const found = look && (await inOneBatch(messages.map(look), client, feedback));
	const ready = messages.map((message, at) => readyOf(message, found?.[at], client, travelling));
	const calls = ready.flatMap((one) => ('call' in one ? [one.call] : []));
	const answers = calls.length === 0 ? [] : await inOneBatch(calls, client, feedback);
	let next = 0;
	return ready.map((one, at) =>
		'call' in one ? resultOf(messages[at]!, answers[next++]!, travelling) : one.result,
	);
}

/** What is to be called for a message, by what was found of it; or what has become of it already. */
function readyOf<M>(
	message: M,
	found: Answer | undefined,
	client: Client,
	travelling: Travelling<M>,
): { call: Call } | { result: ItemResult | undefined } {
	if (found !== undefined && 'refused' in found) {
		const { refused } = found;
		const isMissing: boolean = client.isGone(refused);
		const { outcome, canRetry } = refused.facts;
		// It was only asked for: alone it is asked for once more.
		if (!isMissing) return { result: outcome === 'unknown' || canRetry ? undefined : failed(refused) };
	}
	try {
		const call = travelling.call(message, found && 'body' in found ? found.body : undefined);
		return call === undefined ? { result: undefined } : { call };
	} catch (error) {
		return { result: failed(toServiceError(error)) };
	}
}

/** @returns nothing for what was turned away at the door */
function resultOf<M>(message: M, answer: Answer, { row }: Travelling<M>): ItemResult | undefined {
	if ('refused' in answer) return wasTurnedAway(answer.refused) ? undefined : failed(answer.refused);
	try {
		return done(row(message, answer.body));
	} catch (error) {
		return failed(toServiceError(error));
	}
}

const wasTurnedAway = ({ facts: { outcome, canRetry } }: ServiceError): boolean =>
	outcome !== 'unknown' && canRetry === true;

async function settled(work: () => Promise<IDataObject>): Promise<ItemResult> {
	try {
		return done(await work());
	} catch (error) {
		return failed(toServiceError(error, 'unknown'));
	}
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
		const go = async () => await byCheapestRoad(list, client, feedback, Number(chunk.group), travelling);
		// What chunks before this one say of a record comes first.
		const { key } = travelling;
		return await inTurn(client, key === undefined ? [] : [...new Set(list.map(key))], go);
	};
