import { Hooks, type HookEvent } from './hooks';
import { nowStamp } from './records';
import type { SendPulseSettings } from './settings';

export interface Webhook {
	id: number;
	user_id: number;
	url: string;
	action: string;
}

/** What the mailing service reports (its knowledge base, email-service/additional/webhooks, and public clients). */
export const ACTIONS = [
	'delivered',
	'open',
	'redirect',
	'unsubscribe',
	'new_emails',
	'delete',
	'spam',
	'task_status_update',
	'soft_bounces',
	'hard_bounces',
] as const;
export type Action = (typeof ACTIONS)[number];

/** What the SMTP service reports (sendpulse.com/knowledge-base/smtp/smtp-webhooks). */
export const SMTP_EVENTS = [
	'delivered',
	'undelivered',
	'opened',
	'clicked',
	'unsubscribed',
	'resubscribed',
	'spam_by_user',
	'soft_bounces',
	'hard_bounces',
] as const;
export type SmtpEvent = (typeof SMTP_EVENTS)[number];

const USER = 7_043_663;
const SENDER = 'shop@example.com';

/** What happens to emails: to whom it is told, and the lists of the SMTP service that can be asked afterwards. */
export class Reports {
	readonly webhooks = new Map<number, Webhook>();
	/** The latest last. */
	bounces: Array<Record<string, string | number>> = [];
	/** Who wants no more, by address in lower case. */
	readonly stopped = new Map<string, Record<string, string | number>>();
	readonly hooks: Hooks;
	private lastId = 0;

	constructor(private readonly settings: () => SendPulseSettings) {
		this.hooks = new Hooks(settings);
	}

	/** One webhook for each action. */
	register(url: string, actions: readonly string[]): Webhook[] {
		return actions.map((action) => {
			const webhook = { id: 162_242 + this.lastId++, user_id: USER, url, action };
			this.webhooks.set(webhook.id, webhook);
			return webhook;
		});
	}

	/** An event of the mailing service, to every webhook that wants it. */
	email(action: Action, email: string, more: HookEvent = {}): void {
		const event = { event: action, timestamp: stamp(), email, ...more };
		for (const { url, action: wanted } of this.webhooks.values())
			if (wanted === action) this.hooks.add('email', url, event);
	}

	/** An event of the SMTP service, to the address that was entered by hand. Bounces and stops stand in a list, too. */
	smtp(kind: SmtpEvent, email: string, more: HookEvent = {}): void {
		const isBounce = kind === 'soft_bounces' || kind === 'hard_bounces';
		const subject = String(more.subject ?? 'News');
		const event: HookEvent = {
			event: kind,
			timestamp: Number(stamp()),
			...(isBounce ? { email, task_id: this.lastId } : { message_id: `m${this.lastId}`, recipient: email }),
			sender: SENDER,
			subject,
			...more,
		};
		this.lastId += 1;
		if (isBounce) this.bounced(kind, email, subject);
		if (kind === 'unsubscribed' || kind === 'spam_by_user') this.stop(email, kind);
		const { smtpWebhookUrl: url } = this.settings();
		if (url !== '') this.hooks.add('smtp', url, event);
	}

	stop(email: string, kind: 'unsubscribed' | 'spam_by_user' | 'by the account'): void {
		this.stopped.set(email.toLowerCase(), {
			email,
			unsubscribe_by_link: Number(kind === 'unsubscribed'),
			unsubscribe_by_user: Number(kind === 'by the account'),
			spam_complaint: Number(kind === 'spam_by_user'),
			date: nowStamp(),
		});
	}

	clear(): void {
		this.webhooks.clear();
		this.stopped.clear();
		this.bounces = [];
		this.hooks.clear();
	}

	private bounced(kind: SmtpEvent, email: string, subject: string): void {
		const isHard = kind === 'hard_bounces';
		this.bounces.push({
			email_to: email,
			sender: SENDER,
			send_date: nowStamp(),
			subject,
			smtp_answer_code: isHard ? 550 : 451,
			smtp_answer_subcode: isHard ? '5.1.1' : '4.7.1',
			smtp_answer_data: isHard ? 'No such user' : 'Try again later',
		});
	}
}

/** Seconds since 1970, as text: that is how the mailing service has it. */
const stamp = (): string => String(Math.floor(Date.now() / 1_000));
