/** So many successes with every place in use, and one more than was refused is tried. Doubled each time in vain. */
const PROBE_AFTER = 200;
const LONGEST_PROBE_AFTER = 6_400;
const DROP = 0.7;

/**
 * How many requests a service takes side by side, learned from its refusals: fewer than it promises, when other systems
 * use the account too. A burst of refusals tells how many were taken; from a little below, the number grows back to that
 * with every round of successes, and much more slowly beyond it.
 */
export class AdaptivePlaces {
	/** Infinity until something was refused. */
	private allowed = Infinity;
	/** The most that is known to be taken. */
	private good = Infinity;
	/** `good` before the last refusals, and the `allowed` that follows from the first of them. */
	private goodBefore = Infinity;
	private lowered = Infinity;
	/** Of those that were under way when the last refusals began, so many were done since. */
	private done = 0;
	private calm = 0;
	private probeAfter = PROBE_AFTER;

	get limit(): number {
		return this.allowed;
	}

	/**
	 * @param others requests under way when the refusal came, without the refused one: no more than these were taken
	 * @param isFirst whether the gate was open; those that follow were under way together with the first
	 */
	refused(others: number, isFirst: boolean): void {
		this.calm = 0;
		if (isFirst) {
			const isProbe = this.allowed > this.good;
			if (isProbe) this.probeAfter = Math.min(this.probeAfter * 2, LONGEST_PROBE_AFTER);
			this.lowered = isProbe ? this.good : Math.max(1, Math.floor((others + 1) * DROP));
			this.lowered = Math.min(this.lowered, this.allowed);
			this.goodBefore = this.good;
			this.done = 0;
		}
		const taken = others + this.done;
		// When all are refused the service is away or counts something else: that says nothing about places.
		this.good = taken === 0 ? this.goodBefore : Math.min(this.good, taken);
		this.allowed = Math.min(this.lowered, this.good);
	}

	/** A success of one that was under way when others were refused. */
	doneMeanwhile(): void {
		this.done++;
	}

	/** For successes while every place is in use: others show nothing. `promised`: what the service says it takes. */
	succeeded(promised: number): void {
		if (this.allowed === Infinity) return;
		this.calm++;
		if (this.allowed < this.good) this.grow(this.calm >= this.allowed);
		else if (this.allowed === this.good) this.grow(this.calm >= this.probeAfter);
		else if (this.calm >= 2 * this.allowed) {
			this.good = this.allowed;
			this.calm = 0;
			this.probeAfter = Math.max(2 * this.allowed, this.probeAfter / 2);
		}
		if (Math.min(this.allowed, this.good) < promised) return;
		this.allowed = this.good = Infinity;
		this.probeAfter = PROBE_AFTER;
	}

	private grow(isTime: boolean): void {
		if (!isTime) return;
		this.allowed++;
		this.calm = 0;
	}
}
