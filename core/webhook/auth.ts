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

/**
 * The same for services that take no sign-in and give back the whole address that they were told: the secret is in the
 * query of the address.
 */
export function isProvenByKey(context: IWebhookFunctions, secret: Secret | undefined): boolean {
	if (secret === undefined) return false;
	const key = (context.getQueryData() as Record<string, unknown>)[KEY];
	return timingSafeEqual(digest(typeof key === 'string' ? key : ''), digest(secret.password));
}

const KEY = 'key';

/** The address with the secret in its query. */
export function withKey(address: string, { password }: Secret): string {
	const url = new URL(address);
	url.searchParams.set(KEY, password);
	return url.href;
}

/** An address that a service gives back, taken apart again. Text that is no address stays as it is. */
export function keyIn(address: string): { url: string; key?: string } {
	if (!URL.canParse(address)) return { url: address };
	const url = new URL(address);
	const key = url.searchParams.get(KEY);
	url.searchParams.delete(KEY);
	return { url: url.href, ...(key === null ? {} : { key }) };
}
