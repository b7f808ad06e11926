import { setTimeout as wait } from 'node:timers/promises';

/** Nodes whose turn is taken in this process. */
const taken = new Set<string>();

/** Takes a node's turn to do what must not be done twice at the same time; undefined when it is taken already. */
export function tryLock(node: string): { over(): void } | undefined {
	if (taken.has(node)) return undefined;
	taken.add(node);
	return { over: () => void taken.delete(node) };
}

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
