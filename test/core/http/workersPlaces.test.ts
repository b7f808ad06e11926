import { RateLimiter } from '../../../core/http/limiter';
import { shareLimits } from '../../../core/http/workers';
import { useShared, type Shared } from '../../../core/shared';
import { describeWithRedis, until, worker } from '../shared/withRedis';

let names = 0;
const LIMITS = { concurrency: 4, areCountedTogether: true };

beforeAll(shareLimits);
afterEach(() => useShared());

/** The limiter of one account in another process: it finds its Redis when it is first used. */
async function limiterIn(shared: Shared, account: string): Promise<RateLimiter> {
	useShared(shared);
	const limiter = new RateLimiter(account, LIMITS);
	await limiter.run(async () => undefined);
	return limiter;
}

const pause = async (ms: number) => await new Promise((done) => setTimeout(done, ms));

describeWithRedis('few places of an account, between workers', (redis) => {
	const seen = { inUse: 0, most: 0, done: 0 };
	beforeEach(() => void Object.assign(seen, { inUse: 0, most: 0, done: 0 }));

	const work = async (limiter: RateLimiter, places: number, ms = 10) =>
		await limiter.run(
			async () => {
				seen.most = Math.max(seen.most, (seen.inUse += places));
				await pause(ms);
				seen.inUse -= places;
				seen.done++;
			},
			{ places },
		);

	async function workers(count: number): Promise<RateLimiter[]> {
		const account = `service places-${++names}`;
		const limiters = [];
		for (let i = 0; i < count; i++) limiters.push(await limiterIn(worker(redis()), account));
		return limiters;
	}

	test('three of them with batches and single requests never have more than four under way', async () => {
		const limiters = await workers(3);
		const all = limiters.flatMap((limiter, n) =>
			Array.from({ length: 16 }, async (_, i) => await work(limiter, (i + n) % 4 === 0 ? 4 : 1)),
		);
		await Promise.all(all);
		expect(seen).toEqual({ inUse: 0, most: 4, done: 48 });
	});

	test('one has all places while the others ask for none', async () => {
		const [limiter] = await workers(3);
		await Promise.all(Array.from({ length: 12 }, async () => await work(limiter!, 1, 30)));
		expect(seen.most).toBe(4);
	});

	test('a batch of one gets its turn among the single requests of another', async () => {
		const [one, other] = await workers(2);
		let isOver = false;
		const stream = Array.from({ length: 8 }, async () => {
			while (!isOver) await work(one!, 1, 20);
		});
		await pause(50);
		await work(other!, 4);
		isOver = true;
		await Promise.all(stream);
		expect(seen.most).toBe(4);
	});

	test('whoever leaves the queue holds up nobody', async () => {
		const [one, other] = await workers(2);
		const long = work(one!, 1, 400);
		await pause(50);
		const stop = new AbortController();
		const batch = other!
			.run(async () => 'done', { places: 4, signal: stop.signal })
			.catch((error: unknown) => error);
		await pause(50);
		stop.abort(new Error('stopped'));
		expect(await batch).toEqual(new Error('stopped'));
		const begun = Date.now();
		await work(other!, 1);
		expect(Date.now() - begun).toBeLessThan(300);
		await long;
	});

	test('a worker that ends without a word gives its places back when its lease ends', async () => {
		const account = `service places-${++names}`;
		const dying = worker(redis()).places(account)!;
		expect(await dying.take('1', 4, 4)).toBe(0);
		const shared = worker(redis()).places(account)!;
		expect(await shared.take('1', 1, 4)).toBeGreaterThan(0);
		// It renews what it holds for as long as it lives.
		await pause(1_000);
		expect(await shared.take('1', 1, 4)).toBeGreaterThan(0);
		clearInterval(
			(dying as unknown as { held: Map<string, { timer: NodeJS.Timeout }> }).held.get('1')!.timer,
		);
		await until(async () => (await shared.take('1', 1, 4)) === 0);
	});

	test('without Redis each keeps to its part, and with it again to the whole', async () => {
		const limiters = await workers(2);
		for (const limiter of limiters) await work(limiter, 1);
		await redis().kill();
		for (const limiter of limiters) await work(limiter, 1);
		expect(limiters.map(({ concurrency }) => concurrency)).toEqual([2, 2]);
		await Promise.all(limiters.flatMap((limiter) => [1, 1, 1].map(async (n) => await work(limiter, n))));
		await redis().start();
		await until(async () => {
			for (const limiter of limiters) await work(limiter, 1, 1);
			return limiters.every(({ concurrency }) => concurrency === 4);
		});
	}, 20_000);
});

describeWithRedis('bytes that workers count together', (redis) => {
	test('what has no room is not counted; what is larger than the window goes when there is nothing else', async () => {
		const name = `service bytes-${++names}`;
		const [one, other] = [worker(redis()).quota(name, 300_000)!, worker(redis()).quota(name, 300_000)!];
		expect(await one.take(150, 100)).toBe(0);
		expect(await other.take(150, 60)).toBeGreaterThan(200_000);
		expect(await other.take(150, 50)).toBe(0);
		expect(await one.take(150, 400)).toBeGreaterThan(200_000);
		expect(await worker(redis()).quota(`${name} more`, 300_000)!.take(150, 400)).toBe(0);
	});
});
