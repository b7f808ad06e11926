import { Chunker, type Chunk } from '../bulk/chunks';
import { asFailure } from '../http/failure';
import { deliver } from './deliver';
import { Item } from './item';
import { OnlyOnce } from './onlyOnce';
import type { BulkOperation, Part } from './operation';
import type { Job } from './run';

/**
 * Reads the items one after another, sends a chunk as soon as it is full, and hands each item its own answer. Reading
 * waits while as many chunks as the budget has places are under way, so only those are in memory.
 */
export async function runBulk<M>(operation: BulkOperation<M>, job: Job): Promise<void> {
	const { outbox, ledger } = job;
	const chunker = new Chunker<M>(operation.chunk);
	const keys = new Map<number, string>();
	const underway = new Set<Promise<void>>();

	const answer = (index: number, part: Part) => {
		const key = keys.get(index)!;
		keys.delete(index);
		if ('done' in part) {
			ledger.done(key, [part.done]);
			outbox.done(index, [part.done]);
		} else {
			ledger.failed(key, part.failed);
			outbox.failed(index, part.failed);
		}
	};
	const once = operation.once && new OnlyOnce(operation.once, job, answer);

	const send = async (chunk: Chunk) => {
		const parts = once
			? await once.deliver(chunk, async (part) => await deliver(operation, part, job))
			: await deliver(operation, chunk, job);
		chunk.indexes.forEach((index, i) => {
			answer(index, parts[i]!);
			once?.settle(index, parts[i]!);
		});
	};
	const start = async (chunk: Chunk) => {
		while (underway.size >= job.client.inFlight) await Promise.race(underway);
		if (outbox.isClosed) return;
		const sending = send(chunk).finally(() => underway.delete(sending));
		underway.add(sending);
	};

	try {
		for (let index = 0; index < job.count && !outbox.isClosed; index++) {
			try {
				const item = new Item(index, job.parameters);
				const key = ledger.key(index, item.input);
				if (ledger.recall(key, index, outbox)) continue;
				const message = await operation.read(item);
				keys.set(index, key);
				if (once && !once.admits(item)) continue;
				for (const chunk of chunker.add(index, message)) await start(chunk);
			} catch (error) {
				const failed = asFailure(error);
				outbox.failed(index, failed);
				once?.settle(index, { failed });
			}
		}
		for (const chunk of chunker.rest()) await start(chunk);
		await Promise.all(underway);
	} finally {
		await once?.close();
	}
}
