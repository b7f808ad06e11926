import type { RateLimits } from './limits';
import { RateLimiter } from './rateLimiter';

const IDLE_MS = 10 * 60_000;
const SWEEP_EVERY_MS = 60_000;

/** Idle ones are held weakly: whoever still has one must meet no second one of the same account. */
const limiters = new Map<string, { used?: RateLimiter; known: WeakRef<RateLimiter> }>();
let sweptAt = 0;

/**
 * The limiter of `account` (a stable, secret-free name), made on first use and forgotten when idle. `scope` names a part
 * of the account that the service counts by itself (a mailbox, a domain, a kind of call): a limiter of its own, so that
 * a refusal there stops nobody else.
 */
export function limiterFor(account: string, limits: RateLimits, scope?: string): RateLimiter {
	sweep();
	const key = scope === undefined ? account : `${account} ${scope}`;
	const limiter = limiters.get(key)?.known.deref();
	if (limiter === undefined) return remembered(key, new RateLimiter(key, limits));
	limiter.adopt(limits);
	return remembered(key, limiter);
}

function remembered(key: string, limiter: RateLimiter): RateLimiter {
	limiters.set(key, { used: limiter, known: new WeakRef(limiter) });
	return limiter;
}

function sweep(): void {
	const now = performance.now();
	if (now - sweptAt < SWEEP_EVERY_MS) return;
	sweptAt = now;
	for (const [key, entry] of limiters) {
		if (entry.used !== undefined && entry.used.idleMs < IDLE_MS) continue;
		delete entry.used;
		if (entry.known.deref() === undefined) limiters.delete(key);
	}
}
