import { ServiceError } from '../../../core/errors';

/** Postmark's codes for "you may not", which it also gives where a function is not enabled. */
const MAY_NOT = ['12', '405', '413'];

/**
 * What an account meets for which bulk email is not enabled is not published; a request for something that does not exist
 * or may not be used is taken for it.
 */
export function isNotEnabled(error: unknown): error is ServiceError {
	if (!(error instanceof ServiceError) || error.facts.outcome !== 'refused') return false;
	const { status, code } = error.facts;
	return status === 403 || status === 404 || MAY_NOT.includes(code ?? '');
}

export function bulkNotEnabled(failure: ServiceError): ServiceError {
	return failure.with({
		message: 'Postmark does not take bulk emails from this account',
		remedy:
			"Ask Postmark's support to enable the Bulk API for the account. Until then use 'Send' or 'Send With Template' with a broadcast stream.",
	});
}
