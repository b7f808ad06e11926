import fc from 'fast-check';
import { getEventListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { limiterFor, RateLimiter, type RateLimits } from '../../../../core/http/limiter';
import { VirtualClock } from './virtualClock';

let accounts = 0;
const ownLimiter = (limits: RateLimits) => limiterFor(`test ${++accounts}`, limits);

/** A limiter in virtual time, and when its requests started. */
function simulated(limits: RateLimits) {
	const clock = new VirtualClock();
	const limiter = new RateLimiter('test', limits, clock);
	const starts: number[] = [];
	const ask = async () => await limiter.run(async () => void starts.push(clock.now()));
	return { clock, limiter, starts, ask };
}

/** The most starts that any window of one second saw. */
function peak(starts: number[]): number {
	let first = 0;
	return starts.reduce((most, at, last) => {
		while (starts[first]! <= at - 1_000) first++;
		return Math.max(most, last - first + 1);
	}, 0);
}

test.each([1, 3, 7, 25, 60, 400])(
	'at %d a second no sliding second sees more starts, after a rest too',
	async (perSecond) => {
		const { clock, ask, starts, limiter } = simulated({ concurrency: 1_000, perSecond });
		await clock.run(ask());
		await clock.pass(1_200);
		const count = Math.ceil(perSecond * 3) + 1;
		await clock.run(Promise.all(Array.from({ length: count }, ask)));
		expect(limiter.limits.perSecond).toBe(perSecond);
		expect(starts).toHaveLength(count + 1);
		expect(peak(starts)).toBeLessThanOrEqual(perSecond);
		expect((starts.at(-1)! - starts[1]!) / 1_000).toBeLessThan(count / perSecond / 0.9);
	},
);

test('by the real clock too no sliding second sees more starts than allowed', async () => {
	const limiter = ownLimiter({ concurrency: 100, perSecond: 60 });
	const starts: number[] = [];
	const ask = async () => await limiter.run(async () => void starts.push(performance.now()));
	await Promise.all(Array.from({ length: 80 }, ask));
	expect(starts).toHaveLength(80);
	expect(peak(starts)).toBeLessThanOrEqual(60);
});

test('never more requests under way than allowed, and every one gets its turn', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 6 }),
			fc.array(fc.record({ ms: fc.integer({ min: 0, max: 4 }), fails: fc.boolean() }), { maxLength: 30 }),
			async (concurrency, requests) => {
				const limiter = ownLimiter({ concurrency });
				let underway = 0;
				let most = 0;
				const results = await Promise.allSettled(
					requests.map(
						async ({ ms, fails }) =>
							await limiter.run(async () => {
								most = Math.max(most, ++underway);
								await wait(ms);
								underway--;
								if (fails) throw new Error('it broke');
							}),
					),
				);
				expect(results.map(({ status }) => status === 'rejected')).toEqual(
					requests.map(({ fails }) => fails),
				);
				expect(most).toBeLessThanOrEqual(concurrency);
				expect(most).toBe(Math.min(concurrency, requests.length));
			},
		),
		{ numRuns: 30 },
	);
});

test('requests start in the order they were asked for', async () => {
	const { clock, limiter } = simulated({ concurrency: 3, perSecond: 50 });
	const order: number[] = [];
	await clock.run(
		Promise.all(
			Array.from(
				{ length: 20 },
				async (_, i) =>
					await limiter.run(async () => {
						order.push(i);
						await clock.wait(i % 3);
					}),
			),
		),
	);
	expect(order).toEqual(Array.from({ length: 20 }, (_, i) => i));
});

test('a refusal slows the account down, and successes bring it back', async () => {
	const { clock, limiter, ask } = simulated({ concurrency: 100, perSecond: 60 });
	const timed = async () => {
		const begun = clock.now();
		await clock.run(Promise.all(Array.from({ length: 30 }, ask)));
		return clock.now() - begun;
	};
	const full = await timed();
	limiter.rateLimited(1);
	await clock.pass(5);
	const slow = await timed();
	expect(slow).toBeGreaterThan((30 / 60) * 1_000 * 1.25);
	expect(slow).toBeGreaterThan(full * 1.1);
	for (let i = 0; i < 1_000; i++) limiter.succeeded();
	expect(await timed()).toBeLessThan(slow * 0.9);
});

test('answers to requests that were under way together double the pause once, and prolong none', async () => {
	const { clock, limiter } = simulated({ concurrency: 10, perSecond: 60 });
	expect([limiter.rateLimited(undefined), limiter.rateLimited(undefined)]).toEqual([1_000, 1_000]);
	await clock.pass(400);
	expect(limiter.rateLimited(undefined)).toBe(600);
	expect(limiter.closedForMs).toBe(600);
	await clock.pass(600);
	expect(limiter.rateLimited(undefined)).toBe(2_000);
	await clock.pass(2_000);
	expect(limiter.rateLimited(undefined)).toBe(4_000);
});

test('calm begins when the gate is open again: what was under way before does not end the doubling', async () => {
	const { clock, limiter } = simulated({ concurrency: 100, perSecond: 60 });
	limiter.rateLimited(undefined);
	for (let i = 0; i < 60; i++) limiter.succeeded();
	await clock.pass(1_000);
	expect(limiter.rateLimited(undefined)).toBe(2_000);
	await clock.pass(2_000);
	for (let i = 0; i < 60; i++) limiter.succeeded();
	expect(limiter.rateLimited(undefined)).toBe(1_000);
});

