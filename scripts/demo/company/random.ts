/** Repeatable chance: the same seed gives the same company on every machine and on every day. */
export class Random {
	constructor(private state: number) {}

	/** mulberry32, public domain: one number in [0, 1), good enough for invented people. */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	/** A whole number from `low` to `high`, both included. */
	between(low: number, high: number): number {
		return low + Math.floor(this.next() * (high - low + 1));
	}

	pick<T>(choices: readonly T[]): T {
		if (choices.length === 0) throw new Error('There is nothing to pick from.');
		return choices[this.between(0, choices.length - 1)] as T;
	}

	/** One of `choices`, the likelier the greater its weight. */
	weighted<T>(choices: readonly T[], weight: (choice: T) => number): T {
		const total = choices.reduce((sum, choice) => sum + weight(choice), 0);
		let left = this.next() * total;
		for (const choice of choices) {
			left -= weight(choice);
			if (left < 0) return choice;
		}
		return choices[choices.length - 1] as T;
	}

	/** A shuffled copy (Fisher-Yates). */
	shuffled<T>(list: readonly T[]): T[] {
		const copy = [...list];
		for (let i = copy.length - 1; i > 0; i--) {
			const j = this.between(0, i);
			[copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
		}
		return copy;
	}
}
