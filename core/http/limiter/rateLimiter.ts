import { AdaptivePlaces } from './adaptivePlaces';
import { AdaptiveRate } from './adaptiveRate';
import { AnswerTimes } from './answerTimes';
import { systemClock, type Clock } from './clock';
import { checked, type RateLimits, type Turn } from './limits';
import { Places } from './places';
import { DAY_MS, FIVE_MINUTES_MS, MINUTE_MS, QuotaWindow, TEN_MINUTES_MS } from './quota';
import { TogetherPlaces } from './togetherPlaces';
import { Turns } from './turns';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** As long as any request waits at all (see the client's patience). */
export const LONGEST_ASKED_MS = 10 * 60_000;
/** So many successes in a row end the doubling of pauses. */
const CALM = 50;

/**
 * What one account may ask of one service, shared by every node and execution of this process, and by all workers where
 * its pace is (see `usePace`).
 *
 * Requests are spread evenly over the second instead of being let go in bursts: services count in sliding windows.
 */
export class RateLimiter {
	private allowed: RateLimits;
	private readonly times = new AnswerTimes();
	private readonly rate = new AdaptiveRate(this.times);
	private readonly learned = new AdaptivePlaces();
	private readonly places: Places;
	private readonly together: TogetherPlaces;
	private readonly turns: Turns;
	private readonly windows: Array<{ limit: 'perDay' | 'perTenMinutes' | 'perMinute'; window: QuotaWindow }>;
	private readonly bytes: QuotaWindow;
	/** One after another: a large piece would else wait for as long as small ones come. */
	private readonly byteQueue: Places;
	private underWay = 0;
	private pause = FIRST_PAUSE_MS;
	private calm = 0;
	private usedAt: number;

	constructor(
		/** A stable, secret-free name; for a part of an account, with its scope after a space. */
		readonly account: string,
		limits: RateLimits,
		private readonly clock: Clock = systemClock,
	) {
		this.allowed = checked(limits);
		this.usedAt = clock.now();
		this.places = new Places(() => this.concurrency, clock);
		this.together = new TogetherPlaces(account, clock);
		this.turns = new Turns(account, () => this.perSecond, clock);
		// The longest first: it may refuse at once what the others would only wait for.
		this.windows = [
			{ limit: 'perDay', window: new QuotaWindow(account, DAY_MS, clock) },
			{ limit: 'perTenMinutes', window: new QuotaWindow(account, TEN_MINUTES_MS, clock) },
			{ limit: 'perMinute', window: new QuotaWindow(account, MINUTE_MS, clock) },
		];
		this.bytes = new QuotaWindow(`${account} bytes`, FIVE_MINUTES_MS, clock);
		this.byteQueue = new Places(() => 1, clock);
	}

	get limits(): RateLimits {
		return this.allowed;
	}

	/** Requests that may be under way at the moment, in this process. */
	get concurrency(): number {
		const wanted = Math.max(this.allowed.concurrency, Math.min(this.maxConcurrency, this.neededPlaces));
		if (!this.limitsConnections) return wanted;
		const own = this.isCountedTogether ? wanted : Math.floor(wanted / this.turns.peers);
		return Math.max(1, Math.min(own, this.learned.limit));
	}

	/** The most that may ever be under way: so many are worth having ready, whatever `concurrency` is now. */
	get maxConcurrency(): number {
		const { concurrency, maxConcurrency = concurrency, perSecond } = this.allowed;
		return perSecond === undefined ? concurrency : Math.max(concurrency, maxConcurrency);
	}

	/** Milliseconds until requests start again after a refusal; 0 when they do. */
	get closedForMs(): number {
		return this.turns.closedForMs;
	}

	/** Milliseconds since somebody wanted something of it; 0 while somebody does. */
	get idleMs(): number {
		return this.places.held + this.places.waiting > 0 ? 0 : this.clock.now() - this.usedAt;
	}

	/**
	 * Runs `work` in a place of its own (or several), in its turn.
	 *
	 * @throws what `work` does; the signal's reason; a ServiceError when what a day allows is used up
	 */
	async run<T>(work: () => Promise<T>, turn: Turn = {}): Promise<T> {
		return await this.inTurn(async () => await this.started(work, turn.places), turn);
	}

	/** As `run`, for what has more to wait for: `work` is only then under way when it says so with `started`. */
	async inTurn<T>(work: () => Promise<T>, turn: Turn = {}): Promise<T> {
		const { places = 1, signal } = turn;
		const begin = async () => {
			await (turn.isAdmitted ? this.opened(turn) : this.admit(turn));
			return this.allowed.areCountedTogether
				? await this.together.hold(work, places, () => this.concurrency, signal)
				: await work();
		};
		return await this.places.hold(begin, signal, places);
	}

	/** Runs `work` as a request that is on its way. */
	async started<T>(work: () => Promise<T>, places = 1): Promise<T> {
		this.underWay += places;
		try {
			return await work();
		} finally {
			this.underWay -= places;
			this.usedAt = this.clock.now();
		}
	}

	/** A turn alone, for what travels in a request that others are in. @throws see `run` */
	async admit({ signal, waiting, bytes = 0 }: Turn = {}): Promise<void> {
		waiting?.(true);
		try {
			for (const { limit, window } of this.windows) {
				const most = this.allowed[limit];
				if (most !== undefined) await window.take(most, this.turns.peers, signal);
			}
			if (bytes > 0) await this.admitBytes(bytes, signal);
			await this.turns.next(signal);
		} finally {
			waiting?.(false);
		}
		this.usedAt = this.clock.now();
	}

	/**
	 * The service took nothing and wants less: nobody starts a request for a while. `retryAfterMs` is the pause it asked
	 * for, if it did; one of no time at all comes from clocks that differ, and says nothing. Answers with the pause in
	 * milliseconds.
	 */
	rateLimited(retryAfterMs: number | undefined): number {
		const left = this.closedForMs;
		const isFirst = left === 0;
		this.calm = 0;
		if (isFirst) this.rate.refused();
		if (this.limitsConnections) this.learned.refused(this.underWay, isFirst);
		if (retryAfterMs) return this.closed(Math.min(LONGEST_ASKED_MS, retryAfterMs));
		// Answers to requests that were under way together neither double the pause nor prolong it.
		if (!isFirst) return left;
		const ms = this.pause;
		this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
		return this.closed(ms);
	}

	/** The service did what was asked. `tookMs`: how long its answer took. */
	succeeded(tookMs?: number): void {
		if (tookMs !== undefined) this.learn(tookMs);
		// What was under way when the gate closed tells nothing about what comes after.
		if (this.closedForMs > 0) return this.learned.doneMeanwhile();
		if (++this.calm === CALM) this.pause = FIRST_PAUSE_MS;
		this.rate.succeeded();
		if (this.places.waiting > 0 || this.underWay + 1 >= this.concurrency)
			this.learned.succeeded(this.maxConcurrency);
		this.places.pump();
	}

	/** The limits as they are set now: credentials of one account may name different ones, and be changed. */
	adopt(limits: RateLimits): void {
		this.allowed = checked(limits);
		this.usedAt = this.clock.now();
		this.places.pump();
	}

	/** Milliseconds that `requests` more will take at least, when nobody else asks for any. */
	estimateMs(requests: number): number {
		const rounds = Math.ceil(requests / this.concurrency);
		return (
			this.closedForMs +
			Math.max(
				((requests - 1) * 1_000) / this.perSecond,
				rounds * this.times.usual,
				...this.windows.map(({ limit, window }) => {
					const most = this.allowed[limit];
					return most === undefined ? 0 : window.estimateMs(requests, most);
				}),
			)
		);
	}

	/** Requests that the day still holds, as far as is known; Infinity without a limit of a day. */
	get leftToday(): number {
		const { perDay = Infinity } = this.allowed;
		const day = this.windows.find(({ limit }) => limit === 'perDay');
		return Math.max(0, perDay - (day?.window.used ?? 0));
	}

	/** Turns a second, of all workers together. */
	private get perSecond(): number {
		const { perSecond } = this.allowed;
		return perSecond === undefined ? Infinity : perSecond * this.rate.current;
	}

	private async opened({ signal, waiting }: Turn): Promise<void> {
		if (this.closedForMs === 0) return;
		waiting?.(true);
		await this.turns.open(signal).finally(() => waiting?.(false));
	}

	private async admitBytes(bytes: number, signal: AbortSignal | undefined): Promise<void> {
		const most = this.allowed.bytesPerFiveMinutes;
		if (most === undefined) return;
		const take = async () => await this.bytes.take(most, this.turns.peers, signal, bytes);
		await this.byteQueue.hold(take, signal);
	}

	private get isCountedTogether(): boolean {
		return this.allowed.areCountedTogether === true && this.together.areCounted;
	}

	private get limitsConnections(): boolean {
		return this.allowed.limitsConnections ?? this.allowed.perSecond === undefined;
	}

	/** As many as are under way when each turn of a second is taken and answers are slow, and one that waits for its turn. */
	private get neededPlaces(): number {
		const { perSecond } = this.allowed;
		if (perSecond === undefined || !this.times.areKnown) return 0;
		return 1 + Math.ceil((perSecond * this.times.slow) / 1_000);
	}

	/** A first request that arrived late stands close to those that came after it: the next ones keep away from it. */
	private learn(tookMs: number): void {
		const late = this.times.add(tookMs) - this.rate.slack;
		if (late > 0 && this.allowed.perSecond !== undefined) this.turns.postpone(late);
	}

	private closed(ms: number): number {
		this.turns.close(ms);
		return ms;
	}
}
