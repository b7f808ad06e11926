import type { Clock } from './clock';

/** What is shared between workers answers in a millisecond, and has a circuit breaker of its own: this is the last resort. */
const PATIENCE_MS = 500;
/** After a failure it is not asked for so long: hung calls must not hold up one request after the other. */
const DISTRUST_MS = 2_000;

/** Asks something outside this process for a number of milliseconds, and does without when it fails, hangs or errs. */
export class Patience {
	private distrustUntil = -Infinity;
	private mean = 0;

	constructor(private readonly clock: Clock) {}

	/** How long an answer takes, in milliseconds. */
	get answersAfterMs(): number {
		return this.mean;
	}

	/** Undefined when there is no answer to go by. */
	async ask(call: () => Promise<number>): Promise<number | undefined> {
		const asked = this.clock.now();
		if (asked < this.distrustUntil) return undefined;
		const ms = await this.answer(call);
		const now = this.clock.now();
		if (ms === undefined) this.distrustUntil = now + DISTRUST_MS;
		else this.mean += (now - asked - this.mean) / 16;
		return ms;
	}

	private async answer(call: () => Promise<number>): Promise<number | undefined> {
		const answered = new AbortController();
		try {
			const late = this.clock.wait(PATIENCE_MS, answered.signal).catch(() => undefined);
			const ms = await Promise.race([call(), late]);
			return ms !== undefined && ms >= 0 && ms < Infinity ? ms : undefined;
		} catch {
			return undefined;
		} finally {
			answered.abort();
		}
	}
}
