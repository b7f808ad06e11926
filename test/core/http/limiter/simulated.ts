import type { RateLimiter } from '../../../../core/http/limiter';
import type { VirtualClock } from './virtualClock';

/** Numbers from 0 to 1, evenly spread and the same each time (mulberry32). */
export function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

export interface ServiceOptions {
	/** Requests in any one second. */
	perSecond?: number;
	/** Requests under way. */
	connections?: number;
	/** How long it works on a request. */
	workMs?: number;
	/** How much longer than others a request may be on its way there, and its answer back. */
	jitterMs?: number;
	/** On the way there, and on the way back. */
	distanceMs?: number;
	/** How much later the first request arrives: it waits for a connection. */
	coldMs?: number;
	/** Sent with a refusal. */
	retryAfterMs?: number;
	seed?: number;
}

/** A service that counts as services do: in a sliding window, refusals not included; or what is under way. */
export class SimulatedService {
	refused = 0;
	done = 0;
	/** The most requests that arrived within a second. */
	peak = 0;
	connections: number;
	perSecond: number;
	private isCold = true;
	private underWay = 0;
	private readonly accepted: number[] = [];
	private readonly arrivals: number[] = [];
	private readonly random: () => number;

	constructor(
		private readonly clock: VirtualClock,
		readonly options: ServiceOptions,
	) {
		this.connections = options.connections ?? Infinity;
		this.perSecond = options.perSecond ?? Infinity;
		this.random = random(options.seed ?? 1);
	}

	/** Answers whether it was taken. */
	async request(): Promise<boolean> {
		const { distanceMs = 0, workMs = 20, coldMs = 0 } = this.options;
		const lateMs = this.isCold ? coldMs : 0;
		this.isCold = false;
		await this.travel(distanceMs + lateMs);
		const now = this.clock.now();
		this.arrivals.push(now);
		while (this.arrivals[0]! <= now - 1_000) this.arrivals.shift();
		this.peak = Math.max(this.peak, this.arrivals.length);
		const isTaken = this.take(now);
		if (isTaken) {
			await this.clock.wait(workMs);
			this.underWay--;
			this.done++;
		} else this.refused++;
		await this.travel(distanceMs);
		return isTaken;
	}

	private take(now: number): boolean {
		while (this.accepted.length > 0 && this.accepted[0]! <= now - 1_000) this.accepted.shift();
		if (this.accepted.length >= this.perSecond || this.underWay >= this.connections) return false;
		this.accepted.push(now);
		this.underWay++;
		return true;
	}

	private async travel(distanceMs: number): Promise<void> {
		const ms = distanceMs + this.random() * (this.options.jitterMs ?? 0);
		if (ms > 0) await this.clock.wait(ms);
	}
}

/** One request as the HTTP client makes it: again after each refusal. Answers with the number of attempts. */
export async function ask(
	limiter: RateLimiter,
	service: SimulatedService,
	clock: VirtualClock,
): Promise<number> {
	for (let attempts = 1; ; attempts++) {
		let begun = 0;
		const isTaken = await limiter.run(async () => {
			begun = clock.now();
			return await service.request();
		});
		if (isTaken) {
			limiter.succeeded(clock.now() - begun);
			return attempts;
		}
		limiter.rateLimited(service.options.retryAfterMs);
	}
}

/** `count` requests, `width` of them side by side as an operation makes them. Answers with the seconds they took. */
export async function load(
	limiter: RateLimiter,
	service: SimulatedService,
	clock: VirtualClock,
	count: number,
	width = 100,
): Promise<{ seconds: number; mostAttempts: number }> {
	const begun = clock.now();
	let next = 0;
	let mostAttempts = 0;
	const worker = async () => {
		while (next++ < count) mostAttempts = Math.max(mostAttempts, await ask(limiter, service, clock));
	};
	await clock.run(Promise.all(Array.from({ length: Math.min(width, count) }, worker)));
	return { seconds: (clock.now() - begun) / 1_000, mostAttempts };
}