test('a pause the service asks for is kept in full; one of no time at all is no pause to believe', () => {
	expect(simulated({ concurrency: 10 }).limiter.rateLimited(90_000)).toBe(90_000);
	expect(simulated({ concurrency: 10 }).limiter.rateLimited(0)).toBe(1_000);
});

test('nothing starts while the gate is closed, and then not all at once', async () => {
	const { clock, limiter, ask, starts } = simulated({ concurrency: 100, perSecond: 20 });
	const all = Promise.all(Array.from({ length: 40 }, ask));
	await clock.pass(500);
	const before = starts.length;
	const until = clock.now() + limiter.rateLimited(3_000);
	const carried = limiter.run(async () => clock.now(), { isAdmitted: true });
	await clock.run(all);
	expect(starts.filter((at) => at < until)).toHaveLength(before);
	expect(starts[before]).toBe(until);
	expect(peak(starts.slice(before))).toBeLessThanOrEqual(14);
	expect(await carried).toBe(until);
});

test('a cancelled execution stops waiting at once, loses no turn for others, and leaves nothing behind', async () => {
	const { clock, limiter, ask, starts } = simulated({ concurrency: 2, perSecond: 1 });
	const execution = new AbortController();
	const { signal } = execution;
	const waits: boolean[] = [];
	const work = jest.fn(async () => undefined);
	await clock.run(ask());
	const ofExecution = Array.from(
		{ length: 50 },
		async () => await limiter.run(work, { signal, waiting: (starts) => waits.push(starts) }),
	);
	const results = Promise.allSettled(ofExecution);
	const other = ask();
	await clock.pass(300);
	const reason = new Error('stopped by the user');
	execution.abort(reason);
	const settled = await clock.run(results);
	expect(clock.now()).toBe(1_300);
	expect(settled).toEqual(ofExecution.map(() => ({ status: 'rejected', reason })));
	expect(work).not.toHaveBeenCalled();
	expect(waits).toEqual([true, true, false, false]);
	expect(getEventListeners(signal, 'abort')).toHaveLength(0);
	await clock.run(other);
	expect(starts).toHaveLength(2);
	expect(starts[1]! - starts[0]!).toBeLessThan(2_500);
	expect(clock.pending).toBe(0);
	await expect(limiter.run(work, { signal })).rejects.toBe(reason);
});

test('by the real clock: hundreds that wait on one signal share a listener, which goes with them', async () => {
	const limiter = ownLimiter({ concurrency: 5, perSecond: 2 });
	const { signal } = new AbortController();
	const execution = new AbortController();
	const asked = Array.from({ length: 300 }, async () => {
		await limiter.run(async () => undefined, { signal: execution.signal });
	});
	const settled = Promise.allSettled(asked);
	await wait(20);
	expect(getEventListeners(execution.signal, 'abort')).toHaveLength(1);
	execution.abort();
	const rejected = (await settled).filter(({ status }) => status === 'rejected');
	expect(rejected.length).toBeGreaterThanOrEqual(299);
	expect(getEventListeners(execution.signal, 'abort')).toHaveLength(0);
	const open = ownLimiter({ concurrency: 5 });
	await open.run(async () => undefined, { signal });
	expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

test('parts that travel together take their turns alone, and what carries them takes none', async () => {
	const { clock, limiter, ask } = simulated({ concurrency: 1, perSecond: 10 });
	const begun = clock.now();
	await clock.run(Promise.all(Array.from({ length: 20 }, async () => await limiter.admit())));
	const admitted = clock.now();
	expect(admitted - begun).toBeGreaterThan(1_900);
	await clock.run(limiter.run(async () => undefined, { isAdmitted: true }));
	expect(clock.now()).toBe(admitted);
	const carrier = limiter.run(async () => await clock.wait(5_000), { isAdmitted: true });
	await clock.run(Promise.all([ask(), carrier]));
	expect(clock.now() - admitted).toBeGreaterThanOrEqual(5_000);
});

test('limits that would let everything through, or nothing, are refused', () => {
	for (const perSecond of [NaN, 0, -1])
		expect(() => ownLimiter({ concurrency: 1, perSecond })).toThrow(
			`A rate limit must be a number above 0, and perSecond is ${perSecond}.`,
		);
	const limiter = ownLimiter({ concurrency: 1 });
	expect(() => limiter.adopt({ concurrency: 0 })).toThrow(RangeError);
});

test('limits that are changed hold from the next turn on', async () => {
	const { clock, limiter, ask, starts } = simulated({ concurrency: 1, perSecond: 10 });
	await clock.run(Promise.all(Array.from({ length: 5 }, ask)));
	limiter.adopt({ concurrency: 4, perSecond: 100 });
	const begun = clock.now();
	await clock.run(Promise.all(Array.from({ length: 20 }, ask)));
	expect(clock.now() - begun).toBeLessThan(300);
	limiter.adopt({ concurrency: 4 });
	const unlimited = clock.now();
	await clock.run(Promise.all(Array.from({ length: 20 }, ask)));
	expect(clock.now()).toBe(unlimited);
	expect(starts).toHaveLength(45);
});
