import { setTimeout as wait } from 'node:timers/promises';

export class TimeoutError extends Error {
	constructor(ms: number) {
		super(`It took longer than ${Math.round(ms / 1_000)} seconds`);
		this.name = 'TimeoutError';
	}
}

/** The result, or a {@link TimeoutError} when it takes longer: a caller who waits for an answer must get one. */
export async function withTimeout<T>(ms: number, work: Promise<T>): Promise<T> {
	const patience = new AbortController();
	const tooLong = wait(ms, undefined, { signal: patience.signal, ref: false }).then(() => {
		throw new TimeoutError(ms);
	});
	tooLong.catch(() => undefined);
	try {
		return await Promise.race([work, tooLong]);
	} finally {
		patience.abort();
	}
}
