import type { IDataObject } from 'n8n-workflow';
import type { ErrorFacts, Outcome } from '../errors';

/** What came back, before anyone has judged it. `body` is parsed JSON, or text when it was not JSON. */
export interface HttpResponse {
	status: number;
	headers: IDataObject;
	body: unknown;
}

/**
 * What to do about an answer that is not a success.
 * `retry`: repeat it, if it may be repeated. `wait`: the service took nothing; close the account's gate, then repeat.
 * `renew`: the sign-in has run out. `fail`: nothing but a person can help.
 */
export type ErrorAction = 'retry' | 'rateLimited' | 'refreshToken' | 'fail';

export interface ErrorResolution extends Partial<ErrorFacts> {
	action: ErrorAction;
	outcome: Outcome;
	message: string;
}

/** What was asked. */
export interface RequestLine {
	method: string;
	/** Without base URL and query. */
	path: string;
}

/** A service's own reading of an answer: what it adds to, or changes in, the general one. */
export type ErrorMapper = (answer: HttpResponse, asked: RequestLine) => Partial<ErrorResolution> | undefined;

/**
 * The meaning of HTTP statuses that all services share (RFC 9110 section 15). A 503 and a 429 are refusals: the
 * request was turned away at the door. A 500, 502 or 504 can come after the work was done.
 */
export function classifyResponse(
	answer: HttpResponse,
	asked: RequestLine,
	service: string,
	explain?: ErrorMapper,
): ErrorResolution | undefined {
	const { status, body } = answer;
	const general =
		isData(body) || status === 204 || body === '' ? byStatus(status, service) : notData(answer, service);
	const own = explain?.(answer, asked);
	if (general === undefined && own?.action === undefined) return undefined;
	return {
		...(general ?? { action: 'fail', outcome: 'refused', message: `${service} refused the request` }),
		service,
		status,
		...dropUndefined(own ?? {}),
	};
}

function byStatus(status: number, service: string): ErrorResolution | undefined {
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
	if (status >= 200 && status < 300) return undefined;
	if (status >= 300 && status < 400)
		return refused(
			'fail',
			`${service} answered with a redirect to another address`,
			'Check the base URL in the credential: sign-in data is never sent to another address.',
		);
	switch (status) {
		case 401:
			return refused(
				'refreshToken',
				`${service} did not accept the sign-in`,
				'Open the credential, enter it anew and press Test.',
			);
		case 403:
			return refused(
				'fail',
				`${service} says this credential may not do that`,
				'Give the credential the permission this operation needs (see its documentation page), then run again.',
			);
		case 404:
			return refused(
				'fail',
				`${service} could not find it`,
				'Check the ID or address: it may have been deleted.',
			);
		case 408:
			return { ...refused('retry', `${service} took too long`, LATER, true), outcome: 'unknown' };
		case 413:
			return refused(
				'fail',
				`The request is too large for ${service}`,
				'Send less at once, or smaller attachments.',
			);
		case 429:
			return refused(
				'rateLimited',
				`${service} is receiving too many requests`,
				`${LATER} Lower the rate in the credential if other systems use the same account.`,
				true,
			);
		case 503:
			return refused('rateLimited', `${service} is not available at the moment`, LATER, true);
	}
	if (status >= 500)
		return { ...refused('retry', `${service} had an internal fault`, LATER, true), outcome: 'unknown' };
	return refused('fail', `${service} refused the request`, 'Check the values of the fields above.');
}

const LATER = 'Run it again later.';

/** A proxy, a captive portal or a wrong base URL answers with a page; whether the request got through is open. */
function notData({ status }: HttpResponse, service: string): ErrorResolution {
	const turnedAway = status >= 400 && status < 500;
	return {
		action: status === 429 || status === 503 ? 'rateLimited' : turnedAway ? 'fail' : 'retry',
		outcome: turnedAway || status === 503 ? 'refused' : 'unknown',
		canRetry: !turnedAway || status === 429,
		message: `A web page came back where ${service} should have sent data`,
		remedy:
			'Check the base URL in the credential, and whether a proxy or firewall stands between n8n and the service.',
	};
}

export function isData(body: unknown): body is IDataObject {
	return typeof body === 'object' && body !== null;
}

function dropUndefined<T extends object>(value: T): Partial<T> {
	return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as Partial<T>;
}

/** Retry-After in milliseconds: seconds or an HTTP date (RFC 9110 section 10.2.3). */
export function retryAfterMs(headers: IDataObject, now = Date.now()): number | undefined {
	const value = headers['retry-after'];
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const seconds = Number(value);
	if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000);
	const date = Date.parse(String(value));
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
