import { processState } from '../../../core/shared';
import { mayTry } from '../../../nodes/ActiveDirectory/user/tries';
import { describeWithRedis, worker } from '../../core/shared/withRedis';

let names = 0;
const user = (perMinute: number) => ({ key: `user u${++names}`, perMinute });

afterEach(() => void jest.restoreAllMocks());

test('so many a minute, and again when the minute is over', async () => {
	const limits = [user(2)];
	const local = processState();
	const now = Date.now();
	const clock = jest.spyOn(Date, 'now').mockReturnValue(now);
	expect([await mayTry(limits, local), await mayTry(limits, local), await mayTry(limits, local)]).toEqual([
		true,
		true,
		false,
	]);
	clock.mockReturnValue(now + 60_000);
	expect(await mayTry(limits, local)).toBe(true);
});

test('a user who may not try uses up nothing of the caller’s', async () => {
	const [caller, one, other] = [user(3), user(1), user(9)];
	const local = processState();
	for (let i = 0; i < 5; i++) await mayTry([caller, one], local);
	expect([await mayTry([caller, other], local), await mayTry([caller, other], local)]).toEqual([true, true]);
	expect(await mayTry([caller, other], local)).toBe(false);
});

describeWithRedis('tries that workers share', (redis) => {
	test('what one worker lets pass is counted by all', async () => {
		const limit = user(3);
		const workers = [worker(redis()), worker(redis())];
		const isAllowed: boolean[] = [];
		// As other processes: what this one remembers by itself is not to decide.
		for (let i = 0; i < 6; i++) {
			jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2030, 0, 1) + i * 120_000);
			isAllowed.push(await mayTry([limit], workers[i % 2]));
		}
		expect(isAllowed).toEqual([true, true, true, false, false, false]);
	});

	test('without Redis each counts for itself', async () => {
		const limit = user(2);
		const one = worker(redis());
		await redis().kill();
		try {
			expect([await mayTry([limit], one), await mayTry([limit], one), await mayTry([limit], one)]).toEqual([
				true,
				true,
				false,
			]);
		} finally {
			await redis().start();
		}
	});
});
