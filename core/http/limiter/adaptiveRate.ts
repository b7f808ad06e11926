import type { AnswerTimes } from './answerTimes';

/** Timers fire late, and what they lose is made up for up to here. */
export const LATE_MS = 10;
/** Before answer times are known, and when they differ by 90 ms or more: one in 20,000 is refused at 100 ms. */
const CAUTIOUS_SHARE = 0.915;
/** On the steadiest of lines: what remains is for this machine's own hold-ups. */
const BEST_SHARE = 0.97;
const SLOWEST_SHARE = 0.1;
/** After a refusal the rate drops to this share of itself, and grows by a little with every success. */
const DROP = 0.7;
const RECOVERY_STEP = 0.01;
/** What was refused is too much: growing back ends a little below it, less so when uneven arrival accounts for it. */
const CEILING_DROP = 0.95;
const SMALLEST_CEILING_DROP = 0.985;
/** The longer nothing is refused, the faster that is forgotten: 2 % after 2,500 requests, 30 % after 10,000. */
const FORGET_STEP = 6e-9;

/**
 * How much of the allowed rate is used.
 *
 * Services count in sliding windows, and requests that start evenly do not arrive evenly: one request too many is in a
 * window as soon as the first of them took longer on its way than the last by what is left between them. So `limit + 1`
 * requests must take a second and the largest difference there is, which shows in how far answer times lie apart. What
 * nobody can see (other systems on the same account) is learned from refusals.
 */
export class AdaptiveRate {
	private share = 1;
	private ceiling = 1;
	private calm = 0;

	constructor(private readonly times: AnswerTimes) {}

	/** Of the rate that is allowed. */
	get current(): number {
		return Math.min(this.share, this.ceiling, this.steady);
	}

	/** What one request may be late by, without one too many being in a window though others are as uneven as ever. Milliseconds. */
	get slack(): number {
		return 1_000 / this.current - 1_000 / BEST_SHARE;
	}

	/** Once for all answers that belong to one overrun. */
	refused(): void {
		const failed = this.current;
		this.calm = 0;
		// There and back together differ by the root of two more than the way there does.
		const even = this.times.areKnown ? 1_000 / (1_000 + this.times.spread / Math.SQRT2) : 0;
		const lowered = Math.max(failed * CEILING_DROP, Math.min(failed * SMALLEST_CEILING_DROP, even));
		this.ceiling = Math.max(SLOWEST_SHARE, lowered);
		this.share = Math.max(SLOWEST_SHARE, failed * DROP);
	}

	/** Not to be called while the gate is closed: those answers belong to the rate that failed. */
	succeeded(): void {
		this.calm++;
		this.share = Math.min(1, this.share + RECOVERY_STEP);
		this.ceiling = Math.min(1, this.ceiling + FORGET_STEP * this.calm);
	}

	private get steady(): number {
		if (!this.times.areKnown) return CAUTIOUS_SHARE;
		const share = 1_000 / (1_000 + LATE_MS + this.times.spread);
		return Math.min(BEST_SHARE, Math.max(CAUTIOUS_SHARE, share));
	}
}
