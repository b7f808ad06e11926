/** Differences that are not told yet: what they came to, and since when, by what they are about. */
export type Pending = Record<string, [state: string, since: number]>;

/** Longer than domain controllers need to tell each other of changes, unless they are far apart. */
export const SETTLE_MS = 15 * 60_000;

/**
 * Holds back what another server says differently. It may know more than the one before, or not yet as much: a controller
 * that is behind would make people disappear and come back. What it still says after a quarter of an hour is believed.
 */
export class Unsure {
	private readonly next: Pending = {};

	private constructor(
		private readonly before: Pending,
		/** Whether anything has to be held back at all. */
		readonly isOn: boolean,
		private readonly now: number,
	) {}

	static of(before: Pending | undefined, isOtherServer: boolean, now: number): Unsure {
		const isOn = isOtherServer || Object.keys(before ?? {}).length > 0;
		return new Unsure(before ?? {}, isOn, now);
	}

	/** Whether a difference is to be believed now. @param state what it comes to */
	believes(key: string, state: string): boolean {
		if (!this.isOn) return true;
		const [known, since] = this.before[key] ?? [undefined, this.now];
		const first = known === state ? since : this.now;
		if (known === state && this.now - first >= SETTLE_MS) return true;
		this.next[key] = [state, first];
		return false;
	}

	/** Since when it has been held back. */
	since(key: string): number {
		return this.before[key]?.[1] ?? this.now;
	}

	/** What is held back still; undefined when nothing is. */
	get pending(): Pending | undefined {
		return Object.keys(this.next).length === 0 ? undefined : this.next;
	}
}
