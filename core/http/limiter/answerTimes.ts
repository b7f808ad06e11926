/** The first answers also pay for the connection, and for code that nobody has run yet. */
const COLD = 4;
const KNOWN_AFTER = 8;
const MEMORY = 64;

/** How long a service takes to answer: a running mean, and how far answers lie from it. Milliseconds. */
export class AnswerTimes {
	private readonly cold: number[] = [];
	private count = 0;
	private mean = 0;
	private deviation = 0;

	/** @returns with the answer that tells it, how much later than the others one of the first requests may have arrived; else 0 */
	add(ms: number): number {
		if (!(ms >= 0) || ms === Infinity) return 0;
		if (this.cold.length < COLD) {
			this.cold.push(ms);
			return this.cold.length < COLD ? 0 : Math.max(...this.cold) - Math.min(...this.cold);
		}
		if (this.count === 0) this.mean = ms;
		this.count++;
		const weight = 1 / Math.min(this.count, MEMORY);
		const off = ms - this.mean;
		this.mean += weight * off;
		this.deviation += weight * (Math.abs(off) - this.deviation);
		return 0;
	}

	/** Whether enough answers were seen to go by. */
	get areKnown(): boolean {
		return this.count >= KNOWN_AFTER;
	}

	get usual(): number {
		return this.count > 0 ? this.mean : (this.cold.at(-1) ?? 0);
	}

	/** What all but a few stay below. */
	get slow(): number {
		return this.mean + 2 * this.deviation;
	}

	/** Between the quickest and the slowest: four mean deviations, when all times between them are equally likely. */
	get spread(): number {
		return 4 * this.deviation;
	}
}
