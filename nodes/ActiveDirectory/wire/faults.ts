import type { Attempted } from '../../../core/connection/attempts';
import { ServiceError } from '../../../core/errors';
import { brokenOff, networkFault } from '../errors/network';
import { resultFault } from '../errors/resultCodes';
import type { Session } from './session';
import { coded } from './socket';

/** The library's errors for answers carry LDAP's result code as a number; Node's own carry text. */
export function resultCodeOf(error: unknown): number | undefined {
	const { code } = (error ?? {}) as { code?: unknown };
	return typeof code === 'number' ? code : undefined;
}

export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What an attempt came to that was no success. A connection that is of no use any more is given up. */
export function failedAttempt<T>(error: unknown, session: Session): Attempted<T> {
	if (error instanceof ServiceError) return { error, action: error.facts.canRetry ? 'retry' : 'fail' };
	const code = resultCodeOf(error);
	if (code !== undefined && code >= 0) return resultFault(code, wordsOf(error));
	session.drop();
	// It had ended before anything was asked on it.
	if (/Connection is closed|connection not established/i.test(wordsOf(error)))
		return { error: networkFault(coded('ECONNRESET', wordsOf(error)), session.target), action: 'retry' };
	return { error: brokenOff(error, session.target) };
}

/** What an attempt came to for which there was no connection. */
export function notConnected<T>(error: unknown): Attempted<T> {
	if (!(error instanceof ServiceError)) throw error;
	return { error, action: error.facts.canRetry ? 'retry' : 'fail' };
}

/** The same for what is not repeated. */
export function asServiceError(error: unknown, session: Session): ServiceError {
	const attempted = failedAttempt<never>(error, session);
	return (attempted as { error: ServiceError }).error;
}
