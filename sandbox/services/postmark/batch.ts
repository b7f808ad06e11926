import type { FastifyRequest } from 'fastify';
import { PostmarkError, bodyOf } from './errors';
import { MESSAGE_LIMIT } from './message';

const MAX_BATCH = 500;

/** @throws 413 when the body of a single message is larger than a message may be. */
export function checkSize(request: FastifyRequest): void {
	if (request.passage.bytesIn <= MESSAGE_LIMIT + 64 * 1024) return;
	throw new PostmarkError(bodyOf(413).ErrorCode, bodyOf(413).Message, 413);
}

/**
 * The answers to a batch, in order: HTTP 200 whenever it is a list, and each message has its own ErrorCode.
 * @throws 402 for anything but a list, 410 for more than 500 messages.
 */
export function answerEach<T>(
	messages: unknown,
	request: FastifyRequest,
	accept: (message: unknown) => T,
): Array<T | object> {
	if (!Array.isArray(messages)) throw new PostmarkError(402, 'The messages must be a JSON array.');
	if (messages.length > MAX_BATCH) {
		throw new PostmarkError(410, `A batch can have at most ${MAX_BATCH} messages, not ${messages.length}.`);
	}
	const refusal = refusals(request);
	return messages.map((message: unknown, index) => {
		try {
			return refusal(index) ?? accept(message);
		} catch (error) {
			if (error instanceof PostmarkError) return error.body;
			throw error;
		}
	});
}

/** The messages that a "partial" fault refuses. */
function refusals({ passage: { fault } }: FastifyRequest): (index: number) => object | undefined {
	if (fault?.kind !== 'partial') return () => undefined;
	const { indexes, errorCode, message = 'Refused by an armed fault.' } = fault;
	return (index) => (indexes.includes(index) ? { ErrorCode: errorCode, Message: message } : undefined);
}
