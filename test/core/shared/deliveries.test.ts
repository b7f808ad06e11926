import { Deliveries, processState, StillBeingDelivered, type Shared } from '../../../core/shared';
import { LocalClaims } from '../../../core/shared/localClaims';
import { describeWithRedis, until, worker } from './withRedis';

const OPTIONS = { rememberMs: 60_000 };

/** The same in one process and between two. */
function deliveryTests(two: () => [Shared, Shared]): void {
	test('an event that two get at the same time is delivered by one', async () => {
		const [one, other] = two();
		const first = await one.deliveries.take('node', ['Bounce 1', 'Bounce 2', 'Bounce 1']);
		expect([...first.fresh]).toEqual(['Bounce 1', 'Bounce 2']);
		const second = other.deliveries.take('node', ['Bounce 2', 'Bounce 3']);
		first.confirm();
		expect([...(await second).fresh]).toEqual(['Bounce 3']);
		(await second).confirm();
		const repeated = await one.deliveries.take('node', ['Bounce 1', 'Bounce 2', 'Bounce 3']);
		expect([...repeated.fresh]).toEqual([]);
	});

	test('when the first could not deliver it, the second does', async () => {
		const [one, other] = two();
		const first = await one.deliveries.take('node', ['Open 1']);
		const second = other.deliveries.take('node', ['Open 1']);
		first.giveBack();
		expect([...(await second).fresh]).toEqual(['Open 1']);
		(await second).giveBack();
		await until(async () => (await one.deliveries.take('node', ['Open 1'])).fresh.size === 1);
	});

	test('while it is not known, the second is to be sent again, and takes nothing', async () => {
		const [one, other] = two();
		const first = await one.deliveries.take('node', ['Click 1']);
		const impatient = new Deliveries(other.claims, 50);
		await expect(impatient.take('node', ['Click 1', 'Click 2'])).rejects.toThrow(StillBeingDelivered);
		await until(async () => (await one.deliveries.take('node', ['Click 2'])).fresh.size === 1);
		first.confirm();
	});

	test('each node has its own', async () => {
		const [one, other] = two();
		(await one.deliveries.take('node A', ['Spam 1'])).confirm();
		expect((await other.deliveries.take('node B', ['Spam 1'])).fresh.size).toBe(1);
	});
}

function lockTests(two: () => [Shared, Shared]): void {
	test('a lock is one’s, until it is released', async () => {
		const [one, other] = two();
		const lock = await one.lock.tryLock('catch up');
		expect(lock).toBeDefined();
		expect(await other.lock.tryLock('catch up')).toBeUndefined();
		expect(await other.lock.tryLock('something else')).toBeDefined();
		lock!.release();
		await until(async () => (await other.lock.tryLock('catch up')) !== undefined);
	});

	test('of many who renew, one at a time does, and the others know that somebody did before', async () => {
		const [one, other] = two();
		let token = 'old';
		let renewals = 0;
		let inside = 0;
		const renew = async (shared: Shared) =>
			await shared.lock.hold('token', async (hasWaited) => {
				expect(++inside).toBe(1);
				if (!hasWaited || token === 'old') {
					await new Promise((done) => setTimeout(done, 20));
					token = `new ${++renewals}`;
				}
				inside--;
				return token;
			});
		const tokens = await Promise.all([one, other, one, other, one].map(renew));
		expect(tokens).toEqual(Array.from({ length: 5 }, () => 'new 1'));
	});

	test('a renewal that fails lets the next one try', async () => {
		const [one, other] = two();
		const failing = one.lock.hold('failing', async () => {
			throw new Error('refused');
		});
		await expect(failing).rejects.toThrow('refused');
		expect(await other.lock.hold('failing', async () => 'renewed')).toBe('renewed');
	});

	test('who waits for it stops when the execution is cancelled', async () => {
		const [one, other] = two();
		const lock = await one.lock.tryLock('cancelled');
		const abort = new AbortController();
		const waiting = other.lock.hold('cancelled', async () => 'renewed', abort.signal);
		abort.abort(new Error('cancelled'));
		await expect(waiting).rejects.toThrow('cancelled');
		lock!.release();
	});
}

describe('in one process', () => {
	const both = (): [Shared, Shared] => {
		const shared = processState();
		return [shared, shared];
	};
	deliveryTests(both);
	lockTests(both);

	test('what may have been done is doubtful for the next', async () => {
		const claims = new LocalClaims();
		const [first] = await claims.claim(['one'], OPTIONS);
		if (first && 'mine' in first) first.mine.end({ unknown: '' });
		expect((await claims.claim(['one'], OPTIONS))[0]).toMatchObject({ mine: { isDoubtful: true } });
	});

	test('what was done is remembered for its time, and no more of it than fits', async () => {
		const claims = new LocalClaims(2);
		const done = async (name: string, rememberMs: number) => {
			const [claimed] = await claims.claim([name], { rememberMs });
			if (claimed && 'mine' in claimed) claimed.mine.end({ done: '' });
		};
		const isKnown = async (name: string) => 'theirs' in (await claims.claim([name], OPTIONS))[0]!;
		await done('short', -1);
		await done('long', 60_000);
		expect(await isKnown('short')).toBe(false);
		expect(await isKnown('long')).toBe(true);
		for (const name of ['a', 'b', 'c']) await done(name, 60_000);
		expect(await isKnown('long')).toBe(false);
	});

	test('nothing of Redis is there', () => {
		const shared = processState();
		expect(shared).toMatchObject({ isShared: false });
		expect([shared.pace('account'), shared.quota('account', 60_000), shared.trouble(0)]).toEqual([
			undefined,
			undefined,
			undefined,
		]);
	});
});

describeWithRedis('between two workers', (redis) => {
	const both = (): [Shared, Shared] => [worker(redis()), worker(redis())];
	deliveryTests(both);
	lockTests(both);

	test('without Redis an event is delivered all the same, and the lock is this process’s own', async () => {
		const [one] = both();
		await one.lock.tryLock('warm');
		redis().hold();
		const first = await one.deliveries.take('node', ['Inbound 1']);
		expect(first.fresh.size).toBe(1);
		first.confirm();
		expect((await one.deliveries.take('node', ['Inbound 1'])).fresh.size).toBe(0);
		expect(await one.lock.hold('token', async () => 'renewed')).toBe('renewed');
		redis().goOn();
	}, 300_000);

	test('a process that dies in the middle leaves its event to the next', async () => {
		const [one, other] = both();
		await one.deliveries.take('node', ['Delivery 1']);
		one.close();
		expect((await other.deliveries.take('node', ['Delivery 1'])).fresh.size).toBe(1);
	});
});
