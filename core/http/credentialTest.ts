import type { IDataObject, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';
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

/**
 * One request of a credential test, answered whatever the status is. n8n offers tests no other helper than the old
 * `request`; errors of the network come back in words, never with the request that caused them.
 */
export async function probe(
	context: ICredentialTestFunctions,
	request: Probe,
): Promise<HttpResponse | string> {
	if (!URL.canParse(request.url))
		return 'the base URL is not a web address. Write it in full, with https:// in front';
	try {
		const response = (await context.helpers.request({
			...request,
			method: request.method ?? 'GET',
			json: true,
			simple: false,
			resolveWithFullResponse: true,
			followRedirect: false,
			timeout: 20_000,
		})) as { statusCode: number; headers: IDataObject; body: unknown };
		return { status: response.statusCode, headers: response.headers, body: response.body };
	} catch (error) {
		const { code, statusCode } = error as { code?: string; statusCode?: number };
		return `nothing useful answers at ${new URL(request.url).origin} (${code ?? statusCode ?? 'no answer'}). Check the base URL and the network`;
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
