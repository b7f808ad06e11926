import type { ErrorAction } from '../connection/retryPolicy';
import type { ErrorFacts, Outcome } from '../errors';
import { isData, type HttpResponse, type RequestLine } from './response';

/** What an answer that is no success means. */
export interface ErrorResolution extends Partial<ErrorFacts> {
	action: ErrorAction;
	outcome: Outcome;
	message: string;
}

/**
 * A service's own reading of an answer: what it adds to, or changes in, the general one. Give `isOwn` when the answer is
 * certainly the service's and not a proxy's; an error code in it says as much.
 */
export type ErrorMapper = (
	response: HttpResponse,
	request: RequestLine,
) => (Partial<ErrorResolution> & { isOwn?: boolean }) | undefined;

/**
 * What a success looks like: an object with these keys, a list, anything that is data or empty, or a test of its own.
 * What does not look like it may or may not have been done. `nothing`: a success shows nothing of what was done; where a
 * proxy's empty 200 looks the same, `reconcile` is asked whether it was.
 */
export type AnswerShape = 'anything' | 'nothing' | 'list' | readonly string[] | ((body: unknown) => boolean);

/** How a service's answers are read. */
export interface AnswerRules {
	/** The service, as people know it. */
	service: string;
	mapError?: ErrorMapper;
	/** For services that say no with a 2xx: what they said, or undefined when the answer is no refusal. */
	refusedBy2xx?(response: HttpResponse, request: RequestLine): Partial<ErrorFacts> | undefined;
}

export interface ClassifiedRequest extends RequestLine {
	idempotent: boolean;
	/** By default a JSON object with something in it, and for reads also an empty one or a list. */
	answer?: AnswerShape;
	redirect?: 'tell';
}

/** What an answer means; undefined for a success. Pure. */
export function classifyResponse(
	response: HttpResponse,
	request: ClassifiedRequest,
	rules: AnswerRules,
): ErrorResolution | undefined {
	const { status } = response;
	if (request.redirect === 'tell' && isRedirect(response)) return undefined;
	const isSuccess = status >= 200 && status < 300;
	const refusal = isSuccess ? rules.refusedBy2xx?.(response, request) : undefined;
	if (refusal !== undefined)
		return {
			...byStatus(400, rules.service),
			service: rules.service,
			status,
			...dropUndefined(refusal),
		};
	const { isOwn, ...own } = rules.mapError?.(response, request) ?? {};
	const general = generalMeaning(response, request, rules.service);
	if (general === undefined && own.action === undefined) return undefined;
	const resolution: ErrorResolution = {
		...(general ?? byStatus(400, rules.service)),
		service: rules.service,
		status,
		...dropUndefined(own),
	};
	const isForeign = isOwn === false || (isOwn === undefined && own.code === undefined);
	return isForeign ? doubted(resolution, request) : resolution;
}

/**
 * Statuses that also come from what stands between: a gateway, a load balancer, a CDN. It may give one after the service
 * has taken the request (Envoy answers 503 when the connection to the service breaks in mid-answer).
 */
const DOUBTFUL = new Set([101, 304, 403, 409, 425, 429, 499, 503]);

/** A refusal of a write counts only when the service itself has spoken. */
function doubted(resolution: ErrorResolution, { method }: ClassifiedRequest): ErrorResolution {
	const isRead = method === 'GET' || method === 'HEAD';
	if (isRead || resolution.outcome !== 'refused' || !DOUBTFUL.has(resolution.status ?? 0)) return resolution;
	return { ...resolution, outcome: 'unknown' };
}

function generalMeaning(
	response: HttpResponse,
	request: ClassifiedRequest,
	service: string,
): ErrorResolution | undefined {
	const { status, body } = response;
	const isEmpty = body === '' || body === undefined || body === null || status === 204;
	if (!isEmpty && !isJsonValue(body))
		return looksLikeAPage(body) || isBrokenJson(response) || status >= 300 || request.answer !== 'anything'
			? notData(response, service)
			: undefined;
	if (status < 200 || status >= 300) return byStatus(status, service);
	return isExpected(isEmpty ? undefined : body, request) ? undefined : unexpected(service, request);
}

const isRedirect = ({ status, headers }: HttpResponse): boolean =>
	status > 300 && status < 309 && typeof headers.location === 'string' && headers.location !== '';

const isJsonValue = (body: unknown) => isData(body) || typeof body === 'number' || typeof body === 'boolean';

const looksLikeAPage = (body: unknown) => typeof body === 'string' && /^\s*</.test(body);

/** It says it is JSON and could not be read as such: it stopped half way. */
const isBrokenJson = ({ headers, body }: HttpResponse) =>
	typeof body === 'string' && /\bjson\b/i.test(String(headers['content-type'] ?? ''));

/** Whether an answer holds nothing at all, as a proxy's may. */
export const isHollow = (body: unknown): boolean =>
	body === '' || body === undefined || body === null || (isData(body) && Object.keys(body).length === 0);

