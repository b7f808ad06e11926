import Redis from 'ioredis';
import { RedisAway, type Claim, type Claimed, type Ending, type Shared } from '../../../core/shared';
import { CLAIM } from '../../../core/shared/claimScripts';
import { openRedis, script } from '../../../core/shared/client';
import { RedisLink } from '../../../core/shared/link';
import { RedisClaims } from '../../../core/shared/redisClaims';
import { describeWithRedis, linkTo, QUICK, settingsOf, until, worker } from './withRedis';

const OPTIONS = { rememberMs: 60_000 };
const NO_GRACE = { claims: { restartMs: 0, returnMs: 0 } };
const { leaseMs } = QUICK.claims as { leaseMs: number };

let names = 0;
const fresh = () => `account scope key-${++names}`;

async function claim(shared: Shared, name: string): Promise<Claimed> {
	return (await shared.claims.claim([name], OPTIONS))[0]!;
}

async function mine(shared: Shared, name: string): Promise<Claim> {
	const claimed = await claim(shared, name);
	if ('theirs' in claimed) throw new Error(`${name} is somebody else's`);
	return claimed.mine;
}

async function theirs(shared: Shared, name: string): Promise<Promise<Ending | undefined>[]> {
	const claimed = await claim(shared, name);
	if ('mine' in claimed) throw new Error(`${name} is free`);
	// In an array, for it must not be waited for here.
	return [claimed.theirs];
}

const sleep = async (ms: number) => await new Promise((done) => setTimeout(done, ms));

describeWithRedis('claims that workers share', (redis) => {
	test('one holds it; the others learn that it was done, now and later', async () => {
		const [one, two, three] = [worker(redis()), worker(redis()), worker(redis())];
		const name = fresh();
		const held = await mine(one, name);
		expect(held).toMatchObject({ isDoubtful: false, isHeld: true });
		const [followed] = await theirs(two, name);
		const [also] = await theirs(two, name);
		held.end({ done: '{"id":"1"}' });
		expect(held.isHeld).toBe(false);
		expect(await followed).toEqual({ done: '{"id":"1"}' });
		expect(await also).toEqual({ done: '{"id":"1"}' });
		const [later] = await theirs(three, name);
		expect(await later).toEqual({ done: '{"id":"1"}' });
	});

	test('within a process too', async () => {
		const shared = worker(redis());
		const name = fresh();
		const held = await mine(shared, name);
		const [followed] = await theirs(shared, name);
		held.end({ done: '' });
		expect(await followed).toEqual({ done: '' });
	});

	test('what failed is told to those who wait, and free for anybody', async () => {
		const [one, two] = [worker(redis()), worker(redis())];
		const name = fresh();
		const held = await mine(one, name);
		const [followed] = await theirs(two, name);
		held.end({ failed: 'refused:\nno such sender' });
		expect(await followed).toEqual({ failed: 'refused:\nno such sender' });
		expect((await mine(two, name)).isDoubtful).toBe(false);
	});

	test('what may have been done is told, and whoever is next must look', async () => {
		const [one, two] = [worker(redis()), worker(redis())];
		const name = fresh();
		const held = await mine(one, name);
		const [followed] = await theirs(two, name);
		held.end({ unknown: 'cut off' });
		expect(await followed).toEqual({ unknown: 'cut off' });
		const next = await mine(two, name);
		expect(next.isDoubtful).toBe(true);
		next.end({ failed: '' });
		await until(async () => 'mine' in (await claim(one, name)));
	});

	test('a claim ends once', async () => {
		const [one, two] = [worker(redis()), worker(redis())];
		const name = fresh();
		const held = await mine(one, name);
		held.end({ done: 'first' });
		held.end({ failed: 'second' });
		const [ending] = await theirs(two, name);
		expect(await ending).toEqual({ done: 'first' });
	});

	test('who waits when the holder fails and somebody else is quicker, waits for that one', async () => {
		const [one, two, three] = [
			worker(redis(), { claims: { followMs: 1_000 } }),
			worker(redis()),
			worker(redis()),
		];
		const name = fresh();
		const held = await mine(two, name);
		const [followed] = await theirs(one, name);
		held.end({ failed: 'first' });
		let second: Claim | undefined;
		await until(async () => {
			const claimed = await claim(three, name);
			if ('mine' in claimed) second = claimed.mine;
			return second !== undefined;
		});
		second!.end({ failed: 'second' });
		// What the first failed of is not known any more, and the second's failure is not the first's: claim it again.
		expect(await followed).toBeUndefined();
	}, 300_000);

	test('of many who claim many at once, each name is one’s', async () => {
		const all = Array.from({ length: 1_200 }, fresh);
		const claimed = await Promise.all(
			[1, 2, 3, 4].map(async () => await worker(redis()).claims.claim(all, OPTIONS)),
		);
		for (const [i] of all.entries()) expect(claimed.filter((list) => 'mine' in list[i]!)).toHaveLength(1);
	});

	test('a holder that lives keeps it, however long it takes', async () => {
		const [one, two] = [worker(redis()), worker(redis())];
		const name = fresh();
		const held = await mine(one, name);
		let isOver = false;
		void (await theirs(two, name))[0]!.then(
			() => (isOver = true),
			() => undefined,
		);
		await sleep(leaseMs * 2);
		expect(isOver).toBe(false);
		expect(held.isHeld).toBe(true);
		await theirs(two, name);
	});

	test('a holder that dies leaves a doubtful claim to whoever waits', async () => {
		const [one, two, three] = [worker(redis()), worker(redis()), worker(redis())];
		const name = fresh();
		const held = await mine(one, name);
		const [followed] = await theirs(two, name);
		const died = performance.now();
		one.close();
		expect(await followed).toBeUndefined();
		expect(performance.now() - died).toBeGreaterThan(leaseMs * 0.7);
		const heir = await mine(two, name);
		expect(heir.isDoubtful).toBe(true);
		await theirs(three, name);
		heir.end({ unknown: '' });
		await until(async () => 'mine' in (await claim(three, name)));
		await until(() => !held.isHeld);
	});

	test('who has only just come takes nobody for dead', async () => {
		const one = worker(redis());
		const name = fresh();
		await mine(one, name);
		one.close();
		await sleep(leaseMs * 1.2);
		const [followed] = await theirs(worker(redis()), name);
		expect(await followed).toBeUndefined();
	});

	test('names and accounts are in no key', async () => {
		const list = script(`
			local list = {''}
			for _, key in ipairs(redis.call('KEYS', '*')) do table.insert(list, key) end
			return answer(list)
		`);
		await mine(worker(redis()), 'account ana@example.com order-17');
		const keys = (await linkTo(redis()).run(list, ['bull:any'], [])).map(String);
		expect(keys.some((key) => key.startsWith('bull:mailops:claim:'))).toBe(true);
		expect(keys.join(' ')).not.toMatch(/ana@|order-17|account/);
	});
});

