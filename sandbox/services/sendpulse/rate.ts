import { SendPulseError } from './errors';
import type { SendPulseSettings } from './settings';

const SECOND = 1_000;
const MINUTE = 60_000;
const DAY = 86_400_000;

/** 10 requests a second, and the plan's quotas of a minute and a day, in sliding windows. */
export class Limits {
	private accepted: number[] = [];
	/** The most requests that came within any one second, refused ones included. */
	peak = 0;
	/** Requests refused for the rate, and for a quota. */
	refused = 0;
	private arrived: number[] = [];

	constructor(private readonly settings: () => SendPulseSettings) {}

	/** @throws {SendPulseError} 2020202020 above the rate, 429 above a quota */
	arrive(now = performance.now()): void {
		const { requestsPerSecond, requestsPerMinute, requestsPerDay } = this.settings();
		this.arrived = [...this.arrived.filter((at) => at > now - SECOND), now];
		this.peak = Math.max(this.peak, this.arrived.length);
		const since = (ms: number) => this.accepted.length - this.firstAfter(now - ms);
		if (since(SECOND) >= requestsPerSecond)
			throw this.refuse(new SendPulseError(429, 2020202020, 'Too many requests per second'));
		if (since(MINUTE) >= requestsPerMinute || since(DAY) >= requestsPerDay)
			throw this.refuse(new SendPulseError(429, undefined, 'Too Many Requests'));
		this.accepted.push(now);
		if (this.accepted.length > 4 * requestsPerDay) this.accepted.splice(0, this.firstAfter(now - DAY));
	}

	clear(): void {
		this.accepted = [];
		this.arrived = [];
		this.peak = 0;
		this.refused = 0;
	}

	private firstAfter(time: number): number {
		let [low, high] = [0, this.accepted.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if (this.accepted[middle]! > time) high = middle;
			else low = middle + 1;
		}
		return low;
	}

	private refuse(error: SendPulseError): SendPulseError {
		this.refused += 1;
		return error;
	}
}
