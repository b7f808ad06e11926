import { RateLimiter, type RateLimits } from '../../../../core/http/limiter';
import { load, SimulatedService, type ServiceOptions } from './simulated';
import { VirtualClock } from './virtualClock';

function world(limits: RateLimits, options: ServiceOptions) {
	const clock = new VirtualClock();
	const service = new SimulatedService(clock, options);
	const limiter = new RateLimiter('test', limits, clock);
	return { clock, service, limiter };
}

// Thousands of simulated requests are computing time, not waiting.
jest.setTimeout(120_000);

const SEEDS = [1, 2, 3, 4, 5, 6];

test.each([
	[0, 95],
	[30, 94],
	[100, 91],
])(
	'40 a second over a line with 0 to %d ms of jitter: at least %d %% of it are used, and next to nothing is refused',
	async (jitterMs, percent) => {
		const runs: Array<{ used: number; refused: number }> = [];
		for (const seed of SEEDS) {
			const limits = { concurrency: 24, perSecond: 40 };
			const options = { perSecond: 40, distanceMs: 5, jitterMs, retryAfterMs: 1_000, seed };
			const { clock, service, limiter } = world(limits, options);
			const { seconds } = await load(limiter, service, clock, 2_000);
			expect(service.done).toBe(2_000);
			runs.push({ used: (2_000 / seconds / 40) * 100, refused: service.refused });
		}
		expect(Math.max(...runs.map(({ refused }) => refused))).toBeLessThanOrEqual(1);
		// A pause of a second is two percent of such a run: only one that was refused nothing is held to the target.
		const calm = runs.filter(({ refused }) => refused === 0);
		expect(calm.length).toBeGreaterThanOrEqual(runs.length - 1);
		for (const { used } of calm) expect(used).toBeGreaterThanOrEqual(percent);
		for (const { used } of runs) expect(used).toBeGreaterThanOrEqual(88);
	},
);

test.each([0, 90, 180, 400])(
	'ten a second, the first of them %d ms late for its connection: 95 %% of the rate are used by 100 requests, and none is refused',
	async (coldMs) => {
		for (const seed of SEEDS) {
			const limits = { concurrency: 4, perSecond: 10 };
			const options = { perSecond: 10, distanceMs: 2, jitterMs: 4, coldMs, retryAfterMs: 1_000, seed };
			const { clock, service, limiter } = world(limits, options);
			const { seconds } = await load(limiter, service, clock, 100);
			expect(service.refused).toBe(0);
			// What the late one holds back the others by is time in which nothing may be asked.
			expect(99 / (seconds - coldMs / 1_000) / 10).toBeGreaterThanOrEqual(0.95);
		}
	},
);

test('what other systems take of the rate is learned: the rate does not saw', async () => {
	const { clock, service, limiter } = world(
		{ concurrency: 24, perSecond: 40 },
		{ perSecond: 24, jitterMs: 5, retryAfterMs: 1_000 },
	);
	await load(limiter, service, clock, 1_000);
	const learning = service.refused;
	const { seconds } = await load(limiter, service, clock, 2_000);
	expect(service.refused - learning).toBeLessThanOrEqual(2);
	expect(2_000 / seconds / 24).toBeGreaterThan(0.85);
	service.perSecond = 40;
	await load(limiter, service, clock, 10_000);
	const { seconds: freed } = await load(limiter, service, clock, 1_000);
	expect(1_000 / freed / 40).toBeGreaterThan(0.9);
});

test.each([125, 250, 500])(
	'a service %d ms away is asked by as many side by side as its rate needs',
	async (distanceMs) => {
		const options = { perSecond: 40, distanceMs, jitterMs: 50, workMs: 300, retryAfterMs: 1_000 };
		const { clock, service, limiter } = world(
			{ concurrency: 16, maxConcurrency: 80, perSecond: 40 },
			options,
		);
		await load(limiter, service, clock, 100);
		const { seconds } = await load(limiter, service, clock, 1_000);
		expect(1_000 / seconds / 40).toBeGreaterThan(0.88);
		expect(limiter.concurrency).toBeGreaterThan((40 * (2 * distanceMs + 300)) / 1_000);
		expect(limiter.concurrency).toBeLessThanOrEqual(80);
		limiter.adopt({ concurrency: 16, maxConcurrency: 20, perSecond: 40 });
		expect(limiter.concurrency).toBe(20);
		limiter.adopt({ concurrency: 16, perSecond: 40 });
		expect(limiter.concurrency).toBe(16);
	},
);

test.each([
	[40, 6, 8],
	[400, 6, 25],
	[40, 1, 12],
	[400, 2, 40],
	[400, 9, 12],
])(
	'%d requests to a service with %d of 10 places free take less than %d s',
	async (count, connections, most) => {
		const { clock, service, limiter } = world({ concurrency: 10 }, { connections, workMs: 100 });
		const { seconds, mostAttempts } = await load(limiter, service, clock, count);
		expect(service.done).toBe(count);
		expect(seconds).toBeLessThan(most);
		expect(mostAttempts).toBeLessThanOrEqual(4);
		expect(service.refused).toBeLessThanOrEqual(12);
	},
);

test('answers that come one by one, from a distance, teach the same', async () => {
	const options = { connections: 6, workMs: 100, distanceMs: 20, jitterMs: 30 };
	const { clock, service, limiter } = world({ concurrency: 10 }, options);
	const { seconds } = await load(limiter, service, clock, 400);
	expect(seconds).toBeLessThan(25);
	expect(service.refused).toBeLessThanOrEqual(12);
});

test('places that become free are found', async () => {
	const { clock, service, limiter } = world({ concurrency: 10 }, { connections: 3, workMs: 100 });
	await load(limiter, service, clock, 200);
	expect(limiter.concurrency).toBeLessThanOrEqual(4);
	service.connections = 10;
	await load(limiter, service, clock, 1_500);
	expect(limiter.concurrency).toBe(10);
});

test('a service that was away gets its places back at once: that says nothing about them', async () => {
	const { clock, service, limiter } = world({ concurrency: 4 }, { connections: 0, workMs: 100 });
	void clock.wait(4_000).then(() => (service.connections = 4));
	const { mostAttempts } = await load(limiter, service, clock, 60);
	expect(mostAttempts).toBeGreaterThan(1);
	expect(limiter.concurrency).toBe(4);
});

test('a rate and a limit of connections are both learned; without that limit refusals leave the places alone', async () => {
	const limits = { concurrency: 10, perSecond: 200 };
	const options = { connections: 4, perSecond: 200, workMs: 100, retryAfterMs: 500 };
	const both = world({ ...limits, limitsConnections: true }, options);
	const { seconds } = await load(both.limiter, both.service, both.clock, 400);
	expect(seconds).toBeLessThan(20);
	expect(both.limiter.concurrency).toBeLessThanOrEqual(5);
	const rateOnly = world(limits, options);
	rateOnly.limiter.rateLimited(500);
	expect(rateOnly.limiter.concurrency).toBe(10);
});
