import type { Chunk } from '../../batch/chunks';
import { toServiceError, ServiceError } from '../../errors';
import type { BatchedOperation, ItemResult } from '../operation';
import type { RunContext } from './run';

/** One answer for each message, whatever happens: a chunk that fails as a whole fails for each of its messages. */
export async function deliver<M>(
	operation: BatchedOperation<M>,
	chunk: Chunk,
	run: RunContext,
): Promise<ItemResult[]> {
	try {
		const parts = await operation.call(chunk, run.client, run.feedback);
		if (parts.length === chunk.size) return parts;
		const facts = {
			message: `${counted(chunk.size, 'message')} went out, and ${counted(parts.length, 'answer')} came back`,
			remedy: 'Look at the service which of them were done; nothing was repeated.',
			outcome: 'unknown' as const,
		};
		return chunk.indexes.map((_, i) => parts[i] ?? { failed: new ServiceError(facts) });
	} catch (error) {
		const failure = toServiceError(error, 'unknown');
		return chunk.indexes.map(() => ({ failed: failure }));
	}
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
