import { RateLimiter, usePace, useQuotas, type RateLimits } from '../../../../core/http/limiter';
import { VirtualClock } from './virtualClock';

afterEach(() => {
	useQuotas(undefined);
	usePace(undefined);
});

function simulated(limits: RateLimits) {
	const clock = new VirtualClock();
	const limiter = new RateLimiter('test', limits, clock);
	const starts: number[] = [];
	const ask = async () => await limiter.run(async () => void starts.push(clock.now()));
	const askMany = async (count: number) => await clock.run(Promise.all(Array.from({ length: count }, ask)));
	return { clock, limiter, starts, ask, askMany };
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The most starts that any window of `ms` saw. */
function peak(starts: number[], ms: number): number {
	let first = 0;
	return starts.reduce((most, at, last) => {
		while (starts[first]! <= at - ms) first++;
		return Math.max(most, last - first + 1);
	}, 0);
}

test('what a minute allows goes out at once, and no sixty seconds see more', async () => {
	const { clock, starts, askMany } = simulated({ concurrency: 10, perMinute: 30 });
	const begun = clock.now();
	await askMany(30);
	expect(clock.now()).toBe(begun);
	await askMany(70);
	expect(starts).toHaveLength(100);
	expect(peak(starts, MINUTE)).toBeLessThanOrEqual(30);
	expect(clock.now() - begun).toBeLessThan(3 * MINUTE + 5 * SECOND);
});

test('second, minute and day hold together', async () => {
	const limits = { concurrency: 50, perSecond: 10, perMinute: 200, perDay: 700 };
	const { starts, ask, askMany, clock } = simulated(limits);
	await askMany(700);
	expect(peak(starts, SECOND)).toBeLessThanOrEqual(10);
	expect(peak(starts, MINUTE)).toBeLessThanOrEqual(200);
	expect(starts.at(-1)! - starts[0]!).toBeLessThan(4 * MINUTE);
	const failed = await clock.run(ask().catch((error: unknown) => error));
	expect(failed).toMatchObject({
		message: "This account's 700 requests a day are used up",
		remedy: expect.stringMatching(/^The next request is allowed in 25 hours: run this again then\./),
		outcome: 'notSent',
		facts: { canRetry: true },
	});
	await clock.pass(25 * HOUR);
	await askMany(10);
	expect(starts).toHaveLength(710);
});

test('a short wait for the day is waited out, and ends with the execution', async () => {
	const { clock, limiter, starts, ask, askMany } = simulated({ concurrency: 1, perDay: 5 });
	await askMany(5);
	await clock.pass(24 * HOUR + 20 * MINUTE);
	const begun = clock.now();
	const stop = new AbortController();
	const stopped = limiter
		.run(async () => undefined, { signal: stop.signal })
		.catch((error: unknown) => error);
	await clock.pass(SECOND);
	stop.abort(new Error('stopped'));
	expect(await clock.run(stopped)).toEqual(new Error('stopped'));
	expect(clock.now()).toBe(begun + SECOND);
	await clock.run(ask());
	expect(starts).toHaveLength(6);
});

test('says how long requests will take', async () => {
	const unlimited = simulated({ concurrency: 10 });
	expect(unlimited.limiter.estimateMs(1_000)).toBe(0);
	for (let i = 0; i < 50; i++) unlimited.limiter.succeeded(200);
	expect(unlimited.limiter.estimateMs(1_000)).toBeCloseTo(20_000, -2);
	unlimited.limiter.rateLimited(7_000);
	expect(unlimited.limiter.estimateMs(0)).toBe(7_000);
	for (const [limits, count] of [
		[{ concurrency: 10, perSecond: 40 }, 2_000],
		[{ concurrency: 10, perSecond: 10, perMinute: 100 }, 450],
		[{ concurrency: 10, perMinute: 30 }, 100],
	] as const) {
		const { clock, limiter, askMany } = simulated(limits);
		await askMany(5);
		const estimate = limiter.estimateMs(count);
		const begun = clock.now();
		await askMany(count);
		expect(clock.now() - begun).toBeGreaterThan(estimate * 0.9);
		expect(clock.now() - begun).toBeLessThan(estimate * 1.1 + SECOND);
	}
	const day = simulated({ concurrency: 10, perDay: 500 });
	expect(day.limiter.estimateMs(500)).toBe(0);
	expect(day.limiter.estimateMs(1_200)).toBe(2 * 24 * HOUR);
});

test('a day can be counted elsewhere: what others used counts, and the count outlasts the process', async () => {
	const counted = new Map<string, number>();
	useQuotas((account, windowMs) => {
		if (windowMs !== 24 * HOUR) return undefined;
		return {
			take: async (limit) => {
				const used = counted.get(account) ?? 0;
				if (used >= limit) return 3 * HOUR;
				counted.set(account, used + 1);
				return 0;
			},
			get used() {
				return counted.get(account) ?? 0;
			},
		};
	});
	counted.set('test', 90);
	const { clock, limiter, ask, askMany, starts } = simulated({
		concurrency: 5,
		perDay: 100,
		perMinute: 1_000,
	});
	expect(limiter.estimateMs(10)).toBe(0);
	expect(limiter.estimateMs(11)).toBe(24 * HOUR);
	await askMany(10);
	expect(counted.get('test')).toBe(100);
	await expect(clock.run(ask())).rejects.toThrow("This account's 100 requests a day are used up");
	expect(starts).toHaveLength(10);
});

test.each(['fails', 'hangs'])(
	'a count elsewhere that %s neither stops requests nor lifts the limit',
	async (how) => {
		usePace(() => ({ next: async () => 0, close: () => undefined, postpone: () => undefined, peers: 4 }));
		useQuotas(() => ({
			take: async () => {
				if (how === 'fails') throw new Error('ECONNREFUSED');
				return await new Promise<number>(() => undefined);
			},
			used: 0,
		}));
		const { clock, askMany, starts } = simulated({ concurrency: 4, perMinute: 40 });
		const begun = clock.now();
		await askMany(10);
		expect(clock.now() - begun).toBeLessThan(2 * SECOND);
		await askMany(10);
		expect(starts).toHaveLength(20);
		expect(peak(starts, MINUTE)).toBe(10);
	},
);
