import { Transform, type Readable } from 'node:stream';
import { stopped } from '../connection/attempts';
import { tooLong, tooSlow } from './body';
import { networkError } from './networkError';
import type { StreamedResponse } from './transport';

export interface Bounds {
	maxBytes: number;
	/** Milliseconds until the last byte is there. */
	timeoutMs: number;
	signal?: AbortSignal | undefined;
}

/**
 * A stream that fails with a ServiceError when it is too long, too slow, breaks off, or when the execution is stopped.
 * However it ends, the answer is closed.
 */
export function bounded(
	answer: StreamedResponse,
	service: string,
	{ maxBytes, timeoutMs, signal }: Bounds,
): Readable {
	let length = 0;
	const file = new Transform({
		transform(part: Buffer, _encoding, done) {
			length += part.length;
			if (length > maxBytes) done(tooLong(service, maxBytes));
			else done(null, part);
		},
	});
	const fail = (error: unknown) =>
		file.destroy(signal?.aborted ? stopped(service, true) : networkError(error, service));
	const stop = () => fail(undefined);
	const timer = setTimeout(() => fail(tooSlow()), timeoutMs);
	signal?.addEventListener('abort', stop, { once: true });
	file.once('close', () => {
		clearTimeout(timer);
		signal?.removeEventListener('abort', stop);
		answer.close();
	});
	answer.body.on('error', fail);
	return answer.body.pipe(file);
}
