import { RateLimiter, usePace, type Pace, type RateLimits } from '../../../../core/http/limiter';
import { load, SimulatedService } from './simulated';
import { VirtualClock } from './virtualClock';

afterEach(() => usePace(undefined));

/** A pace as Redis gives it: one for all workers, away or hanging when told to. */
class SharedState {
	state: 'up' | 'failing' | 'hanging' | 'mad' = 'up';
	peers = 1;
	calls = 0;
	private last = -Infinity;
	private closedUntil = -Infinity;

	constructor(
		private readonly clock: VirtualClock,
		private readonly tripMs = 1,
	) {}

	/** What one worker holds of it. */
	pace(): Pace {
		const { clock } = this;
		const peers = () => this.peers;
		return {
			next: async (ratePerSecond) => {
				this.calls++;
				if (this.state === 'hanging') return await new Promise<number>(() => undefined);
				await clock.wait(this.tripMs);
				if (this.state === 'failing') throw new Error('ECONNREFUSED');
				if (this.state === 'mad') return NaN;
				const slot = Math.max(this.last + 1_000 / ratePerSecond, clock.now(), this.closedUntil);
				this.last = slot;
				return slot - clock.now();
			},
			close: async (ms) => {
				if (this.state !== 'up') throw new Error('ECONNREFUSED');
				this.closedUntil = Math.max(this.closedUntil, clock.now() + ms);
			},
			postpone: async (ms) => {
				if (this.state !== 'up') throw new Error('ECONNREFUSED');
				this.last = Math.max(this.last, clock.now()) + ms;
			},
			get peers() {
				return peers();
			},
		};
	}
}

function workers(count: number, limits: RateLimits, tripMs?: number) {
	const clock = new VirtualClock();
	const shared = new SharedState(clock, tripMs);
	shared.peers = count;
	usePace(() => shared.pace());
	const limiters = Array.from({ length: count }, () => new RateLimiter('test', limits, clock));
	return { clock, shared, limiters };
}

/** Each worker's requests at once. Answers with how long each took, in seconds. */
async function together(
	limiters: RateLimiter[],
	service: SimulatedService,
	clock: VirtualClock,
	each: number,
) {
	const begun = clock.now();
	const ends: number[] = [];
	const ask = async (limiter: RateLimiter) => {
		let next = 0;
		const worker = async () => {
			while (next++ < each) {
				const sent = clock.now();
				while (!(await limiter.run(async () => await service.request())))
					limiter.rateLimited(service.options.retryAfterMs);
				limiter.succeeded(clock.now() - sent);
			}
		};
		await Promise.all(Array.from({ length: 24 }, worker));
		ends.push((clock.now() - begun) / 1_000);
	};
	await clock.run(Promise.all(limiters.map(ask)));
	return ends;
}

test('three workers share a rate evenly, use it and are refused nothing', async () => {
	const { clock, limiters } = workers(3, { concurrency: 24, perSecond: 40 });
	const service = new SimulatedService(clock, { perSecond: 40, jitterMs: 15, retryAfterMs: 1_000 });
	const ends = await together(limiters, service, clock, 500);
	expect(service.refused).toBe(0);
	expect(1_500 / Math.max(...ends) / 40).toBeGreaterThan(0.91);
	expect(Math.max(...ends) - Math.min(...ends)).toBeLessThan(1);
});

test('a pause that one worker learns of is kept by all', async () => {
	const { clock, limiters } = workers(2, { concurrency: 4 });
	const [one, two] = limiters as [RateLimiter, RateLimiter];
	one.rateLimited(5_000);
	const begun = clock.now();
	await clock.run(two.run(async () => undefined));
	expect(clock.now() - begun).toBeGreaterThanOrEqual(4_990);
});

test('a pace that is some milliseconds away does not cap the rate', async () => {
	const { clock, limiters } = workers(1, { concurrency: 50, perSecond: 400 }, 8);
	const service = new SimulatedService(clock, { perSecond: 400, retryAfterMs: 1_000 });
	const [seconds] = await together(limiters, service, clock, 2_000);
	expect(2_000 / seconds! / 400).toBeGreaterThan(0.9);
	expect(service.refused).toBe(0);
});

test.each(['failing', 'hanging', 'mad'] as const)(
	'with a pace that is %s each worker goes on at its share, without a burst and without asking each time',
	async (state) => {
		const { clock, shared, limiters } = workers(2, { concurrency: 24, perSecond: 40 });
		const service = new SimulatedService(clock, { perSecond: 40, retryAfterMs: 1_000 });
		await together(limiters, service, clock, 100);
		shared.state = state;
		const callsBefore = shared.calls;
		const ends = await together(limiters, service, clock, 160);
		expect(service.refused).toBe(0);
		expect(service.peak).toBeLessThanOrEqual(40);
		expect(service.done).toBe(520);
		const atTheirShare = 160 / (40 / 2);
		expect(Math.max(...ends)).toBeGreaterThan(atTheirShare);
		expect(Math.max(...ends)).toBeLessThan(atTheirShare * 1.5);
		expect(shared.calls - callsBefore).toBeLessThan(2 * 8);
		shared.state = 'up';
		await clock.pass(2_500);
		const calls = shared.calls;
		const back = await together(limiters, service, clock, 100);
		expect(shared.calls).toBe(calls + 200);
		expect(Math.max(...back)).toBeLessThan(200 / (40 * 0.9));
		expect(service.refused).toBe(0);
	},
);

test('a gate that is closed stays closed when the pace knows nothing of it', async () => {
	const { clock, shared, limiters } = workers(1, { concurrency: 4, perSecond: 40 });
	const [limiter] = limiters as [RateLimiter];
	shared.state = 'failing';
	limiter.rateLimited(3_000);
	shared.state = 'up';
	const begun = clock.now();
	await clock.run(limiter.run(async () => undefined));
	expect(clock.now() - begun).toBeGreaterThanOrEqual(3_000);
});

test('places of a service that limits connections are divided among the workers, others are not', () => {
	const { shared, limiters } = workers(3, { concurrency: 10 });
	expect(limiters[0]!.concurrency).toBe(3);
	limiters[0]!.adopt({ concurrency: 10, perSecond: 5 });
	expect(limiters[0]!.concurrency).toBe(10);
	limiters[0]!.adopt({ concurrency: 10, perSecond: 5, limitsConnections: true });
	expect(limiters[0]!.concurrency).toBe(3);
	shared.peers = 40;
	expect(limiters[0]!.concurrency).toBe(1);
	shared.peers = 0;
	expect(limiters[0]!.concurrency).toBe(10);
});

test('the pace is that of the account with its scope, and changes with the factory', async () => {
	const clock = new VirtualClock();
	const limiter = new RateLimiter('Mail 1 mailbox', { concurrency: 1, perSecond: 10 }, clock);
	await clock.run(limiter.run(async () => undefined));
	const asked: string[] = [];
	const shared = new SharedState(clock);
	usePace((account) => {
		asked.push(account);
		return shared.pace();
	});
	await clock.run(limiter.run(async () => undefined));
	await clock.run(limiter.run(async () => undefined));
	expect(asked).toEqual(['Mail 1 mailbox']);
	expect(shared.calls).toBe(2);
	usePace(() => undefined);
	await clock.run(load(limiter, new SimulatedService(clock, {}), clock, 1));
	expect(shared.calls).toBe(2);
});
