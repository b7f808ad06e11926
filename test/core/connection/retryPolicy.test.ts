import {
	decide,
	RETRY_POLICY,
	type AttemptHistory,
	type FailedAttempt,
} from '../../../core/connection/retryPolicy';
import { ServiceError, type Outcome } from '../../../core/errors';

const fresh: AttemptHistory = { faults: 1, waits: 0, hasRefreshed: false, elapsedMs: 0 };
const failed = (outcome: Outcome, canRetry: boolean, action?: FailedAttempt['action']): FailedAttempt => ({
	error: new ServiceError({ message: 'It went wrong', outcome, canRetry }),
	...(action === undefined ? {} : { action }),
});
const next = (attempt: FailedAttempt, idempotent: boolean, history: Partial<AttemptHistory> = {}) =>
	decide(attempt, { ...fresh, ...history }, idempotent).next;

test('what may have been done and is not idempotent is never repeated without asking, whatever the answer says', () => {
	for (const action of [undefined, 'retry', 'rateLimited', 'fail'] as const)
		for (const canRetry of [true, false])
			expect(next(failed('unknown', canRetry, action), false)).toBe('reconcile');
});

test('what is idempotent, and what was certainly not done, goes again while there is hope', () => {
	expect(next(failed('unknown', true, 'retry'), true)).toBe('again');
	expect(next(failed('notSent', true), false)).toBe('again');
	expect(next(failed('refused', true, 'rateLimited'), false, { faults: 0, waits: 1 })).toBe('waitForTurn');
	expect(next(failed('refused', false, 'fail'), true)).toBe('giveUp');
	// Later it may help, and not within this run.
	expect(next(failed('refused', true, 'fail'), true)).toBe('giveUp');
});

test('there is an end: by faults, by waits and by time', () => {
	const { maxFaults, maxWaits, patienceMs } = RETRY_POLICY;
	expect(next(failed('unknown', true), true, { faults: maxFaults })).toBe('again');
	expect(next(failed('unknown', true), true, { faults: maxFaults + 1 })).toBe('giveUp');
	expect(next(failed('refused', true, 'rateLimited'), true, { waits: maxWaits + 1 })).toBe('giveUp');
	expect(next(failed('refused', true, 'retry'), true, { elapsedMs: patienceMs + 1 })).toBe('giveUp');
});

test('a sign-in that has run out is renewed once', () => {
	expect(next(failed('refused', false, 'refreshToken'), false)).toBe('refreshToken');
	expect(next(failed('refused', false, 'refreshToken'), false, { hasRefreshed: true })).toBe('giveUp');
});
