import type { IDataObject, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';
import type { Readable } from 'node:stream';
import { ServiceError } from '../errors';
import { parseBody, readBody } from './body';
import { withEnding } from './ending';
import { inTime } from './inTime';
import type { HttpResponse } from './response';

interface Probe {
	method?: 'GET' | 'POST';
	url: string;
	headers?: IDataObject;
	qs?: IDataObject;
	form?: IDataObject;
	/** Sent as JSON. */
	body?: IDataObject;
}

/** What a credential test asks for is short: what comes from the address in its place may have no end. */
const BOUNDS = { timeoutMs: 20_000, maxBytes: 4 * 1024 * 1024 };

/**
 * One request of a credential test, answered whatever the status is. n8n offers tests no other helper than the old
 * `request`; errors of the network come back in words, never with the request that caused them.
 */
export async function probe(
	context: ICredentialTestFunctions,
	request: Probe,
	{ timeoutMs, maxBytes } = BOUNDS,
): Promise<HttpResponse | string> {
	if (!URL.canParse(request.url))
		return 'the base URL is not a web address. Write it in full, with https:// in front';
	const { origin } = new URL(request.url);
	try {
		return await inTime(timeoutMs, async (end) => {
			const send = async (): Promise<unknown> =>
				await context.helpers.request({
					...request,
					method: request.method ?? 'GET',
					json: true,
					useStream: true,
					simple: false,
					resolveWithFullResponse: true,
					followRedirect: false,
					timeout: timeoutMs,
				});
			const response = (await withEnding(send, end)) as {
				statusCode: number;
				headers: IDataObject;
				body: Readable;
			};
			const bytes = await readBody(response.body, maxBytes, `What is at ${origin}`);
			return {
				status: response.statusCode,
				headers: response.headers,
				body: parseBody(bytes, `What is at ${origin}`),
			};
		});
	} catch (error) {
		const { code, statusCode } = error as { code?: string; statusCode?: number };
		const what = error instanceof ServiceError ? error.message : (code ?? statusCode ?? 'no answer');
		return `nothing useful answers at ${origin} (${what}). Check the base URL and the network`;
	}
}

/**
 * The service, or what stands in its place, answered with a status that says nothing about the sign-in: a right address
 * answers otherwise, unless the service is in trouble.
 */
export const oddStatus = (service: string, status: number): INodeCredentialTestResult =>
	status === 429 || status >= 500
		? fails(`${service} answered with HTTP ${status}: try again later.`)
		: fails(`Where ${service} should be, something answered with HTTP ${status}: check the base URL.`);

export const works = (message = 'Connection tested successfully'): INodeCredentialTestResult => ({
	status: 'OK',
	message,
});
export const fails = (message: string): INodeCredentialTestResult => ({ status: 'Error', message });
