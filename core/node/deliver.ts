import type { Chunk } from '../bulk/chunks';
import { asFailure, Failure } from '../http/failure';
import type { BulkOperation, Part } from './operation';
import type { Job } from './run';

/** One answer for each message, whatever happens: a chunk that fails as a whole fails for each of its messages. */
export async function deliver<M>(operation: BulkOperation<M>, chunk: Chunk, job: Job): Promise<Part[]> {
	try {
		const parts = await operation.call(chunk, job.client, job.notes);
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
