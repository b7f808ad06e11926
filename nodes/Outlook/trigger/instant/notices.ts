import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { timingSafeEqual, createHash } from 'node:crypto';
import { isData } from '../../../../core/http/response';
import type { Secret } from '../../../../core/webhook/auth';

/** One item of a call: a change, or what becomes of the subscription (`lifecycleEvent`). */
export interface Notice extends IDataObject {
	changeType?: string;
	lifecycleEvent?: string;
}

const LONGEST = 4_000;

/** Graph asks whether the address is there: the token goes back as plain text, and nothing else is done. */
export function answerHandshake(context: IWebhookFunctions): IWebhookResponseData | undefined {
	const { validationToken: token } = context.getQueryData() as { validationToken?: unknown };
	if (typeof token !== 'string' || token.length > LONGEST) return undefined;
	const response = context.getResponseObject();
	response.writeHead(200, {
		'Content-Type': 'text/plain; charset=utf-8',
		'X-Content-Type-Options': 'nosniff',
	});
	response.end(token);
	return { noWebhookResponse: true };
}

/** Those items that carry the secret: one call can bring what belongs to several subscriptions, and what is forged. */
export function provenNotices(body: unknown, secret: Secret | undefined): Notice[] {
	if (secret === undefined || !isData(body) || !Array.isArray(body.value)) return [];
	return (body.value as unknown[]).filter(
		(notice): notice is Notice => isData(notice) && isSame(notice.clientState, secret.password),
	);
}

/** How long the comparison takes says nothing about where they differ. */
const isSame = (given: unknown, expected: string): boolean =>
	typeof given === 'string' && timingSafeEqual(digest(given), digest(expected));

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Answers before anything is done. */
export function answer(context: IWebhookFunctions, status: 202 | 503): IWebhookResponseData {
	const response = context.getResponseObject();
	response.writeHead(status);
	response.end();
	return { noWebhookResponse: true };
}
