import { TooManyRows, type Source } from './backfill';

const SHORTEST_MS = 1_000;

/**
 * All rows between two moments, from the newest window to the oldest: halved wherever there is more than a search can
 * reach, so that a quiet time takes one request and a busy one as many as it has pages. A row may come twice.
 *
 * @param reach rows of one search at most
 * @throws {TooManyRows} when the shortest time that can be told from the next has more
 */
export async function* newestFirst<R>(
	{ between, shortestMs = SHORTEST_MS }: Pick<Source<R>, 'between' | 'shortestMs'>,
	from: number,
	until: number,
	reach: number,
): AsyncGenerator<R> {
	const windows = [{ from, until }];
	for (let window = windows.pop(); window !== undefined; window = windows.pop()) {
		try {
			yield* between(new Date(window.from), new Date(window.until), reach);
		} catch (error) {
			const half = (window.until - window.from) / 2;
			if (!(error instanceof TooManyRows) || half < shortestMs) throw error;
			const middle = Math.floor((window.from + half) / shortestMs) * shortestMs;
			windows.push({ from: window.from, until: middle }, { from: middle, until: window.until });
		}
	}
}
