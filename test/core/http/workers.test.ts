import { RateLimiter } from '../../../core/http/limiter';
import { shareLimits } from '../../../core/http/workers';
import { useShared, type Shared } from '../../../core/shared';
import { describeWithRedis, until, worker } from '../shared/withRedis';

const PER_SECOND = 40;
let names = 0;

beforeAll(shareLimits);
afterEach(() => useShared());

/** The limiter of one account in another process: it finds its pace when it is first used. */
async function limiterIn(shared: Shared, account: string): Promise<RateLimiter> {
	useShared(shared);
	const limiter = new RateLimiter(account, { concurrency: 24, perSecond: PER_SECOND });
	await limiter.run(async () => undefined);
	return limiter;
}

/** The most that started within any one second. */
function busiest(starts: number[]): number {
	const sorted = [...starts].sort((a, b) => a - b);
	return Math.max(...sorted.map((from) => sorted.filter((at) => at >= from && at < from + 1_000).length));
}

describeWithRedis('the rate of an account, between workers', (redis) => {
	const starts: number[] = [];
	const work = async (limiter: RateLimiter, count: number) =>
		await Promise.all(
			Array.from({ length: count }, async () => await limiter.run(async () => void starts.push(Date.now()))),
		);
	beforeEach(() => void (starts.length = 0));

	test('three of them keep to it together', async () => {
		const account = `service shared-${++names}`;
		const limiters = [];
		for (let i = 0; i < 3; i++) limiters.push(await limiterIn(worker(redis()), account));
		await Promise.all(limiters.map(async (limiter) => await work(limiter, 30)));
		expect(starts).toHaveLength(90);
		expect(busiest(starts)).toBeLessThanOrEqual(PER_SECOND + 1);
	});

	test('a pause that one was asked for is all the others’', async () => {
		const account = `service shared-${++names}`;
		const [one, other] = [
			await limiterIn(worker(redis()), account),
			await limiterIn(worker(redis()), account),
		];
		const refused = Date.now();
		one.rateLimited(1_000);
		await until(async () => (await redisHas(account)) === true);
		await work(other, 1);
		expect(starts[0]! - refused).toBeGreaterThanOrEqual(950);
	});

	test('Redis is killed and comes back: all is done, at no more than the rate', async () => {
		const account = `service shared-${++names}`;
		const workers = [worker(redis()), worker(redis())];
		const limiters = [];
		for (const shared of workers) limiters.push(await limiterIn(shared, account));
		const working = Promise.all(limiters.map(async (limiter) => await work(limiter, 60)));
		await until(() => starts.length > 20);
		await redis().kill();
		await until(() => starts.length > 50);
		await redis().start();
		await working;
		expect(starts).toHaveLength(120);
		expect(busiest(starts)).toBeLessThanOrEqual(PER_SECOND + 3);
	});

	async function redisHas(account: string): Promise<boolean> {
		return (await worker(redis()).pace(account)!.next(Infinity)) > 0;
	}
});
