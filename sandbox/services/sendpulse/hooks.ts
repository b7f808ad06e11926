import { Deliveries, isLocal } from '../../shell/deliveries';
import type { SendPulseSettings } from './settings';

export type Kind = 'email' | 'smtp';
export type HookEvent = Record<string, string | number | object>;

/** One call to one address, with the events that waited for it. */
export interface HookCall {
	readonly id: number;
	readonly kind: Kind;
	readonly url: string;
	readonly events: HookEvent[];
	readonly at: string;
	/** HTTP status of the answer; 0 when there was none. */
	status?: number;
	/** "refused" because the address is not on this computer. */
	state: 'under way' | 'delivered' | 'lost' | 'refused';
}

/**
 * Events wait for each other, and go out as a list: those of the mailing service once a minute or a hundred at a time, those
 * of the SMTP service every 30 seconds or 500 (its knowledge base). Nothing says that a call is repeated, so none is.
 */
const FULL = { email: 100, smtp: 500 };
const TIMEOUT = 30_000;

export class Hooks {
	private readonly sent = new Deliveries<HookCall>();
	private readonly waiting = new Map<string, { kind: Kind; url: string; events: HookEvent[] }>();
	private timer: NodeJS.Timeout | undefined;

	constructor(private readonly settings: () => SendPulseSettings) {}

	/** Oldest first; the last 2000. */
	get calls(): HookCall[] {
		return this.sent.list;
	}

	add(kind: Kind, url: string, event: HookEvent): void {
		const name = `${kind} ${url}`;
		const line = this.waiting.get(name) ?? { kind, url, events: [] };
		line.events.push(event);
		this.waiting.set(name, line);
		if (line.events.length >= FULL[kind]) {
			this.waiting.delete(name);
			this.post(line);
		} else this.timer ??= setTimeout(() => this.flush(), this.settings().webhookSeconds * 1_000).unref();
	}

	/** Sends what waits, and comes back when it has arrived or is lost. */
	async idle(): Promise<void> {
		this.flush();
		await this.sent.idle();
	}

	/** Forgets everything; whatever is under way or waiting is never posted. */
	clear(): void {
		clearTimeout(this.timer);
		this.timer = undefined;
		this.waiting.clear();
		this.sent.clear();
	}

	private flush(): void {
		clearTimeout(this.timer);
		this.timer = undefined;
		for (const [name, line] of this.waiting) {
			this.waiting.delete(name);
			this.post(line);
		}
	}

	private post({ kind, url, events }: { kind: Kind; url: string; events: HookEvent[] }): void {
		this.sent.add((id) => ({ id, kind, url, events, at: new Date().toISOString(), state: 'under way' }), {
			attempt: async (call, stop) => await attempt(call, stop),
			waitMs: () => 0,
		});
	}
}

async function attempt(call: HookCall, stop: AbortSignal): Promise<HookCall['state']> {
	if (!isLocal(call.url)) return 'refused';
	try {
		const answer = await fetch(call.url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(call.events),
			redirect: 'manual',
			signal: AbortSignal.any([stop, AbortSignal.timeout(TIMEOUT)]),
		});
		await answer.arrayBuffer();
		call.status = answer.status;
		return answer.ok ? 'delivered' : 'lost';
	} catch {
		call.status = 0;
		return 'lost';
	}
}
