import type { Readable } from 'node:stream';
import type { IDataObject, IHttpRequestHelper, IN8nHttpFullResponse } from 'n8n-workflow';
import { parseBody, readBody } from './body';
import { withEnding } from './ending';
import { inTime } from './inTime';
import type { HttpResponse } from './response';

/** A sign-in is a short answer: what comes from the address in its place may have no end. */
export const SIGN_IN_BOUNDS = { timeoutMs: 30_000, maxBytes: 1024 * 1024 };

/**
 * Asks a service for a token, for a credential's `preAuthentication`. Answers with whatever came, refusals too: what they
 * mean is the service's matter. The secret in the body goes to this address alone: redirects are not followed.
 *
 * @param body a form (`URLSearchParams`) or JSON
 * @throws when there was no whole answer in time, or one that is too long
 */
export async function askForToken(
	{ helpers }: IHttpRequestHelper,
	url: string,
	body: URLSearchParams | IDataObject,
	{ timeoutMs, maxBytes } = SIGN_IN_BOUNDS,
): Promise<HttpResponse> {
	return await inTime(timeoutMs, async (end) => {
		const send = async (): Promise<unknown> =>
			await helpers.httpRequest({
				method: 'POST',
				url,
				body,
				headers: {
					Accept: 'application/json',
					...(body instanceof URLSearchParams ? {} : { 'Content-Type': 'application/json' }),
				},
				encoding: 'stream',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
				timeout: timeoutMs,
				abortSignal: end,
			});
		const answer = (await withEnding(send, end)) as IN8nHttpFullResponse & { body: Readable };
		const who = `The sign-in at ${new URL(url).host}`;
		const bytes = await readBody(answer.body, maxBytes, who);
		return { status: answer.statusCode, headers: answer.headers, body: parseBody(bytes, who) };
	});
}
