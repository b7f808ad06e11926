import { script } from '../../../core/shared/client';
import { hashed } from '../../../core/shared/keys';
import { RedisAway } from '../../../core/shared/link';
import { describeWithRedis, linkTo, until, worker } from './withRedis';

const SET = script(`
redis.call('SET', KEYS[1], now + number(1))
return answer({1})
`);
const ADD = script(`
redis.call('ZADD', KEYS[1], now - number(1), 'gone')
return answer({1})
`);
const LIST = script(`
local list = {''}
for _, key in ipairs(redis.call('KEYS', '*')) do table.insert(list, key) end
return answer(list)
`);

let accounts = 0;
const account = () => `service account-${++accounts}`;

describeWithRedis('a rate that workers share', (redis) => {
	test('turns come at even distances, whoever asks', async () => {
		const name = account();
		const paces = [1, 2, 3].map(() => worker(redis()).pace(name)!);
		const asked = performance.now();
		const waits = await Promise.all(
			Array.from({ length: 300 }, async (_, i) => await paces[i % 3]!.next(100)),
		);
		const took = performance.now() - asked;
		// The 300th turn of 100 a second comes 2,990 ms after the first, but for the 10 ms that may be made up for.
		const last = Math.max(...waits);
		expect(last).toBeLessThanOrEqual(2_990);
		expect(last + took).toBeGreaterThan(2_970);
		for (const pace of paces) {
			await pace.next(100);
			expect(pace.peers).toBe(3);
		}
	});

	test('each worker gets its part when all want as much as they can get', async () => {
		const name = account();
		const counts = [0, 0, 0];
		let isOver = false;
		const working = counts.map(async (_, i) => {
			const pace = worker(redis()).pace(name)!;
			while (!isOver) {
				const ms = await pace.next(200);
				await new Promise((done) => setTimeout(done, ms));
				if (counts.reduce((a, b) => a + b, 0) >= 150) isOver = true;
				counts[i]!++;
			}
		});
		await Promise.all(working);
		for (const count of counts) expect(count).toBeGreaterThan(30);
	});

	test('accounts do not wait for each other', async () => {
		const shared = worker(redis());
		const [one, other] = [shared.pace(account())!, shared.pace(account())!];
		for (let i = 0; i < 5; i++) await one.next(1);
		expect(await other.next(1)).toBe(0);
		expect(await one.next(1)).toBeGreaterThan(3_000);
	});

	test('a pause holds for all, and a shorter one does not end it', async () => {
		const name = account();
		const [one, other] = [worker(redis()).pace(name)!, worker(redis()).pace(name)!];
		await one.close(60_000);
		await other.close(1_000);
		expect(await other.next(1_000)).toBeGreaterThan(50_000);
		expect(await one.next(Infinity)).toBeGreaterThan(50_000);
		await other.close(120_000);
		expect(await one.next(Infinity)).toBeGreaterThan(110_000);
	});

	test('what one worker postpones comes later for all, once', async () => {
		const name = account();
		const [one, other] = [worker(redis()).pace(name)!, worker(redis()).pace(name)!];
		await one.postpone(50_000);
		expect(await other.next(1_000)).toBeGreaterThan(40_000);
		expect(await one.next(1_000)).toBeLessThan(50_100);
	});

	test('without a rate only pauses count', async () => {
		const pace = worker(redis()).pace(account())!;
		for (let i = 0; i < 5; i++) expect(await pace.next(Infinity)).toBe(0);
	});

	test('who has not asked for a minute is no peer', async () => {
		const name = account();
		const pace = worker(redis()).pace(name)!;
		const key = `bull:mailops:pace:${hashed(name)}:peers`;
		await linkTo(redis()).run(ADD, [key], [50_000]);
		await pace.next(10);
		expect(pace.peers).toBe(2);
		await linkTo(redis()).run(ADD, [key], [61_000]);
		await pace.next(10);
		expect(pace.peers).toBe(1);
	});

	test('a clock of Redis that was put back by an hour stops nobody', async () => {
		const name = account();
		const own = `bull:mailops:pace:${hashed(name)}`;
		const link = linkTo(redis());
		for (const part of ['turn', 'closed']) await link.run(SET, [`${own}:${part}`], [3_600_000]);
		const pace = worker(redis()).pace(name)!;
		expect(await pace.next(10)).toBe(0);
		expect(await pace.next(10)).toBeGreaterThan(50);
	});

	test('killed: it fails at once, waits for the others after the return, and goes on', async () => {
		const name = account();
		const pace = worker(redis()).pace(name)!;
		const other = worker(redis()).pace(name)!;
		await other.next(10);
		await pace.next(10);
		await redis().kill();
		await until(async () => await pace.next(10).then(fails, (error) => error instanceof RedisAway));
		expect(pace.peers).toBe(2);
		await redis().start();
		// Some are back before others, and must not take the whole rate yet.
		const reasons: string[] = [];
		await until(async () => await pace.next(10).then(succeeds, (error) => reasons.push(String(error)) < 0));
		expect(reasons.at(-1)).toMatch(/only just come back/);
	});

	test('hanging: turns that nobody waits for any more are not given', async () => {
		const name = account();
		const pace = worker(redis()).pace(name)!;
		const first = performance.now();
		await pace.next(1);
		redis().hold();
		const hanging = await Promise.allSettled(Array.from({ length: 24 }, async () => await pace.next(1)));
		expect(hanging.every(({ status }) => status === 'rejected')).toBe(true);
		redis().goOn();
		let ms = 0;
		await until(async () => await pace.next(1).then((wait) => ((ms = wait), true), fails));
		// 24 turns would be 24 seconds.
		expect(ms).toBeLessThanOrEqual(1_000);
		expect(performance.now() - first).toBeLessThan(20_000);
	});

	test('no key tells an account’s name', async () => {
		await worker(redis()).pace('service secret-name')!.next(1);
		const keys = (await linkTo(redis()).run(LIST, ['bull:any'], [])).map(String);
		expect(keys.filter((key) => key !== '').length).toBeGreaterThan(0);
		for (const key of keys) expect(key).not.toMatch(/secret|service/);
		for (const key of keys.filter(Boolean)) expect(key).toMatch(/^bull:mailops:/);
	});
});

