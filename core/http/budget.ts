import { bulkhead, type BulkheadPolicy } from 'cockatiel';
import { TokenBucket } from 'limiter';
import { setTimeout as wait } from 'node:timers/promises';

export interface BudgetLimits {
	/** Requests under way at the same time. */
	inFlight: number;
	/** Requests started in any one second; no limit when absent. */
	perSecond?: number;
}

/**
 * With 96 % of the rate dripping in and little more than one request saved up, no sliding second sees more than the limit,
 * also when some requests take a few hundredths of a second longer on their way than others. What is saved beyond the one
 * makes up for timers that fire late; at low rates it must stay below what the drip leaves.
 */
const STEADY_SHARE = 0.96;
const burst = (perSecond: number) => 1 + Math.min(0.2, (perSecond * (1 - STEADY_SHARE)) / 2);

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** As long as any request waits at all (see the client's patience). */
const LONGEST_ASKED_MS = 10 * 60_000;
/** After a throttling answer the rate drops to this share of itself, and grows by a little with every success. */
const DROP = 0.7;
const RECOVERY_STEP = 0.002;
const SLOWEST_SHARE = 0.1;
/** So many successes in a row end the doubling of pauses. */
const CALM = 50;

/**
 * What one account may ask of one service, shared by every node and execution of this process.
 *
 * Requests are spread evenly over the second instead of being let go in bursts: services count in sliding windows.
 */
export class Budget {
	private readonly slots: BulkheadPolicy;
	private readonly bucket?: TokenBucket;
	private closedUntil = 0;
	private pause = FIRST_PAUSE_MS;
	private share = 1;
	private calm = 0;
	lastUsed = Date.now();

	constructor(public limits: BudgetLimits) {
		this.slots = bulkhead(limits.inFlight, Infinity);
		if (limits.perSecond !== undefined) {
			this.bucket = new TokenBucket({ bucketSize: 1, tokensPerInterval: 1, interval: 1_000 });
			this.bucket.content = 1;
			this.setRate();
		}
	}

	/** The rate as it is set now: credentials of one account may name different ones, and be changed. */
	adopt(perSecond: number | undefined): void {
		if (perSecond === this.limits.perSecond) return;
		this.limits = { ...this.limits, perSecond };
		this.setRate();
	}

	/** Runs `send` when the account has a place for it. `waiting` is told when the wait for it starts and ends. */
	async run<T>(
		send: () => Promise<T>,
		signal?: AbortSignal,
		waiting?: (starts: boolean) => void,
	): Promise<T> {
		return await this.slots.execute(async () => {
			waiting?.(true);
			try {
				await this.gate(signal);
				signal?.throwIfAborted();
			} finally {
				waiting?.(false);
			}
			this.lastUsed = Date.now();
			return await send();
		});
	}

	/**
	 * The service asked for less: nobody starts a request until then. `asked` is the pause it asked for, if it did; one of
	 * no time at all comes from clocks that differ, and says nothing. Answers with the pause in milliseconds.
	 */
	throttled(asked: number | undefined): number {
		const now = Date.now();
		this.calm = 0;
		if (this.closedUntil <= now) {
			this.share = Math.max(SLOWEST_SHARE, this.share * DROP);
			this.setRate();
		}
		const ms = asked ? Math.min(LONGEST_ASKED_MS, asked) : this.pause;
		// Answers to requests that were under way together must not double the pause once each.
		if (!asked && this.closedUntil <= now) this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
		this.closedUntil = Math.max(this.closedUntil, now + ms);
		return ms;
	}

	succeeded(): void {
		if (++this.calm === CALM) this.pause = FIRST_PAUSE_MS;
		if (this.share === 1) return;
		this.share = Math.min(1, this.share + RECOVERY_STEP);
		this.setRate();
	}

	private setRate(): void {
		const { perSecond } = this.limits;
		if (this.bucket === undefined || perSecond === undefined) return;
		this.bucket.bucketSize = burst(perSecond);
		this.bucket.tokensPerInterval = perSecond * STEADY_SHARE * this.share;
	}

	private async gate(signal?: AbortSignal): Promise<void> {
		for (;;) {
			const closedFor = this.closedUntil - Date.now();
			if (closedFor > 0) await wait(closedFor, undefined, signal ? { signal } : undefined);
			else if (this.bucket === undefined) return;
			else {
				await this.bucket.removeTokens(1);
				// The service may have closed the gate while this one waited for its turn.
				if (this.closedUntil <= Date.now()) return;
			}
		}
	}
}

const IDLE_MS = 10 * 60_000;
const budgets = new Map<string, Budget>();

/** The budget of `account` (a stable, secret-free name), made on first use and forgotten when idle. */
export function budgetOf(account: string, limits: BudgetLimits): Budget {
	const key = `${account} ${limits.inFlight} ${limits.perSecond === undefined ? 'unlimited' : 'limited'}`;
	let budget = budgets.get(key);
	budget?.adopt(limits.perSecond);
	if (budget === undefined) {
		const now = Date.now();
		for (const [name, { lastUsed }] of budgets) if (now - lastUsed > IDLE_MS) budgets.delete(name);
		budget = new Budget(limits);
		budgets.set(key, budget);
	}
	return budget;
}
