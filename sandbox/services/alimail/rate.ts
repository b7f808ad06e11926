/**
 * The limit of the service: 40 requests in any one second for one mail domain, all apps together, 429 above it
 * (github.com/eryajf/go-alimail, alimail/client.go). A sliding window: refused requests do not use it up.
 */
export class RateWindow {
	private accepted: number[] = [];
	private head = 0;
	private arrivals: number[] = [];
	private arrivalsHead = 0;
	/** The most requests that arrived within any one second, refused ones included. */
	peak = 0;
	/** Requests refused with 429. */
	refused = 0;

	/** @param windowMs length of the window; shorter than 1000 only when the sandbox is told to run faster. */
	constructor(private readonly windowMs: number) {}

	/** Counts a request. Answers 0 when it may pass, else the milliseconds until the next one may. */
	arrive(limit: number, now = performance.now()): number {
		this.arrivals.push(now);
		while ((this.arrivals[this.arrivalsHead] ?? now) <= now - this.windowMs) this.arrivalsHead += 1;
		this.peak = Math.max(this.peak, this.arrivals.length - this.arrivalsHead);
		while ((this.accepted[this.head] ?? now) <= now - this.windowMs) this.head += 1;
		this.compact();
		if (this.accepted.length - this.head >= limit) {
			this.refused += 1;
			return Math.max(1, (this.accepted[this.head] ?? now) + this.windowMs - now);
		}
		this.accepted.push(now);
		return 0;
	}

	/** Starts the high-water mark anew, without opening the window. */
	resetPeak(): void {
		this.peak = 0;
		this.refused = 0;
		this.arrivals = [];
		this.arrivalsHead = 0;
	}

	clear(): void {
		this.resetPeak();
		this.accepted = [];
		this.head = 0;
	}

	private compact(): void {
		if (this.head > 1000) {
			this.accepted = this.accepted.slice(this.head);
			this.head = 0;
		}
		if (this.arrivalsHead > 1000) {
			this.arrivals = this.arrivals.slice(this.arrivalsHead);
			this.arrivalsHead = 0;
		}
	}
}
