import type { IWebhookFunctions } from 'n8n-workflow';
import { parseJson } from '../http/json';

/** The body of a call. n8n reads numbers as JavaScript does; those with more digits than that holds are read as text. */
export function jsonBodyOf(context: IWebhookFunctions): unknown {
	const { rawBody } = context.getRequestObject() as { rawBody?: unknown };
	if (!Buffer.isBuffer(rawBody) || rawBody.length === 0) return context.getBodyData();
	try {
		return parseJson(rawBody.toString('utf8'));
	} catch {
		return context.getBodyData();
	}
}
