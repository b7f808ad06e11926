import { account, people, person, seedPeople, sync, useAlimail, writes } from '../../support';

const sandbox = useAlimail();

beforeEach(() => seedPeople(sandbox.current, people(10)));

const department = (value: string) => ({ department: { __rl: true, mode: 'path', value } });
/** Those of the ten who are in R&D. */
const inside = people(10).filter(({ department: name }) => name.startsWith('R&D'));
const count = () => sandbox.current.alimail.users().length;

describe('somebody new who would be outside the scope is reported and not created', () => {
	test.each([
		[
			'another domain',
			{ domain: 'yunhe.example' },
			people(10),
			person(11, { email: 'person11@example.com' }),
			'Item 11 (person11@example.com) is outside the scope of this sync: its address is not in yunhe.example. No account is created.',
		],
		[
			'another department',
			department('R&D'),
			inside,
			person(12),
			'Item 6 (person12@yunhe.example) is outside the scope of this sync: its department (Sales) is not R&D nor below it. No account is created.',
		],
		[
			'a department that is not there yet',
			department('R&D'),
			inside,
			person(11, { department: 'Sales/New' }),
			'Item 6 (person11@yunhe.example) is outside the scope of this sync: its department (Sales/New) is not R&D nor below it. No account is created.',
		],
	])('%s', async (_, scope, rows, joiner, message) => {
		const before = [...sandbox.current.alimail.departments()].length;
		const { problems, users, summary, error } = await sync(sandbox.current, [...rows, joiner], { scope });
		expect(error).toBeUndefined();
		expect(problems).toEqual([
			expect.objectContaining({
				severity: 'outside',
				message,
				remedy: 'Nothing, if that is meant. If not, widen the scope, or correct the row.',
			}),
		]);
		expect(users).toEqual([]);
		expect(summary).toMatchObject({ created: 0, outside: 1, invalid: 0, hold: 'nothing' });
		expect([count(), writes(sandbox.current), [...sandbox.current.alimail.departments()].length]).toEqual([
			10,
			0,
			before,
		]);
	});

	test('nor with a default department outside', async () => {
		const { problems } = await sync(sandbox.current, [...inside, person(11, { department: '' })], {
			scope: department('R&D'),
			options: { defaultDepartment: department('Sales').department },
		});
		expect(problems).toEqual([expect.objectContaining({ severity: 'outside', row: 6 })]);
		expect(count()).toBe(10);
	});

	test('many of them are no bad rows: the others are done', async () => {
		const rows = [
			...inside,
			person(11, { title: 'Lead' }),
			...people(40, 20).map((one) => ({ ...one, department: 'Sales' })),
		];
		const { summary } = await sync(sandbox.current, rows, {
			scope: department('R&D'),
			guards: { firstLoad: 1 },
		});
		expect(summary).toMatchObject({ created: 1, outside: 40, hold: 'nothing' });
		expect(account(sandbox.current, 11)).toBeDefined();
	});
});

test.each([
	['below it', 'R&D/Platform'],
	['that is not there yet', 'R&D/New/Team'],
	['of the scope, as no other is named', ''],
])('somebody new in a department %s is created', async (_, name) => {
	const rows = [...inside, person(11, { department: name })];
	const { summary, problems } = await sync(sandbox.current, rows, {
		scope: department('R&D'),
		guards: { firstLoad: 1 },
	});
	expect(problems).toEqual([]);
	expect(summary).toMatchObject({ created: 1, outside: 0 });
	expect((await sync(sandbox.current, rows, { scope: department('R&D') })).users).toEqual([]);
});

describe('a list wholly outside the scope is an error', () => {
	test.each([
		['of people who have accounts', people(10).filter(({ department: name }) => name === 'Sales')],
		['of new people', people(5, 20).map((one) => ({ ...one, department: 'Sales' }))],
	])('%s', async (_, rows) => {
		for (const mode of ['preview', 'apply']) {
			const { error } = await sync(sandbox.current, rows, { mode, scope: department('R&D') });
			expect(error!.message).toMatch(
				/^All 5 rows of the list are outside the scope of this sync\. Nothing was done\. Item 1 /,
			);
			expect(error!.description).toContain('and the list: they must be about the same accounts');
		}
		expect(writes(sandbox.current)).toBe(0);
	});

	test('and so is one of which the rest cannot be used', async () => {
		const rows = [
			...people(3, 20).map((one) => ({ ...one, department: 'Sales' })),
			person(1, { email: 'no address' }),
		];
		const { error } = await sync(sandbox.current, rows, { scope: department('R&D') });
		expect(error!.message).toContain(
			'Of the 4 rows of the list 3 are outside the scope of this sync, and none of the others can be used.',
		);
		expect(writes(sandbox.current)).toBe(0);
	});
});
