import type { IDataObject } from 'n8n-workflow';

/** What came back, before anyone has judged it. `body` is parsed JSON, or text when it was not JSON. */
export interface HttpResponse {
	status: number;
	headers: IDataObject;
	body: unknown;
}

/** What was asked. */
export interface RequestLine {
	method: string;
	/** Without base URL and query. */
	path: string;
	/** Where the service counts some requests of a path apart from its others. */
	countedAs?: string;
}

export function isData(body: unknown): body is IDataObject {
	return typeof body === 'object' && body !== null;
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
