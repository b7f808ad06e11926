import { createHmac } from 'node:crypto';
import { Deliveries, isLocal } from '../../shell/deliveries';
import type { Audience } from './audience';
import type { Member, Source, Webhook } from './records';
import type { MailchimpSettings } from './settings';

export type HookEvent =
	| 'subscribe'
	| 'unsubscribe'
	| 'profile'
	| 'cleaned'
	| 'upemail'
	| 'campaign'
	| 'sms_subscribe'
	| 'sms_unsubscribe'
	| 'upsms'
	| 'sms_campaign';

export interface HookDelivery {
	readonly id: number;
	readonly event: HookEvent;
	readonly webhookId: string;
	readonly url: string;
	readonly body: string;
	readonly attempts: Array<{ at: string; status: number; error?: string }>;
	state: 'under way' | 'delivered' | 'waiting' | 'given up' | 'refused' | 'disabled';
}

type Data = Record<string, unknown>;

const MINUTE = 60_000;
/** Growing intervals over 75 minutes (mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks). */
const WAITS = [1, 2, 4, 8, 15, 20, 25];
const TIMEOUT = 10_000;

/** Posts what happens in an audience to its webhooks: forms, signed when the webhook has a secret. */
export class Hooks {
	private readonly sent = new Deliveries<HookDelivery>();

	constructor(
		private readonly settings: () => MailchimpSettings,
		private readonly now: () => Date,
	) {}

	/** Oldest first; the last 2000. */
	get deliveries(): HookDelivery[] {
		return this.sent.list;
	}

	/** What a write means to the webhooks; `before` is missing for a contact that is new or back. */
	changed(audience: Audience, member: Member, before: Member | undefined, source: Source): void {
		const data = memberData(audience, member);
		if (member.status === 'subscribed' && before?.status !== 'subscribed')
			return this.fire(audience, 'subscribe', source, data);
		if (member.status === 'unsubscribed' && before && before.status !== 'unsubscribed')
			return this.fire(audience, 'unsubscribe', source, { action: 'unsub', reason: 'manual', ...data });
		if (member.status === 'cleaned' && before?.status !== 'cleaned')
			return this.fire(audience, 'cleaned', source, {
				list_id: audience.id,
				campaign_id: '',
				reason: 'hard',
				email: member.email_address,
			});
		if (!before) return undefined;
		if (before.id !== member.id)
			this.fire(audience, 'upemail', source, {
				list_id: audience.id,
				new_id: member.unique_email_id,
				new_email: member.email_address,
				old_email: before.email_address,
			});
		const profile = ({ merge_fields, interests }: Member) => JSON.stringify([merge_fields, interests]);
		if (member.status === 'subscribed' && profile(before) !== profile(member))
			this.fire(audience, 'profile', source, data);
		return undefined;
	}

	/** An archived or forgotten contact. */
	gone(audience: Audience, member: Member, source: Source): void {
		this.fire(audience, 'unsubscribe', source, {
			action: 'delete',
			reason: 'manual',
			...memberData(audience, member),
		});
	}

	fire(audience: Audience, event: HookEvent, source: Source, data: Data): void {
		const body = formOf({
			type: event,
			fired_at: this.now().toISOString().slice(0, 19).replace('T', ' '),
			data,
		});
		for (const webhook of audience.webhooks.values()) {
			if (webhook.off || !webhook.events[event] || !webhook.sources[source]) continue;
			this.post(event, webhook, body);
		}
	}

	/** When nothing is under way; what waits for its next try does not count. */
	async idle(): Promise<void> {
		await this.sent.idle();
	}

	/** Forgets everything, and whatever is under way or waiting is never posted. */
	clear(): void {
		this.sent.clear();
	}

	private post(event: HookEvent, webhook: Webhook, body: string): void {
		this.sent.add(
			(id) => ({
				id,
				event,
				webhookId: webhook.id,
				url: webhook.url,
				body,
				attempts: [],
				state: 'under way',
			}),
			{
				attempt: async (delivery, stop) => await this.attempt(delivery, webhook, stop),
				waitMs: ({ attempts }) => ((WAITS[attempts.length - 1] ?? 0) * MINUTE) / this.settings().retrySpeed,
			},
		);
	}

	private async attempt(
		delivery: HookDelivery,
		webhook: Webhook,
		stop: AbortSignal,
	): Promise<HookDelivery['state']> {
		const note = (status: number, error?: string) =>
			delivery.attempts.push({ at: new Date().toISOString(), status, ...(error ? { error } : {}) });
		if (!isLocal(delivery.url)) {
			note(0, 'The sandbox posts to this computer only (127.0.0.1 or localhost).');
			return 'refused';
		}
		try {
			const answer = await fetch(delivery.url, {
				method: 'POST',
				headers: {
					'content-type': 'application/x-www-form-urlencoded',
					'user-agent': 'MailChimp',
					...signature(webhook.signing_secret, delivery.body),
				},
				body: delivery.body,
				redirect: 'manual',
				signal: AbortSignal.any([stop, AbortSignal.timeout(TIMEOUT)]),
			});
			await answer.arrayBuffer();
			note(answer.status);
			if (answer.ok) return 'delivered';
			if (answer.status === 410) {
				webhook.off = true;
				return 'disabled';
			}
		} catch (error) {
			note(0, (error as Error).message);
		}
		return delivery.attempts.length > WAITS.length ? 'given up' : 'waiting';
	}
}

/** `X-Mailchimp-Signature: t=<unix>,v1=<hex>` over "<t>.<raw body>". */
export function signature(secret: string | undefined, body: string, at = Date.now()): Record<string, string> {
	if (!secret) return {};
	const t = Math.floor(at / 1000);
	const v1 = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
	return { 'x-mailchimp-signature': `t=${t},v1=${v1}` };
}

function memberData(audience: Audience, member: Member): Data {
	const groups = [...audience.categories.values()].map((category, at) => [
		String(at),
		{
			id: String(at + 1),
			unique_id: category.id,
			name: category.title,
			groups: [...category.interests.values()]
				.filter(({ id }) => member.interests[id])
				.map(({ name }) => name.replaceAll(',', '\\,'))
				.join(', '),
		},
	]);
	return {
		id: member.unique_email_id,
		email: member.email_address,
		email_type: member.email_type,
		ip_opt: member.ip_opt,
		ip_signup: member.ip_signup,
		web_id: String(member.web_id),
		merges: {
			EMAIL: member.email_address,
			...member.merge_fields,
			...(groups.length > 0 ? { GROUPINGS: Object.fromEntries(groups) as Data } : {}),
		},
		list_id: audience.id,
	};
}

/** `data[merges][FNAME]=Ana`, as PHP writes nested values. */
function formOf(data: Data): string {
	const form = new URLSearchParams();
	const put = (name: string, value: unknown) => {
		if (typeof value === 'object' && value !== null)
			for (const [key, inner] of Object.entries(value)) put(name ? `${name}[${key}]` : key, inner);
		else form.append(name, value === undefined || value === null ? '' : String(value));
	};
	put('', data);
	return form.toString();
}
