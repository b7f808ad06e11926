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
 * With 97 % of the rate dripping in and little more than one request saved up, no sliding second sees more than the limit.
 * What is saved beyond the one makes up for timers that fire late; at low rates it must stay below what the drip leaves.
 */
const STEADY_SHARE = 0.96;
const burst = (perSecond: number) => 1 + Math.min(0.2, (perSecond * (1 - STEADY_SHARE)) / 2);

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** After a throttling answer the rate is halved, and grows back by this share of the limit with every success. */
const RECOVERY_STEP = 0.02;
const SLOWEST_SHARE = 0.1;

/**
 * What one account may ask of one service, shared by every node and execution of this process.
 *
 * Requests are spread evenly over the second instead of being let go in bursts: services count in sliding windows.
 */
export class Budget {
	private readonly slots: BulkheadPolicy;
	private readonly bucket?: TokenBucket;
	private readonly fullRate: number = 0;
	private closedUntil = 0;
	private pause = FIRST_PAUSE_MS;
	private share = 1;
	lastUsed = Date.now();

	constructor(readonly limits: BudgetLimits) {
		this.slots = bulkhead(limits.inFlight, Infinity);
		if (limits.perSecond !== undefined) {
			this.fullRate = limits.perSecond * STEADY_SHARE;
			this.bucket = new TokenBucket({
				bucketSize: burst(limits.perSecond),
				tokensPerInterval: this.fullRate,
				interval: 1_000,
			});
			this.bucket.content = 1;
		}
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
		}, signal);
	}

	/** The service asked for less: nobody starts a request until then. `afterMs` is what it asked for, if it said so. */
	throttled(afterMs: number | undefined): number {
		const now = Date.now();
		if (this.closedUntil <= now) {
			this.share = Math.max(SLOWEST_SHARE, this.share / 2);
			this.setRate();
		}
		const ms = Math.min(LONGEST_PAUSE_MS, afterMs ?? this.pause);
		// Answers to requests that were under way together must not double the pause once each.
		if (afterMs === undefined && this.closedUntil <= now)
			this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
		this.closedUntil = Math.max(this.closedUntil, now + ms);
		return ms;
	}

	succeeded(): void {
		if (this.share === 1) return;
		this.share = Math.min(1, this.share + RECOVERY_STEP);
		if (this.share === 1) this.pause = FIRST_PAUSE_MS;
		this.setRate();
	}

	private setRate(): void {
		if (this.bucket) this.bucket.tokensPerInterval = this.fullRate * this.share;
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
	const key = `${account} ${limits.inFlight} ${limits.perSecond ?? ''}`;
	let budget = budgets.get(key);
	if (budget === undefined) {
		const now = Date.now();
		for (const [name, { lastUsed }] of budgets) if (now - lastUsed > IDLE_MS) budgets.delete(name);
		budget = new Budget(limits);
		budgets.set(key, budget);
	}
	return budget;
}
