import type { Clock } from './clock';
import { LocalPace, SharedPace, type Pace } from './pace';
import { Patience } from './patience';
import { Places } from './places';

/**
 * Hands out an account's turns, one after another, while its gate is open.
 *
 * Only whoever is at the head of the queue asks for a turn: one whose execution is cancelled loses none, a gate that closes
 * loses one, and workers that share a pace take turns instead of booking it out for each other.
 */
export class Turns {
	private closedUntil = -Infinity;
	private readonly queue: Places;
	private readonly local: LocalPace;
	private readonly shared: SharedPace;
	private readonly patience: Patience;

	/** @param rate turns a second, Infinity for no rate */
	constructor(
		account: string,
		private readonly rate: () => number,
		private readonly clock: Clock,
	) {
		this.local = new LocalPace(clock);
		this.shared = new SharedPace(account);
		this.patience = new Patience(clock);
		this.queue = new Places(() => this.ahead, clock);
	}

	get peers(): number {
		return this.shared.peers;
	}

	/** Milliseconds until the gate opens; 0 when it is open. */
	get closedForMs(): number {
		return Math.max(0, this.closedUntil - this.clock.now());
	}

	close(ms: number): void {
		this.closedUntil = Math.max(this.closedUntil, this.clock.now() + ms);
		void this.toShared(async (pace) => await pace.close(ms));
	}

	/** All turns that are not given yet come so much later, once. */
	postpone(ms: number): void {
		this.local.postpone(ms);
		void this.toShared(async (pace) => await pace.postpone(ms));
	}

	/** Ends when the gate is open. */
	async open(signal?: AbortSignal): Promise<void> {
		for (let ms = this.closedForMs; ms > 0; ms = this.closedForMs) await this.clock.wait(ms, signal);
	}

	/** Ends with the turn. */
	async next(signal?: AbortSignal): Promise<void> {
		await this.queue.hold(async () => {
			do {
				await this.open(signal);
				const ms = await this.ask();
				signal?.throwIfAborted();
				if (ms > 0) await this.clock.wait(ms, signal);
				// A turn in a pause is none.
			} while (this.closedForMs > 0);
		}, signal);
	}

	/** How many ask side by side: one, and as many more as turns are due while a far pace is being asked. */
	private get ahead(): number {
		const rate = this.rate();
		return rate === Infinity ? Infinity : 1 + Math.floor((2 * this.patience.answersAfterMs * rate) / 1_000);
	}

	private async ask(): Promise<number> {
		const pace = this.shared.current;
		if (pace === undefined) return this.local.next(this.rate());
		const ms = await this.patience.ask(async () => await pace.next(this.rate()));
		if (ms === undefined) return this.local.next(this.rate() / this.peers);
		this.local.note(ms);
		return ms;
	}

	/** This process keeps to it whether or not the others learn of it. */
	private async toShared(tell: (pace: Pace) => Promise<void>): Promise<void> {
		try {
			if (this.shared.current) await tell(this.shared.current);
		} catch {
			// The next turn asked for tells that the pace is away.
		}
	}
}
