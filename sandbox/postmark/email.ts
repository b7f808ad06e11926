import type { Fault } from '../faults';
import { MESSAGE_LIMIT } from './message';
import { PostmarkError, bodyOf } from './errors';
import type { Resource } from './resource';
import { accept } from './sending';

const MAX_BATCH = 500;

/** `POST /email` and `POST /email/batch` (postmarkapp.com/developer/api/email-api). */
export const email: Resource = ({ app, state, testable }) => {
	app.post('/email', async (request) => {
		const caller = testable(request);
		if (request.passage.bytesIn > MESSAGE_LIMIT + 64 * 1024) {
			throw new PostmarkError(bodyOf(413).ErrorCode, bodyOf(413).Message, 413);
		}
		return accept(request.body, caller, state, 'POST /email');
	});

	// A bare array; HTTP 200 whenever it is one, and each message has its own ErrorCode.
	app.post('/email/batch', async (request) => {
		const caller = testable(request);
		if (!Array.isArray(request.body))
			throw new PostmarkError(402, 'The body must be a JSON array of messages.');
		if (request.body.length > MAX_BATCH) {
			throw new PostmarkError(
				410,
				`A batch can have at most ${MAX_BATCH} messages, not ${request.body.length}.`,
			);
		}
		const refusal = refusals(request.passage.fault);
		return request.body.map((message: unknown, index) => {
			try {
				return refusal(index) ?? accept(message, caller, state, 'POST /email/batch');
			} catch (error) {
				if (error instanceof PostmarkError) return error.body;
				throw error;
			}
		});
	});
};

/** The messages that a "partial" fault refuses. */
function refusals(fault: Fault | undefined): (index: number) => object | undefined {
	if (fault?.kind !== 'partial') return () => undefined;
	const { indexes, errorCode, message = 'Refused by an armed fault.' } = fault;
	return (index) => (indexes.includes(index) ? { ErrorCode: errorCode, Message: message } : undefined);
}
