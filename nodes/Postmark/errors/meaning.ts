import type { ErrorFacts } from '../../../core/errors';

/** What an error code means: what happened, what to do, the field at fault, and `canRetry` where the same request is to be sent again. */
export type Meaning = Pick<ErrorFacts, 'message' | 'remedy' | 'field' | 'canRetry'>;

/** By Postmark's own numbers, which are not HTTP statuses. */
export type Meanings = Record<number, Meaning>;

export const SUPPORT = 'Write to Postmark’s support.';
/** For faults inside Postmark, which its table calls "query exceptions". */
export const brokenSearch = (what: string): Meaning => ({
	message: `Postmark could not read the ${what}`,
	remedy:
		'Check the filters and dates of the request; if they are right, run it again later (status.postmarkapp.com tells of faults).',
});