describeWithRedis('a quota that workers share', (redis) => {
	test('counts all requests of a window, and none that has no room', async () => {
		const name = account();
		const [one, other] = [worker(redis()).quota(name, 60_000)!, worker(redis()).quota(name, 60_000)!];
		for (let i = 0; i < 3; i++) expect(await one.take(5)).toBe(0);
		for (let i = 0; i < 2; i++) expect(await other.take(5)).toBe(0);
		expect(other.used).toBe(5);
		const ms = await one.take(5);
		expect(ms).toBeGreaterThan(40_000);
		expect(ms).toBeLessThanOrEqual(61_000);
		expect(one.used).toBe(5);
		expect(await other.take(6)).toBe(0);
	});

	test('a window moves: what is older is forgotten, part by part', async () => {
		const quota = worker(redis()).quota(account(), 600)!;
		for (let i = 0; i < 10; i++) expect(await quota.take(10)).toBe(0);
		let ms = await quota.take(10);
		expect(ms).toBeLessThanOrEqual(610);
		while (ms > 0) {
			await new Promise((done) => setTimeout(done, ms));
			ms = await quota.take(10);
		}
		expect(quota.used).toBeLessThanOrEqual(10);
	});

	test('a day and a minute of one account are two counts', async () => {
		const shared = worker(redis());
		const name = account();
		await shared.quota(name, 60_000)!.take(1);
		expect(await shared.quota(name, 86_400_000)!.take(1)).toBe(0);
	});
});

const fails = () => false;
const succeeds = () => true;
