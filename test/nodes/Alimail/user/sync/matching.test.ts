import { account, people, person, seedPeople, sync, useAlimail, writes } from '../../support';

const sandbox = useAlimail();

beforeEach(() => seedPeople(sandbox.current, people(10)));

const hand = (more: object) =>
	sandbox.current.alimail.seed({
		users: [{ email: 'person11@yunhe.example', name: 'Made by Hand', department: 'Sales', ...more }],
	});

describe('a mailbox that somebody else has made with the address of a joiner', () => {
	const rows = [...people(10), person(11)];

	test('with another employee number: a conflict, and the mailbox stays as it is', async () => {
		hand({ employeeNo: 'E77' });
		const { problems, summary } = await sync(sandbox.current, rows, { guards: { maxLeaverPercent: 100 } });
		expect(problems).toEqual([
			expect.objectContaining({
				severity: 'conflict',
				row: 11,
				message:
					'Item 11 has the Email Address "person11@yunhe.example" of person11@yunhe.example, but another Employee Number: "E11" in the list, "E77" in Alimail. The account is not touched.',
				remedy:
					'Correct the Employee Number where it is wrong, or give the new person another Email Address.',
			}),
		]);
		expect(summary).toMatchObject({ created: 0, updated: 0, frozen: 0, conflicts: 1 });
		expect(writes(sandbox.current)).toBe(0);
	});

	test('without a number: it is taken over, and gets the number', async () => {
		hand({});
		const { users, problems } = await sync(sandbox.current, rows);
		expect(problems).toEqual([]);
		expect(users).toEqual([
			expect.objectContaining({
				action: 'update',
				status: 'done',
				changes: expect.objectContaining({
					employeeNo: { to: 'E11' },
					name: { from: 'Made by Hand', to: 'Person 11' },
				}),
			}),
		]);
		expect(account(sandbox.current, 11)!.employeeNo).toBe('E11');
	});

	test('outside the scope: said, and nothing is written', async () => {
		hand({ employeeType: 'SERVICE', employeeNo: 'E11' });
		const { problems } = await sync(sandbox.current, rows);
		expect(problems).toEqual([
			expect.objectContaining({
				severity: 'outside',
				row: 11,
				message:
					'Item 11 is person11@yunhe.example in Alimail, which this sync does not look after. It is not touched.',
				remedy:
					'Nothing, if that is meant. If not, bring the account into the scope of this sync, or widen the scope.',
			}),
		]);
		expect(writes(sandbox.current)).toBe(0);
	});
});

describe('recognising people', () => {
	test('a new address of a known number is reported, as Alimail cannot rename, and all else is changed', async () => {
		const rows = [...people(9), person(10, { email: 'married10@yunhe.example', title: 'Lead' })];
		const { problems, users } = await sync(sandbox.current, rows);
		expect(problems).toEqual([
			expect.objectContaining({
				severity: 'unsupported',
				row: 10,
				message: expect.stringContaining(
					'Address of person10@yunhe.example is "person10@yunhe.example" and should be "married10@yunhe.example"',
				),
				remedy: expect.stringContaining('rename it in the admin console'),
			}),
		]);
		expect(users).toEqual([
			expect.objectContaining({ changes: { jobTitle: { from: 'Engineer', to: 'Lead' } } }),
		]);
		expect(sandbox.current.alimail.users()).toHaveLength(10);
	});

	test('by number only: a mailbox with the address of a joiner is not taken over', async () => {
		hand({});
		const { problems, summary } = await sync(sandbox.current, [...people(10), person(11)], {
			matchBy: 'employeeNo',
		});
		expect(summary).toMatchObject({ created: 0, failed: 1 });
		expect(problems[0]!.message).toContain('There already is an account with the address');
		expect(account(sandbox.current, 11)!.name).toBe('Made by Hand');
	});

	test('by address only: the number is an ordinary field, and without a stated scope nobody is a leaver', async () => {
		hand({});
		const rows = people(9).map((row) => ({ ...row, email: row.email.toUpperCase() }));
		rows[8] = { ...rows[8]!, no: 'N9' };
		const { users, summary } = await sync(sandbox.current, rows, { matchBy: 'email' });
		expect(summary).toMatchObject({ updated: 1, frozen: 0 });
		expect(users).toEqual([expect.objectContaining({ changes: { employeeNo: { from: 'E9', to: 'N9' } } })]);
	});

	test('a row with the number of one person and the address of another touches neither', async () => {
		const rows = [...people(9), person(10, { no: 'E11' })];
		rows[8] = person(9, { email: 'person10@yunhe.example', title: 'Lead' });
		const { problems } = await sync(sandbox.current, rows);
		expect(problems.filter(({ severity }) => severity !== 'unsupported')).not.toEqual([]);
		expect(problems.map(({ row }) => row)).toEqual(expect.arrayContaining([9, 10]));
		expect(writes(sandbox.current)).toBe(0);
	});
});

