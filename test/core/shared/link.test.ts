import { script } from '../../../core/shared/client';
import { RedisAway } from '../../../core/shared/link';
import { RedisServer } from '../../../scripts/queue/redis';
import { describeWithRedis, linkTo, until } from './withRedis';

const INCREASE = script(`return answer({redis.call('INCRBY', KEYS[1], number(1))})`);
const REFUSED = script(`return redis.call('INCRBY', KEYS[1], 'no number')`);

describeWithRedis('the way to Redis', (redis) => {
	test('a script runs as one step and answers; its time is Redis’ own', async () => {
		const link = linkTo(redis());
		expect(link.isUp).toBe(false);
		expect(await link.run(INCREASE, ['one'], [3])).toEqual([3]);
		expect(await link.run(INCREASE, ['one'], [4])).toEqual([7]);
		expect(Math.abs(link.now! - Date.now())).toBeLessThan(500);
		expect(link.lastOutage).toBeUndefined();
		expect(Date.now() - link.restartedAt).toBeLessThan(120_000);
	});

	test('a connection that is used by many at once is opened once', async () => {
		const link = linkTo(redis());
		await Promise.all(Array.from({ length: 50 }, async () => await link.run(INCREASE, ['many'], [1])));
		expect(await link.run(INCREASE, ['many'], [0])).toEqual([50]);
		expect(link.session).toBe(1);
	});

	test('a call that Redis refuses ends the connection, says why, and the next one works again', async () => {
		const link = linkTo(redis());
		await expect(link.run(REFUSED, ['two'], [])).rejects.toThrow(/^Redis is not reachable: .*integer/);
		await expect(link.run(INCREASE, ['two'], [1])).rejects.toThrow(RedisAway);
		await link.whenUp(20_000);
		expect(await link.run(INCREASE, ['two'], [1])).toEqual([1]);
		expect(link.session).toBe(2);
	});

	test('killed: calls fail at once, it comes back by itself, and the outage is known', async () => {
		const link = linkTo(redis());
		await link.run(INCREASE, ['three'], [1]);
		await redis().kill();
		await until(() => !link.isUp);
		await expect(link.run(INCREASE, ['three'], [1])).rejects.toThrow(RedisAway);
		expect(link.lastOutage).toMatchObject({ reason: expect.any(String) as string });
		expect(link.lastOutage?.until).toBeUndefined();
		await redis().start();
		await link.whenUp(20_000);
		expect(link.lastOutage?.until).toBeGreaterThanOrEqual(link.lastOutage!.from);
		expect(await link.run(INCREASE, ['three'], [1])).toEqual([1]);
		expect(link.restartedAt).toBeGreaterThan(Date.now() - 60_000);
	});

	test('hanging: one call waits, the others fail at once, and nothing is done late', async () => {
		const link = linkTo(redis());
		await link.run(INCREASE, ['four'], [1]);
		redis().hold();
		const calls = Array.from({ length: 20 }, async () => await link.run(INCREASE, ['four'], [1]));
		const ends = await Promise.allSettled(calls);
		expect(ends.every((end) => end.status === 'rejected' && end.reason instanceof RedisAway)).toBe(true);
		// Known to hang now: nobody waits any more, however many ask.
		const asked = performance.now();
		for (let i = 0; i < 100; i++)
			await expect(link.run(INCREASE, ['four'], [1])).rejects.toThrow(/no answer within 500 ms/);
		expect(performance.now() - asked).toBeLessThan(500);
		redis().goOn();
		await link.whenUp(20_000);
		expect(await link.run(INCREASE, ['four'], [0])).toEqual([1]);
	});

	test('never there: the first call waits for it, the next do not', async () => {
		const server = await RedisServer.start();
		await server.kill();
		const link = linkTo(server);
		await expect(link.run(INCREASE, ['five'], [1])).rejects.toThrow(/ECONNREFUSED/);
		await expect(link.whenUp(50)).rejects.toThrow(RedisAway);
		const abort = new AbortController();
		const waiting = link.whenUp(60_000, abort.signal);
		abort.abort(new Error('cancelled'));
		await expect(waiting).rejects.toThrow('cancelled');
		await server.start();
		await link.whenUp(20_000);
		expect(await link.run(INCREASE, ['five'], [1])).toEqual([1]);
		await server.remove();
	});

	test('left: no more calls, and no more tries', async () => {
		const link = linkTo(redis());
		await link.run(INCREASE, ['six'], [1]);
		link.close();
		await expect(link.run(INCREASE, ['six'], [1])).rejects.toThrow(RedisAway);
		expect(link.session).toBe(1);
	});
});

describeWithRedis('n8n’s settings', () => {
	let server: RedisServer;
	beforeAll(async () => {
		const user = ['--user', 'mail', 'on', '>s3 cret', '~bull:*', '+@all'];
		server = await RedisServer.start([...user, '--requirepass', 'other']);
	});
	afterAll(async () => await server.remove());

	test('a user with a password, another database', async () => {
		const settings = { username: 'mail', password: 's3 cret', db: 3 };
		const link = linkTo(server, {}, settings);
		expect(await link.run(INCREASE, ['bull:one'], [5])).toEqual([5]);
		expect(await linkTo(server, {}, { ...settings, db: 2 }).run(INCREASE, ['bull:one'], [1])).toEqual([1]);
	});

	test('a wrong password is told in Redis’ words, which do not repeat it', async () => {
		const link = linkTo(server, {}, { username: 'mail', password: 'wrong-secret' });
		await expect(link.run(INCREASE, ['bull:one'], [5])).rejects.toThrow(/WRONGPASS|NOAUTH/);
		expect(link.lastOutage?.reason).not.toContain('wrong-secret');
	});
});
