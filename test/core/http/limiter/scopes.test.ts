import { setImmediate as settled } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { RateLimiter, limiterFor, withLimiters } from '../../../../core/http/limiter';
import { VirtualClock } from './virtualClock';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

let accounts = 0;
const ownAccount = () => `scopes ${++accounts}`;

describe('limiterFor', () => {
	beforeEach(() => pass(0));
	afterEach(() => jest.restoreAllMocks());

	/** Milliseconds that passed for the limiters, over all tests: their clock never goes back. */
	let passed = performance.now();
	const pass = (ms: number) => {
		passed += ms;
		jest.spyOn(performance, 'now').mockReturnValue(passed);
	};

	test('one for an account whoever asks, with the limits as they are now; another for each scope', () => {
		const account = ownAccount();
		const limiter = limiterFor(account, { concurrency: 2, perSecond: 40 });
		expect(limiterFor(account, { concurrency: 3, perSecond: 36 })).toBe(limiter);
		expect(limiter.limits).toEqual({ concurrency: 3, perSecond: 36 });
		const scoped = limiterFor(account, { concurrency: 1 }, 'mailbox a');
		expect(scoped).not.toBe(limiter);
		expect(scoped.account).toBe(`${account} mailbox a`);
		expect(limiterFor(account, { concurrency: 1 }, 'mailbox b')).not.toBe(scoped);
		expect(limiterFor(account, { concurrency: 1 }, 'mailbox a')).toBe(scoped);
		expect(limiter.limits.concurrency).toBe(3);
	});

	test('a refusal in one scope stops neither another nor the account', () => {
		const account = ownAccount();
		const [a, b] = ['a', 'b'].map((scope) => limiterFor(account, { concurrency: 1 }, scope));
		a!.rateLimited(60_000);
		expect(a!.closedForMs).toBeGreaterThan(0);
		expect(b!.closedForMs).toBe(0);
		expect(limiterFor(account, { concurrency: 1 }).closedForMs).toBe(0);
	});

	test('never two of one account: not while it is in use, nor while somebody still has it', async () => {
		const account = ownAccount();
		const limiter = limiterFor(account, { concurrency: 1 });
		let finish = () => {};
		const long = limiter.run(async () => await new Promise<void>((resolve) => (finish = resolve)));
		await settled();
		pass(HOUR);
		expect(limiter.idleMs).toBe(0);
		limiterFor(ownAccount(), { concurrency: 1 });
		finish();
		await long;
		pass(HOUR);
		expect(limiter.idleMs).toBeCloseTo(HOUR);
		limiterFor(ownAccount(), { concurrency: 1 });
		collectGarbage();
		expect(limiterFor(account, { concurrency: 1 })).toBe(limiter);
	});

	test('what was learned is kept for ten minutes, and forgotten with what nobody has any more', async () => {
		const account = ownAccount();
		const placesNow = () => limiterFor(account, { concurrency: 10 }).concurrency;
		// In a function of its own: this one's frame would keep it alive.
		const refuse = () => void limiterFor(account, { concurrency: 10 }).rateLimited(undefined);
		refuse();
		const learned = placesNow();
		expect(learned).toBeLessThan(10);
		for (const [ms, places] of [
			[9 * MINUTE, learned],
			[9 * MINUTE, learned],
			[30 * MINUTE, 10],
		] as const) {
			pass(ms);
			limiterFor(ownAccount(), { concurrency: 1 });
			await settled();
			collectGarbage();
			expect(placesNow()).toBe(places);
		}
	});
});

