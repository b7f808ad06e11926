import { account, person, run, seedPeople, sync, useAlimail, writes } from '../../support';

const sandbox = useAlimail();

/** Whether the top of the organization is called `$root` everywhere or has an id of its own is not documented. */
describe.each(['$root', 'dept-root'])('the top of the organization has the id “%s”', (rootId) => {
	beforeEach(() => sandbox.current.alimail.seed({ rootId }));

	/** Person 1 is at the top, person 2 is not. */
	const seeded = () => {
		const rows = [person(1, { department: '' }), person(2, { manager: '' })];
		seedPeople(sandbox.current, rows);
	};
	const departmentsOf = (number: number) => account(sandbox.current, number)?.departmentIds;

	test.each([
		['path', '/'],
		['path', '$root'],
		['id', '$root'],
		['id', rootId],
	])(
		'by %s, a row in “%s” means it: who is there stays, the others come there',
		async (departmentAs, top) => {
			seeded();
			const rows = [1, 2, 3].map((number) => person(number, { department: top, manager: '' }));
			const parameters = { departmentAs, guards: { maxMovedPercent: 0, firstLoad: 1 } };
			const first = await sync(sandbox.current, rows, parameters);
			expect(first.problems).toEqual([]);
			expect(first.users).toEqual([
				expect.objectContaining({
					action: 'update',
					changes: { department: { from: ['Sales'], to: '/' } },
				}),
				expect.objectContaining({ action: 'create', status: 'done' }),
			]);
			expect([1, 2, 3].map(departmentsOf)).toEqual([[rootId], [rootId], [rootId]]);
			expect((await sync(sandbox.current, rows, parameters)).users).toEqual([]);
			expect(Array.from(sandbox.current.alimail.departments(), ({ name }) => name)).toEqual([
				'Sandbox Company',
				'Sales',
			]);
		},
	);

	test.each(['R&D/Platform', '$root/R&D/Platform', '/R&D/Platform'])('“%s” begins at it', async (path) => {
		sandbox.current.alimail.seed({ departments: ['R&D/Platform'] });
		const before = [...sandbox.current.alimail.departments()].length;
		const { problems, users } = await sync(sandbox.current, [person(1, { department: path })], {
			guards: { firstLoad: 1 },
		});
		expect([problems, users.length]).toEqual([[], 1]);
		expect([...sandbox.current.alimail.departments()]).toHaveLength(before);
		expect((await sync(sandbox.current, [person(1, { department: path })])).users).toEqual([]);
	});

	test.each(['$root', rootId])(
		'as the scope “%s” it is everybody, and new people go there',
		async (value) => {
			seeded();
			const rows = [1, 2, 3].map((number) => person(number, { department: '', manager: '' }));
			const { problems, summary } = await sync(sandbox.current, rows, {
				scope: { department: { __rl: true, mode: 'id', value } },
				guards: { firstLoad: 1 },
			});
			expect(problems).toEqual([]);
			expect(summary).toMatchObject({ created: 1, outside: 0 });
			expect(departmentsOf(3)).toEqual([rootId]);
			const top = /^\/v2\/departments\/(?:\$|%24)root$/;
			expect(sandbox.current.requests.count({ service: 'alimail', method: 'GET', path: top })).toBe(1);
		},
	);

	test.each([
		['id', '$root'],
		['path', '/'],
		['path', '$root'],
	])('by %s, User → Create puts an account into “%s”', async (mode, value) => {
		await run(sandbox.current, 'user.create', {
			email: 'person1@yunhe.example',
			name: 'Person 1',
			department: { __rl: true, mode, value },
		});
		expect(departmentsOf(1)).toEqual([rootId]);
	});

	test.each([
		['id', '$root'],
		['path', '/'],
	])('by %s, “%s” is not deleted', async (mode, value) => {
		const department = { __rl: true, mode, value };
		await expect(run(sandbox.current, 'department.delete', { department })).rejects.toThrow(
			'cannot be deleted',
		);
		expect(writes(sandbox.current)).toBe(0);
	});
});
