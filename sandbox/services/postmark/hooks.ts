import { Deliveries, isLocal } from '../../shell/deliveries';
import type { PostmarkSettings } from './settings';

export type HookEvent =
	'Open' | 'Click' | 'Delivery' | 'Bounce' | 'SpamComplaint' | 'SubscriptionChange' | 'Inbound';

export interface HookAttempt {
	at: string;
	/** HTTP status of the answer; 0 when there was none. */
	status: number;
	ms: number;
	error?: string;
}

/** One event on its way to one address. */
export interface HookDelivery {
	readonly id: number;
	readonly event: HookEvent;
	readonly serverId: number;
	readonly stream: string;
	/** Missing for inbound, whose address is the server's InboundHookUrl. */
	readonly webhookId?: number;
	/** Without user name and password. */
	url: string;
	readonly body: Record<string, unknown>;
	readonly attempts: HookAttempt[];
	/** "stopped" by a 403; "refused" because the address is not on this computer; "dropped" with its webhook. */
	state: 'under way' | 'delivered' | 'waiting' | 'stopped' | 'given up' | 'refused' | 'dropped';
	/** When it is tried again, RFC 3339. */
	nextAt?: string;
}

/** Where to post: asked before every attempt, so that a changed webhook is followed and a deleted one is left alone. */
export type HookTarget = () => { url: string; headers: Record<string, string> } | undefined;

interface Post {
	event: HookEvent;
	serverId: number;
	stream: string;
	webhookId?: number | undefined;
	body: Record<string, unknown>;
	target: HookTarget;
	/** Told of every change of the state. */
	onState?(state: HookDelivery['state']): void;
}

const MINUTE = 60_000;
const LONG = [1, 5, 10, 10, 10, 15, 30, 60, 120, 360];
const SHORT = [1, 5, 15];
/** Anything but 200 is tried again after these waits (postmarkapp.com/developer/webhooks/webhooks-overview). */
const WAITS: Record<HookEvent, number[]> = {
	Bounce: LONG,
	Inbound: LONG,
	Open: SHORT,
	Click: SHORT,
	Delivery: SHORT,
	SpamComplaint: SHORT,
	SubscriptionChange: SHORT,
};
/** How long the service waits for an answer is not public. */
const TIMEOUT = 30_000;

/** Posts events to the registered addresses, as long as they are on this computer, and tries again like the service. */
export class Hooks {
	private readonly sent = new Deliveries<HookDelivery>();

	constructor(private readonly settings: () => PostmarkSettings) {}

	/** Oldest first; the last 2000. */
	get deliveries(): HookDelivery[] {
		return this.sent.list;
	}

	post({ event, serverId, stream, webhookId, body, target, onState }: Post): HookDelivery {
		return this.sent.add(
			(id) => ({
				id,
				event,
				serverId,
				stream,
				...(webhookId === undefined ? {} : { webhookId }),
				url: withoutLogin(target()?.url ?? ''),
				body,
				attempts: [],
				state: 'under way',
			}),
			{
				attempt: async (delivery, stop) => await this.attempt(delivery, target, stop),
				waitMs: (delivery) => this.waitMs(delivery),
				onState,
			},
		);
	}

	/** When nothing is under way; what waits for its next try does not count. */
	async idle(): Promise<void> {
		await this.sent.idle();
	}

	/** Forgets everything, and whatever is under way or waiting is never posted. */
	clear(): void {
		this.sent.clear();
	}

	private waitMs(delivery: HookDelivery): number {
		const minutes = WAITS[delivery.event][delivery.attempts.length - 1] ?? 0;
		const ms = (minutes * MINUTE) / this.settings().retrySpeed;
		delivery.nextAt = new Date(Date.now() + ms).toISOString();
		return ms;
	}

	private async attempt(
		delivery: HookDelivery,
		target: HookTarget,
		stop: AbortSignal,
	): Promise<HookDelivery['state']> {
		delete delivery.nextAt;
		const to = target();
		if (!to) return 'dropped';
		delivery.url = withoutLogin(to.url);
		const started = performance.now();
		const note = (status: number, error?: string) => {
			const ms = Math.round((performance.now() - started) * 10) / 10;
			delivery.attempts.push({ at: new Date().toISOString(), status, ms, ...(error ? { error } : {}) });
		};
		if (!isLocal(to.url)) {
			note(0, 'The sandbox posts to this computer only (127.0.0.1 or localhost).');
			return 'refused';
		}
		try {
			const answer = await fetch(delivery.url, {
				method: 'POST',
				headers: { ...to.headers, ...loginIn(to.url), 'content-type': 'application/json' },
				body: JSON.stringify(delivery.body),
				redirect: 'manual',
				signal: AbortSignal.any([stop, AbortSignal.timeout(TIMEOUT)]),
			});
			await answer.arrayBuffer();
			note(answer.status);
			if (answer.status === 200) return 'delivered';
			if (answer.status === 403) return 'stopped';
		} catch (error) {
			const { message, cause } = error as Error;
			note(0, cause instanceof Error ? cause.message || message : message);
		}
		return delivery.attempts.length > WAITS[delivery.event].length ? 'given up' : 'waiting';
	}
}

function withoutLogin(url: string): string {
	if (!URL.canParse(url)) return url;
	const parsed = new URL(url);
	parsed.username = '';
	parsed.password = '';
	return parsed.href;
}

/** `https://user:password@host/` becomes a header, as any client does it. */
function loginIn(url: string): Record<string, string> {
	const { username, password } = new URL(url);
	if (!username && !password) return {};
	return basic(decodeURIComponent(username), decodeURIComponent(password));
}

export function basic(user: string, password: string): Record<string, string> {
	return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}
