import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../../core/errors';
import { isHollow, type ErrorMapper } from '../../../core/http/classify';
import { isData, type RequestLine } from '../../../core/http/response';
import { CHANGE_DENIED, CODES } from './codes';
import { fieldInPath } from './fieldInPath';

/** “Lifetime validation failed, the token is expired.”: Graph says so with 401, and at times with 403. */
const ENDED = /token (?:is|has) expired|lifetime validation failed|access token (?:is empty|has expired)/i;

/** The path of one message. */
const MESSAGE = /\/messages\/[^/]+$/;

const BUSY = {
	action: 'rateLimited',
	outcome: 'refused',
	canRetry: true,
	message: 'Outlook is receiving too many requests for this mailbox',
	remedy: 'Run it again later. Other programs that use the same app count too.',
} as const;

const DAY_USED_UP = {
	action: 'fail',
	outcome: 'refused',
	canRetry: true,
	message: 'Not sent: daily limit. The mailbox has written to as many people as it may in 24 hours',
	remedy:
		'Exchange Online allows 10,000 recipients, unless an administrator has set another number. Send the rest tomorrow or from other mailboxes, spread it by Queue, or choose to wait in When the Day Is Used Up.',
	field: 'To',
} as const;

/** What is said of an ID, and not of a value. */
const OF_AN_ID = new Set(['errorinvalididmalformed', 'erroritemnotfound']);

function meaningOf(code: string, { method, path }: RequestLine) {
	if (code === 'erroraccessdenied' && method === 'PATCH' && MESSAGE.test(path)) return CHANGE_DENIED;
	const field = OF_AN_ID.has(code) ? fieldInPath(path) : undefined;
	return field === undefined ? CODES[code] : { ...CODES[code], field };
}

/** What an answer of Graph means (https://learn.microsoft.com/graph/errors). */
export const explain: ErrorMapper = ({ status, headers, body }, request) => {
	// Graph says 202 or 204 where it has nothing to tell, and of photos 200; its answers have a request-id
	// (https://learn.microsoft.com/graph/use-the-api). An empty 200 without is somebody else's.
	if (status === 200 && isHollow(body) && request.method !== 'GET' && headers['request-id'] === undefined)
		return {
			action: 'retry',
			outcome: 'unknown',
			canRetry: true,
			isOwn: false,
			message: 'Outlook answered without what belongs into its answer',
			remedy: 'Look in Outlook whether it was done, and whether a proxy stands between n8n and Microsoft.',
		};
	if (status < 300) return undefined;
	const facts = factsIn(body);
	if (facts === undefined) return undefined;
	const code = facts.code.toLowerCase();
	if (status === 401 || (status === 403 && ENDED.test(facts.said))) return { ...facts, ...SIGN_IN };
	// Waiting does not help within a run: the day has to pass.
	if (code === 'errorexceededmessagelimit')
		return { ...facts, ...(status === 429 ? DAY_USED_UP : { ...CODES[code], action: 'fail' }) };
	return { ...facts, ...(status === 429 ? BUSY : meaningOf(code, request)) };
};

/** Graph's code and words; undefined when it is not Graph that speaks. */
function factsIn(body: unknown) {
	const error = isData(body) ? (body.error as IDataObject | undefined) : undefined;
	if (!isData(error) || typeof error.code !== 'string') return undefined;
	const inner = isData(error.innerError) ? (error.innerError as IDataObject) : {};
	const requestId = inner['request-id'];
	return {
		code: error.code,
		said: String(error.message ?? ''),
		isOwn: true,
		...(requestId === undefined ? {} : { requestId: String(requestId) }),
	};
}

const SIGN_IN = {
	action: 'refreshToken',
	outcome: 'refused',
	message: 'Outlook no longer accepts the sign-in',
	remedy: 'Open the credential and connect the account again.',
} as const;

/**
 * What is not there, said otherwise than by a 404 or 410. Of a place that Graph has forgotten: “the service should respond with a 40X-series error
 * with error codes such as syncStateNotFound” (https://learn.microsoft.com/graph/delta-query-overview).
 */
export const isGone = ({ facts: { code } }: ServiceError): boolean =>
	code !== undefined &&
	/^(?:ErrorItemNotFound|ErrorFolderNotFound|SyncStateNotFound|ResyncRequired)$/i.test(code);

/** Whether Outlook itself, and no proxy, says that this sign-in may not see it. */
export const isHidden = (error: unknown): boolean => {
	if (!(error instanceof ServiceError)) return false;
	const { status, code } = error.facts;
	return status === 403 && code !== undefined;
};
