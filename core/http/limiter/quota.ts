import { ServiceError } from '../../errors';
import type { Clock } from './clock';
import { Patience } from './patience';

/** Counts the requests (or the bytes) of one account over a long time (a minute, a day), so that the count outlasts the process. */
export interface Quota {
	/** Counts `amount` and answers 0, or counts nothing and answers the milliseconds until there may be room. */
	take(limit: number, amount: number): Promise<number>;
	/** As far as is known. */
	readonly used: number;
}

/** Called with the account and, after a space, its scope; `windowMs` is the time that is counted over. */
export type QuotaFactory = (account: string, windowMs: number) => Quota | undefined;

let kept: QuotaFactory | undefined;

/** Set once, by what keeps counts elsewhere than in this process; `undefined` counts in the process again. */
export function useQuotas(factory: QuotaFactory | undefined): void {
	kept = factory;
}

/** Wait for longer than this, and a person should know. As long as any request waits at all (see the client's patience). */
const LONGEST_WAIT_MS = 10 * 60_000;

export const MINUTE_MS = 60_000;
export const FIVE_MINUTES_MS = 5 * MINUTE_MS;
export const TEN_MINUTES_MS = 10 * MINUTE_MS;
export const DAY_MS = 24 * 60 * MINUTE_MS;

const WINDOWS = new Map([
	[MINUTE_MS, 'a minute'],
	[TEN_MINUTES_MS, 'in ten minutes'],
	[DAY_MS, 'a day'],
]);

function usedUp(limit: number, windowMs: number, waitMs: number): ServiceError {
	const minutes = Math.ceil(waitMs / MINUTE_MS);
	const wait = minutes < 120 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
	return new ServiceError({
		message: `This account's ${limit.toLocaleString('en')} requests ${WINDOWS.get(windowMs)} are used up`,
		remedy: `The next request is allowed in ${wait}: run this again then. If it happens often, ask the service for a larger plan.`,
		outcome: 'notSent',
		canRetry: true,
	});
}

/** A window is counted in so many parts: what is in the oldest is forgotten at once, up to a part too late. */
const PARTS = 60;

/** What one window (a minute, a day) has seen, and what still fits. */
export class QuotaWindow {
	private readonly parts: Array<{ start: number; count: number }> = [];
	private total = 0;
	private readonly patience: Patience;
	private factory: QuotaFactory | undefined;
	private elsewhere: Quota | undefined;

	constructor(
		private readonly account: string,
		private readonly windowMs: number,
		private readonly clock: Clock,
	) {
		this.patience = new Patience(clock);
	}

	/**
	 * Waits until there is room for `amount` more, and counts it; for what is more than the limit, until there is nothing else.
	 * `peers` share the limit when nobody counts for all.
	 *
	 * @throws {ServiceError} when that takes too long to wait for
	 */
	async take(limit: number, peers: number, signal?: AbortSignal, amount = 1): Promise<void> {
		for (;;) {
			const ms = await this.tryTake(limit, peers, amount);
			if (ms === 0) return;
			if (ms > LONGEST_WAIT_MS) throw usedUp(limit, this.windowMs, ms);
			await this.clock.wait(ms, signal);
		}
	}

	/** What has gone out in the window, as far as is known. */
	get used(): number {
		this.forget();
		return Math.max(this.total, this.quota?.used ?? 0);
	}

	/** Milliseconds that `requests` more take, with nothing else to hold them up. */
	estimateMs(requests: number, limit: number): number {
		const windows = Math.ceil((this.used + requests) / limit) - 1;
		if (windows < 1) return 0;
		const [oldest] = this.parts;
		const untilNext = oldest === undefined ? this.windowMs : this.expiresInMs(oldest.start);
		return untilNext + (windows - 1) * this.windowMs;
	}

	private async tryTake(limit: number, peers: number, amount: number): Promise<number> {
		this.forget();
		const { quota } = this;
		if (quota !== undefined) {
			const ms = await this.patience.ask(async () => await quota.take(limit, amount));
			if (ms === 0) this.count(amount);
			if (ms !== undefined) return ms;
		}
		const [oldest] = this.parts;
		const own = Math.max(1, Math.floor(limit / peers));
		if (oldest !== undefined && this.total + amount > own) return this.expiresInMs(oldest.start);
		this.count(amount);
		return 0;
	}

	private get quota(): Quota | undefined {
		if (this.factory !== kept) {
			this.factory = kept;
			this.elsewhere = kept?.(this.account, this.windowMs);
		}
		return this.elsewhere;
	}

	private get partMs(): number {
		return this.windowMs / PARTS;
	}

	private expiresInMs(start: number): number {
		return Math.max(1, start + this.partMs + this.windowMs - this.clock.now());
	}

	private count(amount: number): void {
		const start = Math.floor(this.clock.now() / this.partMs) * this.partMs;
		const last = this.parts.at(-1);
		if (last?.start === start) last.count += amount;
		else this.parts.push({ start, count: amount });
		this.total += amount;
	}

	private forget(): void {
		const before = this.clock.now() - this.windowMs - this.partMs;
		for (let [oldest] = this.parts; oldest !== undefined && oldest.start <= before; [oldest] = this.parts) {
			this.total -= oldest.count;
			this.parts.shift();
		}
	}
}
