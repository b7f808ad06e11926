import type { IDataObject, IHttpRequestHelper, IN8nHttpFullResponse } from 'n8n-workflow';
import type { HttpResponse } from './response';

/**
 * Asks a service for a token, for a credential's `preAuthentication`. Answers with whatever came, refusals too: what they
 * mean is the service's matter. The secret in the body goes to this address alone: redirects are not followed.
 *
 * @param body a form (`URLSearchParams`) or JSON
 * @throws when there was no answer within half a minute
 */
export async function askForToken(
	{ helpers }: IHttpRequestHelper,
	url: string,
	body: URLSearchParams | IDataObject,
): Promise<HttpResponse> {
	const { statusCode, ...answer } = (await helpers.httpRequest({
		method: 'POST',
		url,
		body,
		headers: {
			Accept: 'application/json',
			...(body instanceof URLSearchParams ? {} : { 'Content-Type': 'application/json' }),
		},
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: 30_000,
	})) as IN8nHttpFullResponse;
	return { status: statusCode, headers: answer.headers, body: answer.body };
}
