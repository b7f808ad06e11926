import type { Clock } from './clock';
import { LATE_MS } from './adaptiveRate';

/** Where the turns of one account's rate are handed out. Local by default; shared between workers in queue mode. */
export interface Pace {
	/**
	 * Takes the next turn. Answers with the milliseconds until it comes, other workers' pauses included.
	 * `ratePerSecond` is that of all workers together; Infinity when only pauses count.
	 */
	next(ratePerSecond: number): Promise<number>;
	/** Nobody gets a turn within the next `ms`. */
	close(ms: number): Promise<void> | void;
	/** All turns that are not given yet come `ms` later, once. */
	postpone(ms: number): Promise<void> | void;
	/** Workers that use this account now, this one included; the last known number when there is no knowing. */
	readonly peers: number;
}

/** Called with the account and, after a space, its scope. */
export type PaceFactory = (account: string) => Pace | undefined;

let shared: PaceFactory | undefined;

/** Set once, by what shares state between workers; `undefined` makes every pace local again. */
export function usePace(factory: PaceFactory | undefined): void {
	shared = factory;
}

/** The shared pace of an account, looked up anew when the factory has changed. */
export class SharedPace {
	private factory: PaceFactory | undefined;
	private pace: Pace | undefined;

	constructor(private readonly account: string) {}

	get current(): Pace | undefined {
		if (this.factory !== shared) {
			this.factory = shared;
			this.pace = shared?.(this.account);
		}
		return this.pace;
	}

	get peers(): number {
		return Math.max(1, Math.floor(this.current?.peers ?? 1) || 1);
	}
}

/**
 * Turns at even distances, within this process: the same arithmetic as in a shared pace, so that one can stand in for the
 * other. (A token bucket such as the `limiter` package's makes its callers wait in a queue that cannot be left.)
 */
export class LocalPace {
	private last = -Infinity;

	constructor(private readonly clock: Clock) {}

	/** Milliseconds until the next turn, which is thereby taken. */
	next(ratePerSecond: number): number {
		const now = this.clock.now();
		this.last = Math.max(this.last + 1_000 / ratePerSecond, now - LATE_MS);
		return Math.max(0, this.last - now);
	}

	/** All turns that are not given yet come `ms` later, once. */
	postpone(ms: number): void {
		this.last = Math.max(this.last, this.clock.now()) + ms;
	}

	/** A turn was given elsewhere, `ms` from now. */
	note(ms: number): void {
		this.last = Math.max(this.last, this.clock.now() + ms);
	}
}
