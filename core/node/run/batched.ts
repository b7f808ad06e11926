import { Chunker, type Chunk } from '../../batch/chunks';
import { breathe } from '../../breathe';
import type { Connection } from '../../connection/connection';
import { toServiceError } from '../../errors';
import { deliver } from './deliver';
import { ParameterReader } from '../parameters/reader';
import { Deduplicator } from './deduplicator';
import type { BatchedOperation, ItemResult } from '../operation';
import type { RunContext } from './runContext';

/**
 * Reads the items one after another, sends a chunk as soon as it is full, and hands each item its own answer. Reading
 * waits while as many chunks as the service has places are under way, so only those are in memory.
 */
export async function runBatched(
	operation: BatchedOperation<unknown, Connection>,
	run: RunContext,
): Promise<void> {
	const { results, journal } = run;
	const chunker = new Chunker<unknown>(operation.chunk);
	const keys = new Map<number, string>();
	const underway = new Set<Promise<void>>();

	const answer = (index: number, part: ItemResult) => {
		const key = keys.get(index)!;
		keys.delete(index);
		record(index, key, part, run);
	};
	const once = operation.idempotency && new Deduplicator(operation.idempotency, run, answer);

	const send = async (chunk: Chunk) => {
		const parts = once
			? await once.deliver(chunk, async (part) => await deliver(operation, part, run))
			: await deliver(operation, chunk, run);
		chunk.indexes.forEach((index, i) => {
			answer(index, parts[i]!);
			once?.settle(index, parts[i]!);
		});
	};
	const start = async (chunk: Chunk) => {
		while (underway.size >= run.client.concurrency) await Promise.race(underway);
		if (results.isClosed) return;
		const sending = send(chunk).finally(() => underway.delete(sending));
		underway.add(sending);
	};

	const take = async (index: number) => {
		const item = new ParameterReader(index, run.parameters);
		const key = journal.key(index, item.input);
		const known = journal.recall(key);
		if (known !== undefined) return results.recalled(index, known);
		const pause = breathe();
		if (pause) await pause;
		const message = await operation.read(item, run.feedback);
		keys.set(index, key);
		if (once && !once.admits(item, message)) return;
		for (const chunk of chunker.add(index, message)) await start(chunk);
	};

	try {
		for (let index = 0; index < run.count && !results.isClosed; index++) {
			try {
				await take(index);
			} catch (error) {
				const failed = toServiceError(error);
				results.failed(index, failed);
				once?.settle(index, { failed });
			}
		}
		for (const chunk of chunker.rest()) await start(chunk);
		await Promise.all(underway);
		operation.conclude?.(run.client, run.feedback);
	} finally {
		await once?.close();
	}
}

function record(index: number, key: string, part: ItemResult, { results, journal }: RunContext): void {
	if ('done' in part) {
		journal.done(key, [part.done]);
		results.done(index, [part.done]);
	} else {
		journal.failed(key, part.failed);
		results.failed(index, part.failed);
	}
}
