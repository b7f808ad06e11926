import type { Chunk } from '../../batch/chunks';
import type { Connection } from '../../connection/connection';
import { toServiceError, ServiceError } from '../../errors';
import { counted } from '../../text';
import type { BatchedOperation, ItemResult } from '../operation';
import type { RunContext } from './runContext';

/** One answer for each message, whatever happens: a chunk that fails as a whole fails for each of its messages. */
export async function deliver(
	operation: BatchedOperation<unknown, Connection>,
	chunk: Chunk,
	{ client, feedback }: RunContext,
): Promise<ItemResult[]> {
	const redacted = (error: ServiceError) => client.redact?.(error) ?? error;
	try {
		const answers = await operation.call(chunk, client, feedback);
		if (answers.length !== chunk.size) return unmatched(chunk, answers.length);
		return Array.from(answers as Array<ItemResult | undefined>, (answer) => {
			// What has no answer may have been done: it must not pass for what was not tried.
			if (answer === undefined) return { failed: unanswered() };
			return 'failed' in answer ? { failed: redacted(answer.failed) } : answer;
		});
	} catch (error) {
		const failed = redacted(toServiceError(error, 'unknown'));
		return chunk.indexes.map(() => ({ failed }));
	}
}

const unanswered = () =>
	new ServiceError({
		message: 'No answer came back that is certainly for this message: whether it was done is not known',
		remedy: 'Look at the service whether it was done; nothing was repeated.',
		outcome: 'unknown',
	});

/** With more or fewer answers than messages nobody can say whose answer is whose. */
function unmatched(chunk: Chunk, answers: number): ItemResult[] {
	const failed = new ServiceError({
		message: `${counted(chunk.size, 'message')} went out, and ${counted(answers, 'answer')} came back: which of them were done is not known`,
		remedy: 'Look at the service which of them were done; nothing was repeated.',
		outcome: 'unknown',
	});
	return chunk.indexes.map(() => ({ failed }));
}