describeWithRedis('claims while Redis is away', (redis) => {
	test('killed, and everything forgotten: holders tell it anew before anybody else gets it', async () => {
		const [one, two] = [worker(redis()), worker(redis())];
		const [held, done, lost] = [fresh(), fresh(), fresh()];
		const claim = await mine(one, held);
		(await mine(one, done)).end({ done: 'earlier' });
		const [earlier] = await theirs(two, done);
		expect(await earlier).toEqual({ done: 'earlier' });
		const ended = await mine(one, lost);
		await redis().kill();
		await until(() => one.trouble(0) !== undefined);
		ended.end({ done: 'while it was away' });
		await redis().start();
		const [later] = await theirs(two, done);
		expect(await later).toEqual({ done: 'earlier' });
		const [meanwhile] = await theirs(two, lost);
		expect(await meanwhile).toEqual({ done: 'while it was away' });
		const [followed] = await theirs(two, held);
		expect(claim.isHeld).toBe(true);
		claim.end({ done: 'after it' });
		expect(await followed).toEqual({ done: 'after it' });
	});

	test('a process that comes when Redis has forgotten everything waits for those that were there', async () => {
		const one = worker(redis(), { link: { retryMs: 700 } });
		const name = fresh();
		await mine(one, name);
		await redis().kill();
		await until(() => one.trouble(0) !== undefined);
		await redis().start();
		await theirs(worker(redis(), { claims: { restartMs: 3_000 } }), name);
	});

	test('so does one that was there and is back sooner', async () => {
		const [one, two] = [
			worker(redis(), { link: { retryMs: 700 } }),
			worker(redis(), { claims: { returnMs: 2_000 } }),
		];
		const name = fresh();
		await Promise.all([mine(one, name), mine(two, fresh())]);
		await redis().kill();
		await until(() => one.trouble(0) !== undefined && two.trouble(0) !== undefined);
		await redis().start();
		await theirs(two, name);
	});

	test('back with what it knew long ago: nobody is taken for dead', async () => {
		const [one, two] = [worker(redis(), { link: { retryMs: 600 } }), worker(redis(), NO_GRACE)];
		const name = fresh();
		await mine(one, name);
		await mine(two, fresh());
		await sleep(leaseMs * 1.2);
		const client = new Redis(redis().port);
		const alive = 'bull:mailops:alive';
		const members = await client.zrange(alive, 0, -1);
		await client.zadd(alive, ...members.flatMap((member) => [Date.now() - 600_000, member]));
		await client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
		client.disconnect();
		await until(() => two.trouble(0) !== undefined);
		await theirs(two, name);
	});

	test('a holder that was taken for dead and was not: that it was done counts all the same', async () => {
		const [one, two] = [worker(redis(), { claims: { beatMs: 60_000 } }), worker(redis())];
		const name = fresh();
		const held = await mine(one, name);
		const [followed] = await theirs(two, name);
		expect(await followed).toBeUndefined();
		expect((await mine(two, name)).isDoubtful).toBe(true);
		expect(held.isHeld).toBe(false);
		held.end({ done: 'by the first' });
		const three = worker(redis());
		await until(async () => {
			const claimed = await claim(three, name);
			return 'theirs' in claimed && (await Promise.race([claimed.theirs, sleep(50)])) !== undefined;
		});
		const [known] = await theirs(three, name);
		expect(await known).toEqual({ done: 'by the first' });
	});

	test('a claim whose answer is lost is nobody’s after the wait was given up', async () => {
		let isDeaf = false;
		let given: unknown;
		const link = new RedisLink(
			async () => {
				const client = await openRedis(settingsOf(redis()), 500);
				const run: typeof client.run = async (what, ...rest) => {
					const reply = await client.run(what, ...rest);
					if (!isDeaf || what !== CLAIM) return reply;
					[, given] = reply as unknown[];
					throw new Error('cut off');
				};
				return { ...client, run };
			},
			'bull:mailops:alive',
			QUICK.link,
		);
		const claims = new RedisClaims(link, 'bull:mailops', QUICK.claims);
		const name = fresh();
		// It lives on.
		await claims.claim([fresh()], OPTIONS);
		isDeaf = true;
		await expect(claims.claim([name], { ...OPTIONS, patienceMs: 0 })).rejects.toThrow(RedisAway);
		expect(given).toBe('m');
		isDeaf = false;
		const two = worker(redis());
		let later: Claimed | undefined;
		await until(async () => 'mine' in (later = await claim(two, name)));
		expect(later).toMatchObject({ mine: { isDoubtful: false } });
		claims.close();
		link.close();
	});

	test('hanging for longer than a lease: nobody is taken for dead', async () => {
		const [one, two] = [worker(redis()), worker(redis())];
		const name = fresh();
		const held = await mine(one, name);
		const [followed] = await theirs(two, name);
		let isOver = false;
		void followed!.then(() => (isOver = true));
		redis().hold();
		await sleep(leaseMs * 1.5);
		// Who cannot be sure any more that it holds the claim must not go on.
		expect(held.isHeld).toBe(false);
		redis().goOn();
		await until(() => held.isHeld);
		expect(isOver).toBe(false);
		await theirs(two, name);
		held.end({ done: '' });
		expect(await followed).toEqual({ done: '' });
	});

	test('a claim waits for Redis, and nothing stays claimed when it waits in vain', async () => {
		const [one, two] = [worker(redis()), worker(redis())];
		await mine(one, fresh());
		const name = fresh();
		redis().hold();
		const vain = one.claims.claim([name], { ...OPTIONS, patienceMs: 1_200 });
		await expect(vain).rejects.toThrow(RedisAway);
		const waiting = mine(one, fresh());
		const abort = new AbortController();
		const cancelled = one.claims.claim([fresh()], { ...OPTIONS, signal: abort.signal });
		abort.abort(new Error('cancelled'));
		await expect(cancelled).rejects.toThrow();
		redis().goOn();
		await waiting;
		await until(async () => 'mine' in (await claim(two, name)));
	});

	test('a process that is alone cut off cannot be sure of its claims', async () => {
		const one = worker(redis());
		const held = await mine(one, fresh());
		one.close();
		await until(() => !held.isHeld);
	});

	test('the run is told, while it lasts and after', async () => {
		const one = worker(redis());
		await mine(one, fresh());
		const began = Date.now();
		expect(one.trouble(0)).toBeUndefined();
		redis().hold();
		await until(() => one.trouble(began) !== undefined);
		expect(one.trouble(began)).toMatch(/is not reachable: no answer within 500 ms\. Until it is back/);
		redis().goOn();
		await until(() => /was not reachable for a while/.test(one.trouble(began) ?? ''));
		expect(one.trouble(Date.now() + 1)).toBeUndefined();
	});
});