describe('whom the sync looks after', () => {
	const nobodyButOne = [person(1)];
	const open = { guards: { maxShrinkPercent: 0, maxLeaverPercent: 0 } };
	const frozen = () =>
		sandbox.current.alimail
			.users()
			.filter(({ status }) => status === 'FREEZE')
			.map(({ email }) => email);

	test('protected addresses, accounts without a number and service accounts are never touched', async () => {
		const { alimail } = sandbox.current;
		alimail.seed({
			users: [
				{ email: 'postmaster@yunhe.example', employeeNo: 'P1', jobTitle: 'Admin' },
				{ email: 'Admin@example.com', employeeNo: 'P2' },
				{ email: 'it-robot@yunhe.example', employeeNo: 'P3' },
				{ email: 'info@yunhe.example', employeeNo: 'P4', employeeType: 'SERVICE' },
				{ email: 'guest@yunhe.example' },
			],
		});
		const rows = [
			...nobodyButOne,
			person(99, { no: 'P1', email: 'postmaster@yunhe.example', title: 'Chief' }),
		];
		const { problems } = await sync(sandbox.current, rows, {
			...open,
			protected: 'postmaster@*, admin@*, *-robot@yunhe.example',
		});
		expect(frozen().sort()).toEqual(
			people(10, 1)
				.slice(1)
				.map(({ email }) => email)
				.sort(),
		);
		expect(alimail.user('postmaster@yunhe.example')).toMatchObject({ status: 'NORMAL', jobTitle: 'Admin' });
		expect(problems).toEqual([]);
	});

	test('a department with everything below it', async () => {
		const scope = { department: { __rl: true, mode: 'path', value: 'R&D' } };
		const { summary, problems } = await sync(sandbox.current, [person(1), person(2, { title: 'Lead' })], {
			...open,
			scope,
		});
		expect(frozen().sort()).toEqual([3, 5, 7, 9].map((number) => `person${number}@yunhe.example`));
		expect(summary).toMatchObject({ frozen: 4, updated: 0 });
		// Person 2 is in Sales: named, not changed.
		expect(problems).toEqual([expect.objectContaining({ severity: 'outside', row: 2 })]);
	});

	test('a domain', async () => {
		sandbox.current.alimail.seed({ users: [{ email: 'else@example.com', employeeNo: 'X1' }] });
		const rows = [...people(10), person(11, { email: 'person11@example.com' })];
		await sync(sandbox.current, rows, {
			scope: { domain: '@Example.com' },
			guards: { ...open.guards, maxInvalidPercent: 0 },
		});
		expect(frozen()).toEqual(['else@example.com']);
	});

	test('by address, a stated scope makes leavers', async () => {
		sandbox.current.alimail.seed({ users: [{ email: 'else@example.com' }] });
		const { summary } = await sync(sandbox.current, people(10), {
			matchBy: 'email',
			scope: { domain: 'yunhe.example' },
		});
		expect(summary).toMatchObject({ frozen: 0, updated: 0 });
		await sync(sandbox.current, people(9), { matchBy: 'email', scope: { domain: 'yunhe.example' } });
		expect(frozen()).toEqual(['person10@yunhe.example']);
	});

	test('a scope that is not there stops the run before anything is read as missing', async () => {
		const scope = { department: { __rl: true, mode: 'path', value: 'R&D/Gone' } };
		const { error } = await sync(sandbox.current, people(10), { scope });
		expect(error!.message).toBe('There is no department “R&D/Gone”');
		expect(writes(sandbox.current)).toBe(0);
	});
});
