const DAY = 24 * 60 * 60 * 1000;

/** The time a service stamps its records with. It runs like the real one, but can be set back or forward. */
export class Clock {
	private offset = 0;

	now(): Date {
		return new Date(Date.now() + this.offset);
	}

	/** RFC 3339 in UTC, whole seconds. */
	stamp(): string {
		return this.now()
			.toISOString()
			.replace(/\.\d{3}Z$/, 'Z');
	}

	/** Moves the clock by days: negative into the past. */
	moveDays(days: number): void {
		this.offset += days * DAY;
	}

	reset(): void {
		this.offset = 0;
	}
}
