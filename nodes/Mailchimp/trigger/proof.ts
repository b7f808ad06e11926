import type { IWebhookFunctions } from 'n8n-workflow';
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../../core/webhook/auth';
import type { State } from './state';

/** Older ones may be somebody's who has listened in (https://mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks/). */
const LONGEST_S = 300;

/** The trigger's address with the secret in it, which only Mailchimp is told. */
export function withKey(url: string, { password }: Secret): string {
	const address = new URL(url);
	address.searchParams.set('key', password);
	return address.href;
}

/**
 * Whether the call comes from Mailchimp: it knows the secret of the address, and has signed the body when it said that it
 * would.
 */
export function isFromMailchimp(context: IWebhookFunctions, { secret, signing = {} }: State): boolean {
	if (secret === undefined) return false;
	const { key } = context.getQueryData() as { key?: unknown };
	if (!areSame(String(key ?? ''), secret.password)) return false;
	const secrets = Object.values(signing);
	if (secrets.length === 0) return true;
	const header = String(context.getHeaderData()['x-mailchimp-signature'] ?? '');
	const body = rawBody(context);
	return secrets.some((one) => isSigned(header, body, one, Date.now()));
}

/** The bytes as they came: what n8n makes of them would not have the same signature. */
export function rawBody(context: IWebhookFunctions): Buffer {
	const { rawBody: raw } = context.getRequestObject() as { rawBody?: unknown };
	return Buffer.isBuffer(raw) ? raw : Buffer.alloc(0);
}

/** `t=<unix>,v1=<hex>[,v1=<hex>]`: HMAC-SHA256 over `<t>.<body>`. While a secret is being changed there are several. */
export function isSigned(header: string, body: Buffer, secret: string, now: number): boolean {
	const parts = header.split(',').map((part) => part.trim().split('=', 2) as [string, string?]);
	const time = parts.find(([name]) => name === 't')?.[1] ?? '';
	if (!/^\d{1,12}$/.test(time) || Math.abs(now / 1000 - Number(time)) > LONGEST_S) return false;
	const expected = createHmac('sha256', secret).update(`${time}.`).update(body).digest('hex');
	return parts.filter(([name, value]) => name === 'v1' && areSame(value ?? '', expected)).length > 0;
}

/** How long the comparison takes says nothing about where they differ. */
const areSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

const digest = (text: string) => createHash('sha256').update(text).digest();
