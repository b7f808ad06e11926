import type { Turn } from './limits';
import type { RateLimiter } from './rateLimiter';

/**
 * Runs `work` with its places and a turn in each of several limiters, asked for in the same order by everyone, so that no two
 * wait for each other. Parts of an account come before the account: one that is closed or slow holds none of its places.
 *
 * @throws what `RateLimiter.run` does
 */
export async function withLimiters<T>(
	limiters: readonly RateLimiter[],
	work: () => Promise<T>,
	turn: Turn = {},
): Promise<T> {
	// A part is named as its account with more behind it.
	const ordered = [...new Set(limiters)].sort((a, b) => (a.account < b.account ? 1 : -1));
	const start = async (): Promise<{ value: T } | undefined> => {
		// A turn that was followed by a pause is none: everything is given back.
		if (ordered.some(({ closedForMs }) => closedForMs > 0)) return undefined;
		return {
			value: await within(ordered, async (limiter, inner) => await limiter.started(inner, turn.places), work),
		};
	};
	for (;;) {
		const done = await within(ordered, async (limiter, inner) => await limiter.inTurn(inner, turn), start);
		if (done !== undefined) return done.value;
	}
}

type Wrap = <R>(limiter: RateLimiter, inner: () => Promise<R>) => Promise<R>;

/** `work` in all of them, the first one outermost. */
async function within<R>(limiters: readonly RateLimiter[], wrap: Wrap, work: () => Promise<R>): Promise<R> {
	const [first, ...rest] = limiters;
	if (first === undefined) return await work();
	return await wrap(first, async () => await within(rest, wrap, work));
}
