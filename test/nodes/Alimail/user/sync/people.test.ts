import { account, people, person, seedPeople, sync, useAlimail, writes } from '../../support';

const sandbox = useAlimail();

const pathOf = (number: number) => {
	const { alimail } = sandbox.current;
	return alimail.pathsOf(account(sandbox.current, number)!);
};
const departmentPosts = () =>
	sandbox.current.requests.count({ service: 'alimail', method: 'POST', path: '/v2/departments' });

describe('joiners', () => {
	test('each lands in the department of the row; missing departments are made once, parents first', async () => {
		sandbox.current.alimail.seed({ departments: ['销售部/华东'] });
		const rows = [
			...Array.from({ length: 8 }, (_, index) => person(index + 1, { department: 'R&D/Platform/Core' })),
			person(9, { department: '销售部 / 华东' }),
			person(10, { department: 'ｒ＆ｄ/platform' }),
			person(11, { department: 'TCP\\/IP' }),
		];
		const { users, problems, summary } = await sync(sandbox.current, rows, { guards: { firstLoad: 11 } });
		expect(problems).toEqual([]);
		expect(users.every(({ action, status }) => action === 'create' && status === 'done')).toBe(true);
		expect(summary).toMatchObject({ created: 11, targetBefore: 0, targetAfter: 11 });
		expect(departmentPosts()).toBe(4);
		expect([...(summary.departmentsCreated as string[])].sort()).toEqual(
			['R&D', 'R&D/Platform', 'R&D/Platform/Core', 'TCP\\/IP'].sort(),
		);
		expect(pathOf(8)).toEqual(['R&D/Platform/Core']);
		expect(pathOf(9)).toEqual(['销售部/华东']);
		expect(pathOf(10)).toEqual(['R&D/Platform']);
		expect(account(sandbox.current, 1)).toMatchObject({
			name: 'Person 1',
			employeeNo: 'E1',
			jobTitle: 'Engineer',
			employeeType: 'EMPLOYEE',
		});
		expect((await sync(sandbox.current, rows)).users).toEqual([]);
	});

	test('managers are created before the people they lead, named by address or by employee number', async () => {
		const rows = [
			person(3, { manager: 'E2' }),
			person(4, { manager: 'PERSON2@yunhe.example' }),
			person(2, { manager: 'E1' }),
			person(1),
		];
		const { problems } = await sync(sandbox.current, rows);
		expect(problems).toEqual([]);
		const managerOf = (number: number) => account(sandbox.current, number)!.managerId;
		expect(managerOf(3)).toBe(account(sandbox.current, 2)!.id);
		expect(managerOf(4)).toBe(account(sandbox.current, 2)!.id);
		expect(managerOf(2)).toBe(account(sandbox.current, 1)!.id);
		// No write but the four creates: nobody had to be corrected afterwards.
		expect(writes(sandbox.current) - departmentPosts()).toBe(4);
		expect((await sync(sandbox.current, rows)).users).toEqual([]);
	});

	test('people who lead each other in a circle all get their managers', async () => {
		const rows = [person(1, { manager: 'E3' }), person(2, { manager: 'E1' }), person(3, { manager: 'E2' })];
		const { problems, summary } = await sync(sandbox.current, rows);
		expect(problems).toEqual([]);
		expect(summary).toMatchObject({ created: 3, updated: 0 });
		const ids = [1, 2, 3].map((number) => account(sandbox.current, number)!);
		expect(ids.map(({ managerId }) => managerId)).toEqual([ids[2]!.id, ids[0]!.id, ids[1]!.id]);
		expect((await sync(sandbox.current, rows)).users).toEqual([]);
	});

	test('without a department in the row there must be one for new users', async () => {
		const rows = [person(1), person(2, { department: '', manager: '' })];
		const first = await sync(sandbox.current, rows);
		expect(first.problems).toEqual([
			expect.objectContaining({
				row: 2,
				message: expect.stringContaining('A new account needs a department, and the row names none'),
				remedy: expect.stringContaining('Department for New Users'),
			}),
		]);
		const options = { defaultDepartment: { __rl: true, mode: 'path', value: 'R&D' } };
		await sync(sandbox.current, rows, { options });
		expect(pathOf(2)).toEqual(['R&D']);
	});

	test('with "Create Missing Departments" off, a new department is a mistake in the row', async () => {
		sandbox.current.alimail.seed({ departments: ['Sales'] });
		const options = { createDepartments: false };
		const { problems, summary } = await sync(sandbox.current, people(2), { options });
		expect(problems).toEqual([
			expect.objectContaining({ row: 1, message: 'Item 1: Department "R&D/Platform" is not a department' }),
			expect.objectContaining({ severity: 'reference', row: 2 }),
		]);
		expect(summary.created).toBe(1);
		expect(departmentPosts()).toBe(0);
	});

	test('departments by ID, and one that does not exist', async () => {
		sandbox.current.alimail.seed({ departments: [{ path: 'R&D/Platform', id: 'dept-p' }] });
		const rows = [person(1, { department: 'dept-p' }), person(2, { department: 'dept-x' })];
		const { problems } = await sync(sandbox.current, rows, { departmentAs: 'id' });
		expect(pathOf(1)).toEqual(['R&D/Platform']);
		expect(problems.map(({ message }) => message)).toEqual([
			'Item 2: Department "dept-x" is not the ID of a department',
		]);
	});
});

