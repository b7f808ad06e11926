import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a service proves itself with when it calls: basic authentication that the trigger made up and told only it. */
export interface Secret {
	user: string;
	password: string;
}

export const newSecret = (): Secret => ({ user: 'n8n', password: randomBytes(24).toString('base64url') });

/** Whether the caller knows the secret. How long the comparison takes says nothing about where they differ. */
export function isProven(context: IWebhookFunctions, secret: Secret | undefined): boolean {
	if (secret === undefined) return false;
	const { authorization } = context.getHeaderData();
	const expected = `Basic ${Buffer.from(`${secret.user}:${secret.password}`).toString('base64')}`;
	return timingSafeEqual(digest(String(authorization ?? '')), digest(expected));
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/**
 * Turns a caller away with a 401. Not with a 403: for some services that means "never call again", and the true service
 * can come with an old secret, or a moment before n8n has stored the new one. It then comes again.
 */
export function refuse(context: IWebhookFunctions): IWebhookResponseData {
	const response = context.getResponseObject();
	response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="n8n"', 'Content-Type': 'text/plain' });
	response.end('This address answers only the service that it was made for.');
	return { noWebhookResponse: true };
}
