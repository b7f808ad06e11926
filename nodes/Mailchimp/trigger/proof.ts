import type { IWebhookFunctions } from 'n8n-workflow';
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../../core/webhook/auth';
import { memoryOf } from '../../../core/webhook/takeEvents';
import type { State } from './state';

/** Older ones may be somebody's who has listened in (https://mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks/). */
const LONGEST_S = 300;

/** The trigger's address with the secret in it, which only Mailchimp is told. */
export function withKey(url: string, { password }: Secret): string {
	const address = new URL(url);
	address.searchParams.set('key', password);
	return address.href;
}

/** Why a call is turned away that knows the secret of the address: its signature is none, or one of another time. */
export type Doubt = 'unsigned' | 'late';

/**
 * Whether the call comes from Mailchimp: it knows the secret of the address, and has signed the body when it said that it
 * would.
 *
 * @returns true, or false for a stranger, or what was wrong with the signature
 */
export function isFromMailchimp(
	context: IWebhookFunctions,
	{ secret, signing = {} }: State,
): boolean | Doubt {
	if (secret === undefined) return false;
	const { key } = context.getQueryData() as { key?: unknown };
	if (!areSame(String(key ?? ''), secret.password)) return false;
	const secrets = Object.values(signing);
	if (secrets.length === 0) return true;
	const header = String(context.getHeaderData()['x-mailchimp-signature'] ?? '');
	const body = rawBody(context);
	if (!secrets.some((one) => isSigned(header, body, one))) return 'unsigned';
	return isOnTime(header, Date.now()) || 'late';
}

/** The bytes as they came: what n8n makes of them would not have the same signature. */
export function rawBody(context: IWebhookFunctions): Buffer {
	const { rawBody: raw } = context.getRequestObject() as { rawBody?: unknown };
	return Buffer.isBuffer(raw) ? raw : Buffer.alloc(0);
}

/** `t=<unix>,v1=<hex>[,v1=<hex>]`: HMAC-SHA256 over `<t>.<body>`. While a secret is being changed there are several. */
function isSigned(header: string, body: Buffer, secret: string): boolean {
	const time = timeIn(header);
	if (!/^\d{1,12}$/.test(time)) return false;
	const expected = createHmac('sha256', secret).update(`${time}.`).update(body).digest('hex');
	return partsOf(header).filter(([name, value]) => name === 'v1' && areSame(value, expected)).length > 0;
}

const isOnTime = (header: string, now: number): boolean =>
	Math.abs(now / 1000 - Number(timeIn(header))) <= LONGEST_S;

const partsOf = (header: string): Array<[string, string]> =>
	header.split(',').map((part) => {
		const [name = '', value = ''] = part.trim().split('=', 2);
		return [name, value];
	});

const timeIn = (header: string): string => partsOf(header).find(([name]) => name === 't')?.[1] ?? '';

/** How long the comparison takes says nothing about where they differ. */
const areSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

const digest = (text: string) => createHash('sha256').update(text).digest();

const HOUR_MS = 60 * 60_000;
/** When it was told last of a trigger's doubtful calls, in epoch milliseconds. */
const told = new Map<string, number>();

/** Says in n8n's log, once an hour, what a call lacked that knows the secret of the address: it is Mailchimp's own, as a rule. */
export function tellOfDoubt(context: IWebhookFunctions, doubt: Doubt): void {
	const node = memoryOf(context) ?? '';
	if (Date.now() - (told.get(node) ?? 0) < HOUR_MS) return;
	told.set(node, Date.now());
	context.logger.warn(WORDS[doubt], { node: context.getNode().name });
}

const WORDS: Record<Doubt, string> = {
	unsigned:
		'A call that knows the address of this trigger was turned away: its signature is not right. If that goes on, the signing secret was changed in Mailchimp, or a proxy in front of n8n changes what comes. Unpublish and publish the workflow: that makes the webhook anew, with a new secret.',
	late: 'A call that knows the address of this trigger was turned away: it was signed more than five minutes ago, or later than now. If that goes on, the clock of this computer is wrong: set it.',
};
