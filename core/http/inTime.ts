import { ServiceError } from '../errors';
import { tooSlow } from './body';

/**
 * Work on one answer, which has to be there as a whole before its time is over.
 *
 * @param work is to let go of its connection when the signal comes; also when it fails by itself
 * @throws {ServiceError} what the work says; else, when its time is over, what the system says of a time-out
 */
export async function inTime<T>(timeoutMs: number, work: (end: AbortSignal) => Promise<T>): Promise<T> {
	const end = new AbortController();
	let isLate = false;
	const timer = setTimeout(() => {
		isLate = true;
		end.abort();
	}, timeoutMs);
	try {
		const result = await work(end.signal);
		// A connection that was ended can look like an answer without a length that has come to its end.
		if (isLate) throw tooSlow();
		return result;
	} catch (error) {
		// What n8n hands over as the answer is a stream of its own: destroying it leaves the connection open.
		end.abort();
		throw isLate && !(error instanceof ServiceError) ? tooSlow() : error;
	} finally {
		clearTimeout(timer);
	}
}
