import fc from 'fast-check';
import { RateLimiter, withLimiters } from '../../../../core/http/limiter';
import { VirtualClock } from './virtualClock';

const MINUTE = 60_000;

/** Work of some places each in virtual time: when it began, and the most places that were in use. */
function simulated(concurrency: number) {
	const clock = new VirtualClock();
	const limiter = new RateLimiter('test', { concurrency }, clock);
	const seen = { inUse: 0, most: 0, order: [] as string[] };
	const work = async (name: string, places: number, ms = 100) =>
		await limiter.run(
			async () => {
				seen.order.push(name);
				seen.inUse += places;
				seen.most = Math.max(seen.most, seen.inUse);
				await clock.wait(ms);
				seen.inUse -= places;
			},
			{ places },
		);
	return { clock, limiter, seen, work };
}

test('requests of several places never have more than there are, and each gets its turn', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.record({ places: fc.integer({ min: 1, max: 4 }), ms: fc.integer({ min: 1, max: 50 }) }), {
				maxLength: 40,
			}),
			async (requests) => {
				const { clock, seen, work } = simulated(4);
				await clock.run(
					Promise.all(requests.map(async ({ places, ms }, i) => await work(`${i}`, places, ms))),
				);
				expect(seen.most).toBeLessThanOrEqual(4);
				expect(seen.order).toEqual(requests.map((_, i) => `${i}`));
			},
		),
		{ numRuns: 50 },
	);
});

test('a stream of small ones does not keep a large one waiting, nor the other way round', async () => {
	const { clock, seen, work } = simulated(4);
	const names = Array.from({ length: 30 }, (_, i) => (i % 10 === 5 ? `large ${i}` : `small ${i}`));
	await clock.run(Promise.all(names.map(async (name) => await work(name, name.startsWith('large') ? 4 : 1))));
	expect(seen.order).toEqual(names);
	expect(seen.most).toBe(4);
});

test('what needs more than there are goes by itself', async () => {
	const { clock, limiter, seen, work } = simulated(4);
	limiter.adopt({ concurrency: 2 });
	await clock.run(Promise.all([work('one', 1), work('four', 4), work('another', 1)]));
	expect(seen.order).toEqual(['one', 'four', 'another']);
	expect(seen.most).toBe(4);
});

test('a large one that is cancelled while it waits lets those behind it go at once', async () => {
	const { clock, limiter, work } = simulated(4);
	const stop = new AbortController();
	const long = work('long', 1, 10_000);
	const large = limiter
		.run(async () => undefined, { places: 4, signal: stop.signal })
		.catch((error: unknown) => error);
	const begun = clock.now();
	const small = limiter.run(async () => clock.now());
	await clock.pass(50);
	stop.abort(new Error('stopped'));
	expect((await clock.run(small)) - begun).toBeLessThan(100);
	expect(await clock.run(large)).toEqual(new Error('stopped'));
	await clock.run(long);
});

test('what carries admitted requests holds its places in each limiter, waits for open gates and takes no turn', async () => {
	const clock = new VirtualClock();
	const places = new RateLimiter('a 1 places', { concurrency: 4 }, clock);
	const counted = { concurrency: Infinity, limitsConnections: false, perMinute: 1 };
	const mailbox = new RateLimiter('a 2 mailbox', counted, clock);
	await clock.run(mailbox.admit());
	const begun = clock.now();
	const until = begun + mailbox.rateLimited(2_000);
	const carry = async () =>
		await withLimiters(
			[places, mailbox],
			async () => {
				const now = clock.now();
				await clock.wait(500);
				return now;
			},
			{ places: 4, isAdmitted: true },
		);
	const other = places.run(async () => clock.now());
	const [first, second] = await clock.run(Promise.all([carry(), carry()]));
	expect(await other).toBe(begun);
	expect([first, second]).toEqual([until, until + 500]);
});

describe('bytes in five minutes', () => {
	const limits = { concurrency: 100, bytesPerFiveMinutes: 150 };

	test('never more than allowed, however they are cut, and in the order they came', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 150 }), { maxLength: 25 }), async (sizes) => {
				const clock = new VirtualClock();
				const limiter = new RateLimiter('test', limits, clock);
				const sent: Array<{ at: number; bytes: number; i: number }> = [];
				const send = async (bytes: number, i: number) =>
					await limiter.run(async () => void sent.push({ at: clock.now(), bytes, i }), { bytes });
				await clock.run(Promise.all(sizes.map(send)));
				expect(sent.map(({ i }) => i)).toEqual(sizes.map((_, i) => i));
				for (const { at } of sent) {
					const window = sent.filter((one) => one.at >= at && one.at < at + 5 * MINUTE);
					expect(window.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(150);
				}
			}),
			{ numRuns: 50 },
		);
	});

	test('what is larger than the window goes alone; what has no bytes waits for none', async () => {
		const clock = new VirtualClock();
		const limiter = new RateLimiter('test', limits, clock);
		const begun = clock.now();
		const at = async (bytes?: number) =>
			await limiter.run(async () => clock.now() - begun, bytes === undefined ? {} : { bytes });
		const [small, huge, next, none] = await clock.run(Promise.all([at(10), at(400), at(10), at()]));
		expect([small, none]).toEqual([0, 0]);
		expect(huge).toBeGreaterThanOrEqual(5 * MINUTE);
		expect(next).toBeGreaterThanOrEqual(10 * MINUTE);
		expect(next).toBeLessThan(11 * MINUTE);
	});

	test('the wait is told, and ends with the execution', async () => {
		const clock = new VirtualClock();
		const limiter = new RateLimiter('test', limits, clock);
		await clock.run(limiter.run(async () => undefined, { bytes: 150 }));
		const stop = new AbortController();
		const waits: boolean[] = [];
		const stuck = [1, 2].map(async () => {
			const turn = { bytes: 1, signal: stop.signal, waiting: (starts: boolean) => waits.push(starts) };
			return await limiter.run(async () => 'sent', turn).catch((error: unknown) => error);
		});
		await clock.pass(1_000);
		expect(waits).toEqual([true, true]);
		const begun = clock.now();
		stop.abort(new Error('stopped'));
		expect(await clock.run(Promise.all(stuck))).toEqual([new Error('stopped'), new Error('stopped')]);
		expect(clock.now()).toBe(begun);
		expect(waits).toEqual([true, true, false, false]);
	});
});
