import { randomUUID } from 'node:crypto';
import { Deliveries, isLocal } from '../../shell/deliveries';
import type { OutlookSettings } from './settings';

/** What one subscriber is told of one change, or of its subscription. */
export type Notice = Record<string, unknown> & { subscriptionId: string };

/** One call to one address, with all that waited for it: several subscriptions may share it. */
export interface Call {
	readonly id: number;
	readonly url: string;
	readonly value: Notice[];
	/** When it was first sent, in epoch milliseconds. */
	readonly at: number;
	/** HTTP status of each try; 0 without an answer in time. */
	readonly tries: number[];
	state: 'under way' | 'delivered' | 'waiting' | 'lost' | 'refused';
}

/** An answer must come within 3 seconds; what is not taken is sent again for 4 hours (change-notifications-delivery-webhooks). */
const PATIENCE_MS = 3_000;
const GIVE_UP_MS = 4 * 3_600_000;
/** To prove that it is there, an address has 10 seconds. */
const HANDSHAKE_MS = 10_000;

/** What is posted to who has subscribed (learn.microsoft.com/graph/change-notifications-delivery-webhooks). */
export class Notifications {
	private readonly sent = new Deliveries<Call>();
	private waiting = new Map<string, Notice[]>();
	private timer: NodeJS.Timeout | undefined;

	constructor(private readonly settings: OutlookSettings) {}

	/** Oldest first; the last 2000. */
	get calls(): Call[] {
		return this.sent.list;
	}

	add(url: string, notice: Notice): void {
		this.waiting.set(url, [...(this.waiting.get(url) ?? []), notice]);
		this.timer ??= setTimeout(() => this.flush(), this.settings.notificationMs).unref();
	}

	/** Sends what waits, and comes back when nothing is under way. */
	async idle(): Promise<void> {
		this.flush();
		await this.sent.idle();
	}

	clear(): void {
		clearTimeout(this.timer);
		this.timer = undefined;
		this.waiting.clear();
		this.sent.clear();
	}

	private flush(): void {
		clearTimeout(this.timer);
		this.timer = undefined;
		const waiting = [...this.waiting];
		this.waiting = new Map();
		for (const [url, value] of waiting)
			this.sent.add((id) => ({ id, url, value, at: Date.now(), tries: [], state: 'under way' }), {
				attempt: async (call, stop) => await attempt(call, stop),
				waitMs: () => this.settings.notificationRetryMs,
			});
	}
}

async function attempt(call: Call, stop: AbortSignal): Promise<Call['state']> {
	if (!isLocal(call.url)) return 'refused';
	try {
		const answer = await post(call.url, JSON.stringify({ value: call.value }), 'application/json', {
			stop,
			ms: PATIENCE_MS,
		});
		await answer.arrayBuffer();
		call.tries.push(answer.status);
		if (answer.ok) return 'delivered';
	} catch {
		call.tries.push(0);
	}
	return Date.now() - call.at < GIVE_UP_MS ? 'waiting' : 'lost';
}

/**
 * Whether an address answers as it must before it is told anything: 200 within 10 seconds, as plain text, with nothing but the
 * decoded token (includes/change-notifications-delivery-notificationurl-validation).
 *
 * @returns what is wrong with it in the service's words; undefined when nothing is
 */
export async function handshakeFault(url: string): Promise<string | undefined> {
	const token = `Validation: Testing client application reachability for subscription Request-Id: ${randomUUID()} + é`;
	const address = `${url}${url.includes('?') ? '&' : '?'}validationToken=${encodeURIComponent(token)}`;
	const says = (what: string) =>
		`Subscription validation request failed. ${what} Notification endpoint must respond with 200 OK to validation request.`;
	if (!isLocal(url)) return says('The sandbox calls only this computer.');
	try {
		const answer = await post(address, '', 'text/plain; charset=utf-8', { ms: HANDSHAKE_MS });
		const text = await answer.text();
		if (answer.status !== 200) return says(`HTTP status code is '${answer.status}'.`);
		if (!/^text\/plain\b/i.test(answer.headers.get('content-type') ?? ''))
			return says('The answer must have the Content-Type text/plain.');
		return text === token ? undefined : says('The answer must be the validation token.');
	} catch {
		return 'Subscription validation request timed out.';
	}
}

async function post(
	url: string,
	body: string,
	type: string,
	{ stop, ms }: { stop?: AbortSignal; ms: number },
): Promise<Response> {
	const late = AbortSignal.timeout(ms);
	return await fetch(url, {
		method: 'POST',
		headers: { 'content-type': type },
		body,
		redirect: 'manual',
		signal: stop === undefined ? late : AbortSignal.any([stop, late]),
	});
}
