import type { ServiceError } from '../errors';

/**
 * What to do about an answer that is not a success.
 * `retry`: repeat it, if it may be repeated. `rateLimited`: the service took nothing; close the account's gate, then
 * repeat. `refreshToken`: the sign-in has run out. `fail`: nothing but a person can help.
 */
export type ErrorAction = 'retry' | 'rateLimited' | 'refreshToken' | 'fail';

/** What an attempt came to when it was no success. Without an action there was no answer at all. */
export interface FailedAttempt {
	error: ServiceError;
	action?: ErrorAction;
	/** How long the service asked to wait. */
	retryAfterMs?: number;
}

/** What has happened to a request so far. */
export interface AttemptHistory {
	/** Faults of the network or the service, this one included. */
	faults: number;
	/** Answers that asked to wait, this one included. */
	waits: number;
	hasRefreshed: boolean;
	/** Since the first attempt. */
	elapsedMs: number;
}

/** What comes next for a request. */
export type Decision =
	| { next: 'again'; afterMs: number }
	/** The account's limiter closes for everyone; the request waits in its queue. */
	| { next: 'waitForTurn' }
	| { next: 'refreshToken' }
	/** It may have been done: ask the service before anything else. */
	| { next: 'reconcile' }
	| { next: 'giveUp' };

export interface RetryPolicy {
	/** Faults that are forgiven. */
	maxFaults: number;
	/** A service that only asks to wait is given patience by time rather than by count. */
	maxWaits: number;
	patienceMs: number;
}

export const RETRY_POLICY: RetryPolicy = { maxFaults: 4, maxWaits: 20, patienceMs: 10 * 60_000 };

/**
 * Whether a request is repeated. Pure. The careful reading comes first: what may have been done and is not idempotent is
 * never repeated without asking.
 *
 * @param idempotent whether doing it twice does no harm.
 */
export function decide(
	{ error, action }: FailedAttempt,
	{ faults, waits, hasRefreshed, elapsedMs }: AttemptHistory,
	idempotent: boolean,
	policy: RetryPolicy = RETRY_POLICY,
): Decision {
	if (action === 'refreshToken' && !hasRefreshed) return { next: 'refreshToken' };
	if (error.outcome === 'unknown' && !idempotent) return { next: 'reconcile' };
	return decideRefused(
		{ error, ...(action === undefined ? {} : { action }) },
		{ faults, waits, elapsedMs },
		policy,
	);
}

/** The same for what was certainly not done, or may be done twice. */
export function decideRefused(
	{ error, action }: FailedAttempt,
	{ faults, waits, elapsedMs }: Omit<AttemptHistory, 'hasRefreshed'>,
	{ maxFaults, maxWaits, patienceMs }: RetryPolicy = RETRY_POLICY,
): Decision {
	if (action === 'fail' || !error.facts.canRetry || elapsedMs > patienceMs) return { next: 'giveUp' };
	if (action === 'rateLimited') return waits > maxWaits ? { next: 'giveUp' } : { next: 'waitForTurn' };
	return faults > maxFaults ? { next: 'giveUp' } : { next: 'again', afterMs: doubling(faults) };
}

/** 0.5 s, 1 s, 2 s, 4 s, each with up to a quarter more so that many clients do not come back together. */
export function doubling(faults: number): number {
	return 500 * 2 ** (faults - 1) * (1 + Math.random() / 4);
}
