import { account, people, person, seedPeople, sync, useAlimail, writes } from '../../support';

const sandbox = useAlimail();

beforeEach(() => seedPeople(sandbox.current, people(10)));

const without10 = people(9);
const status10 = () => account(sandbox.current, 10)?.status;

test('freezing is what happens to leavers unless something else is chosen, and once is enough', async () => {
	const { users, summary } = await sync(sandbox.current, without10);
	expect(users).toEqual([
		expect.objectContaining({
			action: 'freeze',
			status: 'done',
			reason: 'No longer on the list',
			id: account(sandbox.current, 10)!.id,
			user: expect.objectContaining({ email: 'person10@yunhe.example', name: 'Person 10' }),
		}),
	]);
	expect(users[0]).not.toHaveProperty('row');
	expect(summary).toMatchObject({ frozen: 1, deleted: 0 });
	expect(status10()).toBe('FREEZE');
	expect((await sync(sandbox.current, without10)).users).toEqual([]);
	expect(writes(sandbox.current)).toBe(1);
});

test('nothing', async () => {
	const { users } = await sync(sandbox.current, without10, { leavers: 'nothing' });
	expect(users).toEqual([]);
	expect(status10()).toBe('NORMAL');
});

test('deleted at once', async () => {
	const { users, summary } = await sync(sandbox.current, without10, { leavers: 'delete' });
	expect(users).toEqual([expect.objectContaining({ action: 'delete', status: 'done' })]);
	expect(summary).toMatchObject({ deleted: 1, targetAfter: 9 });
	expect(account(sandbox.current, 10)).toBeUndefined();
});

describe('frozen now and deleted after some days', () => {
	const later = { leavers: 'disableThenDelete', afterDays: 30 };

	/** The service's clock decides: the account was frozen this many days ago. */
	const frozenDaysAgo = (days: number) => {
		const { clock, directory } = sandbox.current.alimail;
		clock.moveDays(-days);
		directory.updateUser(account(sandbox.current, 10)!, { status: 'FREEZE', freezedTime: clock.stamp() });
		clock.moveDays(days);
	};

	test('the first day', async () => {
		const { users } = await sync(sandbox.current, without10, later);
		expect(users).toEqual([
			expect.objectContaining({
				action: 'freeze',
				reason: 'No longer on the list; to be deleted after 30 days',
			}),
		]);
		expect(status10()).toBe('FREEZE');
	});

	test('a day too early', async () => {
		frozenDaysAgo(29);
		const { users } = await sync(sandbox.current, without10, {
			...later,
			options: { includeUnchanged: true },
		});
		expect(users.find(({ reason }) => String(reason).startsWith('No longer'))).toMatchObject({
			action: 'none',
			reason: expect.stringMatching(/frozen, to be deleted from \d{4}-\d\d-\d\d on$/),
		});
		expect(status10()).toBe('FREEZE');
	});

	test('when the time has come', async () => {
		frozenDaysAgo(31);
		const { users } = await sync(sandbox.current, without10, later);
		expect(users).toEqual([
			expect.objectContaining({
				action: 'delete',
				reason: 'No longer on the list; frozen for 31 days',
			}),
		]);
		expect(account(sandbox.current, 10)).toBeUndefined();
	});

	test('who was frozen at an unknown time is reported and never deleted', async () => {
		const { directory } = sandbox.current.alimail;
		directory.updateUser(account(sandbox.current, 10)!, { status: 'FREEZE', freezedTime: undefined });
		const { problems } = await sync(sandbox.current, without10, later);
		expect(problems).toEqual([
			expect.objectContaining({
				message: expect.stringMatching(/^person10@yunhe.example is frozen .* not say since when/),
				remedy: 'Delete it by hand once it is no longer needed.',
			}),
		]);
		expect(status10()).toBe('FREEZE');
	});
});

describe('somebody comes back', () => {
	beforeEach(async () => {
		await sync(sandbox.current, without10);
		expect(status10()).toBe('FREEZE');
	});

	test('the frozen account is opened again, changed as the row says, in one request', async () => {
		const before = writes(sandbox.current);
		const { users, summary } = await sync(sandbox.current, [...without10, person(10, { title: 'Lead' })]);
		expect(users).toEqual([
			expect.objectContaining({
				action: 'unfreeze',
				status: 'done',
				row: 10,
				changes: { jobTitle: { from: 'Engineer', to: 'Lead' } },
			}),
		]);
		expect(summary).toMatchObject({ unfrozen: 1, created: 0 });
		expect(account(sandbox.current, 10)).toMatchObject({ status: 'NORMAL', jobTitle: 'Lead' });
		expect(sandbox.current.alimail.users()).toHaveLength(10);
		expect(writes(sandbox.current) - before).toBe(1);
	});

	test('with unfreezing switched off it stays as it is', async () => {
		const { users } = await sync(sandbox.current, [...without10, person(10, { title: 'Lead' })], {
			options: { rejoin: false },
		});
		expect(users).toEqual([]);
		expect(account(sandbox.current, 10)).toMatchObject({ status: 'FREEZE', jobTitle: 'Engineer' });
	});
});