describe('withLimiters', () => {
	function world() {
		const clock = new VirtualClock();
		const account = new RateLimiter('a', { concurrency: 4 }, clock);
		const boxes = [1, 2].map((n) => new RateLimiter(`a mailbox ${n}`, { concurrency: 2 }, clock));
		return { clock, account, boxes: boxes as [RateLimiter, RateLimiter] };
	}

	test('holds a place and takes a turn in each, and gives all back whatever happens', async () => {
		const clock = new VirtualClock();
		const slow = new RateLimiter('a slow', { concurrency: 5, perSecond: 2 }, clock);
		const narrow = new RateLimiter('a', { concurrency: 2 }, clock);
		let underway = 0;
		let most = 0;
		const begun = clock.now();
		const results = await clock.run(
			Promise.allSettled(
				Array.from(
					{ length: 10 },
					async (_, i) =>
						await withLimiters([narrow, slow], async () => {
							most = Math.max(most, ++underway);
							await clock.wait(3_000);
							underway--;
							if (i === 3) throw new Error('it broke');
							return i;
						}),
				),
			),
		);
		expect(results.map((result) => (result.status === 'fulfilled' ? result.value : 'broke'))).toEqual([
			0,
			1,
			2,
			'broke',
			4,
			5,
			6,
			7,
			8,
			9,
		]);
		expect(most).toBe(2);
		expect(clock.now() - begun).toBeGreaterThanOrEqual(15_000);
		await clock.pass(500);
		expect([slow.idleMs, narrow.idleMs]).toEqual([500, 500]);
		const paced = clock.now();
		await clock.run(Promise.all([1, 2, 3].map(async () => await withLimiters([slow], async () => 1))));
		expect(clock.now() - paced).toBeGreaterThan(1_000);
	});

	test('nobody waits for each other, in whatever order they are named', async () => {
		const { clock, account, boxes } = world();
		const [one, two] = boxes;
		const orders = [
			[one, two, account],
			[account, two, one],
			[two, account, one],
			[one, one, account],
		];
		const work = Array.from(
			{ length: 60 },
			async (_, i) => await withLimiters(orders[i % 4]!, async () => await clock.wait(10)),
		);
		await clock.run(Promise.all(work));
		await clock.pass(1_000);
		expect([account, one, two].map(({ idleMs }) => idleMs)).toEqual([1_000, 1_000, 1_000]);
	});

	test('a mailbox that is closed holds no place of the account', async () => {
		const { clock, account, boxes } = world();
		const [one, two] = boxes;
		one.rateLimited(30_000);
		const begun = clock.now();
		const stuck = Array.from(
			{ length: 10 },
			async () => await withLimiters([account, one], async () => clock.now()),
		);
		const free = Array.from(
			{ length: 10 },
			async () => await withLimiters([account, two], async () => clock.now()),
		);
		for (const at of await clock.run(Promise.all(free))) expect(at).toBe(begun);
		for (const at of await clock.run(Promise.all(stuck))) expect(at).toBeGreaterThanOrEqual(begun + 30_000);
	});

	test('a mailbox that closes while the account is waited for is waited for again', async () => {
		const { clock, account, boxes } = world();
		const [one] = boxes;
		account.rateLimited(1_000);
		const started = withLimiters([account, one], async () => clock.now());
		await clock.pass(500);
		const until = clock.now() + one.rateLimited(5_000);
		expect(await clock.run(started)).toBe(until);
	});

	test('refusals teach each of them only what was under way there', async () => {
		const { clock, account, boxes } = world();
		const [one] = boxes;
		account.adopt({ concurrency: 20 });
		one.adopt({ concurrency: 10 });
		const work = Array.from(
			{ length: 10 },
			async () => await withLimiters([account, one], async () => await clock.wait(1_000)),
		);
		await clock.pass(500);
		one.rateLimited(100);
		expect(one.concurrency).toBeLessThan(10);
		expect(account.concurrency).toBe(20);
		await clock.run(Promise.all(work));
	});

	test('ends with the execution', async () => {
		const { clock, account, boxes } = world();
		const [one] = boxes;
		account.rateLimited(60_000);
		const stop = new AbortController();
		const work = withLimiters([account, one], async () => 1, { signal: stop.signal });
		const failed = work.catch((error: unknown) => error);
		await clock.pass(10);
		stop.abort(new Error('stopped'));
		expect(await clock.run(failed)).toEqual(new Error('stopped'));
		await clock.run(one.run(async () => undefined));
	});
});
