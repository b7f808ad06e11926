import { Chunker, type Chunk } from '../bulk/chunks';
import { asFailure, Failure } from '../http/failure';
import { Item } from './item';
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

	const send = async (chunk: Chunk) => {
		while (underway.size >= job.client.inFlight) await Promise.race(underway);
		if (outbox.isClosed) return;
		const sending = deliver(operation, chunk, job, keys).finally(() => underway.delete(sending));
		underway.add(sending);
	};

	for (let index = 0; index < job.count && !outbox.isClosed; index++) {
		try {
			const item = new Item(index, job.parameters);
			const key = ledger.key(index, item.input);
			if (ledger.recall(key, index, outbox)) continue;
			const message = await operation.read(item);
			const json = Buffer.from(JSON.stringify(message));
			keys.set(index, key);
			for (const chunk of chunker.add(index, message, json)) await send(chunk);
		} catch (error) {
			outbox.failed(index, asFailure(error));
		}
	}
	for (const chunk of chunker.rest()) await send(chunk);
	await Promise.all(underway);
}

async function deliver<M>(
	operation: BulkOperation<M>,
	chunk: Chunk,
	{ client, notes, ledger, outbox }: Job,
	keys: Map<number, string>,
): Promise<void> {
	const parts = await answers(operation, chunk, client, notes);
	chunk.indexes.forEach((index, i) => {
		const part = parts[i]!;
		const key = keys.get(index)!;
		keys.delete(index);
		if ('done' in part) {
			ledger.done(key, [part.done]);
			outbox.done(index, [part.done]);
		} else {
			ledger.failed(key, part.failed);
			outbox.failed(index, part.failed);
		}
	});
}

/** One answer for each message, whatever happens: a chunk that fails as a whole fails for each of its messages. */
async function answers<M>(
	operation: BulkOperation<M>,
	chunk: Chunk,
	client: Job['client'],
	notes: Job['notes'],
): Promise<Part[]> {
	try {
		const parts = await operation.call(chunk, client, notes);
		if (parts.length === chunk.size) return parts;
		const facts = {
			message: `${counted(chunk.size, 'message')} went out, and ${counted(parts.length, 'answer')} came back`,
			remedy: 'Look at the service which of them were done; nothing was repeated.',
			outcome: 'unknown' as const,
		};
		return chunk.indexes.map((_, i) => parts[i] ?? { failed: new Failure(facts) });
	} catch (error) {
		const failure = asFailure(error, 'unknown');
		return chunk.indexes.map(() => ({ failed: failure }));
	}
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