function isExpected(body: unknown, { method, answer }: ClassifiedRequest): boolean {
	if (typeof answer === 'function') return answer(body);
	if (answer === 'list') return Array.isArray(body);
	if (answer === 'anything' || answer === 'nothing') return !isData(body) || !isOnlyAnError(body);
	if (answer !== undefined) return isData(body) && answer.every((key) => Object.hasOwn(body, key));
	if (!isData(body)) return false;
	if (method === 'GET' || method === 'HEAD') return !isOnlyAnError(body);
	return Object.keys(body).length > 0 && !isOnlyAnError(body);
}

/** `{"error": …}`, with whatever explains it. */
function isOnlyAnError(body: object): boolean {
	const error = (body as { error?: unknown }).error;
	return (
		error !== undefined &&
		error !== null &&
		error !== false &&
		Object.keys(body).every((key) => /^(?:errors?|message|error_description|code|status|detail)$/.test(key))
	);
}

/** What an answer without content comes to when nobody can say that it was done. */
export const unconfirmed = (service: string, request: ClassifiedRequest): ErrorResolution => ({
	...unexpected(service, request),
	service,
	message: `${service} answered with nothing, and it was not done when that was looked up`,
});

/** A 2xx that does not hold what a success holds: a proxy's answer, a half one, or a change of the service. */
function unexpected(service: string, { idempotent, method }: ClassifiedRequest): ErrorResolution {
	return {
		action: 'retry',
		outcome: 'unknown',
		canRetry: idempotent,
		message: `${service} answered without what belongs into its answer`,
		remedy:
			method === 'GET'
				? 'Run it again. If that does not help, check the base URL in the credential, and whether a proxy stands between n8n and the service.'
				: 'Look at the service whether it was done. If this comes again, check the base URL in the credential, and whether a proxy stands between n8n and the service.',
	};
}

const LATER = 'Run it again later.';
const refused = (
	action: ErrorAction,
	message: string,
	remedy: string,
	canRetry = false,
): ErrorResolution => ({
	action,
	outcome: 'refused',
	message,
	remedy,
	canRetry,
});

/**
 * The meaning of HTTP statuses that all services share (RFC 9110 section 15). A 503 and a 429 of the service are
 * refusals: the request was turned away at the door. A 500, 502 or 504 can come after the work was done.
 */
const BY_STATUS: Record<number, (service: string) => ErrorResolution> = {
	101: (service) => ({
		...refused('retry', `${service} answered with another protocol`, CHECK_ADDRESS, false),
		outcome: 'unknown',
	}),
	401: (service) =>
		refused(
			'refreshToken',
			`${service} did not accept the sign-in`,
			'Open the credential, enter it anew and save it: n8n tests it then.',
		),
	403: (service) =>
		refused(
			'fail',
			`${service} says this credential may not do that`,
			'Give the credential the permission this operation needs (see its documentation page), then run again.',
		),
	404: (service) =>
		refused('fail', `${service} could not find it`, 'Check the ID or address: it may have been deleted.'),
	408: (service) => ({ ...refused('retry', `${service} took too long`, LATER, true), outcome: 'unknown' }),
	413: (service) =>
		refused('fail', `The request is too large for ${service}`, 'Send less at once, or smaller attachments.'),
	425: (service) => refused('retry', `${service} does not take this request yet`, LATER, true),
	429: (service) =>
		refused(
			'rateLimited',
			`${service} is receiving too many requests`,
			`${LATER} Lower the rate in the credential if other systems use the same account.`,
			true,
		),
	499: (service) => ({
		...refused('retry', `The request to ${service} was given up on its way`, LATER, true),
		outcome: 'unknown',
	}),
	503: (service) => refused('rateLimited', `${service} is not available at the moment`, LATER, true),
};

const CHECK_ADDRESS =
	'Check the base URL in the credential, and whether a proxy or firewall stands between n8n and the service.';

function byStatus(status: number, service: string): ErrorResolution {
	const known = BY_STATUS[status];
	if (known !== undefined) return known(service);
	if (status >= 300 && status < 400)
		return refused(
			'fail',
			`${service} answered with a redirect to another address`,
			'Check the base URL in the credential: sign-in data is never sent to another address.',
		);
	if (status >= 500 || status < 200)
		return { ...refused('retry', `${service} had an internal fault`, LATER, true), outcome: 'unknown' };
	return refused('fail', `${service} refused the request`, 'Check the values of the fields above.');
}

/** A proxy, a captive portal or a wrong base URL answers with a page; whether the request got through is open. */
function notData({ status }: HttpResponse, service: string): ErrorResolution {
	const isTurnedAway = status >= 400 && status < 500 && status !== 408 && status !== 499;
	const isLimit = status === 429 || status === 503;
	return {
		action: isLimit ? 'rateLimited' : isTurnedAway ? 'fail' : 'retry',
		outcome: isTurnedAway || isLimit ? 'refused' : 'unknown',
		canRetry: !isTurnedAway || status === 429,
		message: `A web page came back where ${service} should have sent data`,
		remedy: CHECK_ADDRESS,
	};
}

function dropUndefined<T extends object>(value: T): Partial<T> {
	return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as Partial<T>;
}