describe('changes', () => {
	beforeEach(() => seedPeople(sandbox.current, people(10)));

	test('a mover, a new title, a new name and a new manager: each with what it was and what it becomes', async () => {
		const rows = [
			...people(6),
			person(7, { department: 'Sales' }),
			person(8, { title: 'Lead' }),
			person(9, { name: '王 Nine' }),
			person(10, { manager: 'person2@yunhe.example' }),
		];
		const { users, summary } = await sync(sandbox.current, rows);
		expect(users.map(({ row, changes }) => [row, changes])).toEqual([
			[7, { department: { from: ['R&D/Platform'], to: 'Sales' } }],
			[8, { jobTitle: { from: 'Engineer', to: 'Lead' } }],
			[9, { name: { from: 'Person 9', to: '王 Nine' } }],
			[10, { managerEmail: { from: 'person1@yunhe.example', to: 'person2@yunhe.example' } }],
		]);
		expect(users[0]).toMatchObject({ action: 'update', reason: 'Changed on the list: Department' });
		expect(summary).toMatchObject({ updated: 4, unchanged: 6 });
		expect(pathOf(7)).toEqual(['Sales']);
		expect(account(sandbox.current, 10)!.managerId).toBe(account(sandbox.current, 2)!.id);
		expect(writes(sandbox.current)).toBe(4);
	});

	test('who is in several departments is left alone as long as the wanted one is among them', async () => {
		const { alimail } = sandbox.current;
		const [one, two] = [alimail.department('Sales')!.id, alimail.department('R&D/Platform')!.id];
		alimail.directory.updateUser(account(sandbox.current, 2)!, { departmentIds: [two, one] });
		expect((await sync(sandbox.current, people(10))).users).toEqual([]);
		await sync(sandbox.current, [
			...people(10).filter(({ no }) => no !== 'E2'),
			person(2, { department: 'New' }),
		]);
		expect(pathOf(2)).toEqual(['New']);
	});

	test('white space, width and case where they do not count are no change', async () => {
		const rows = people(10).map((row) => ({
			...row,
			email: ` ${row.email.toUpperCase()} `,
			title: 'Ｅngineer ',
			department: row.department.toLowerCase(),
			manager: row.manager.toUpperCase(),
		}));
		expect((await sync(sandbox.current, rows)).users).toEqual([]);
		expect(writes(sandbox.current)).toBe(0);
	});
});
