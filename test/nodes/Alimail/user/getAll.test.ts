import { people, requests, run, seedPeople, useAlimail } from '../support';

const sandbox = useAlimail();

const list = async (parameters: object = {}) =>
	await run(sandbox.current, 'user.getAll', { returnAll: true, ...parameters });
const emails = async (filters: object) => (await list({ filters })).map(({ email }) => email);

/** Odd numbers are in R&D/Platform, even ones in Sales; number 4 is frozen, 250 is a service account. */
beforeEach(() => {
	const { alimail } = sandbox.current;
	seedPeople(sandbox.current, people(250));
	const { directory } = alimail;
	directory.updateUser(alimail.user('person4@yunhe.example')!, { status: 'FREEZE' });
	directory.updateUser(alimail.user('person250@yunhe.example')!, { employeeType: 'SERVICE', name: '前台' });
});

test('all, over several pages, a hundred in a request', async () => {
	const users = await list();
	expect(users.map(({ email }) => email)).toEqual(people(250).map(({ email }) => email));
	expect(users[1]).toMatchObject({
		employeeNo: 'E2',
		jobTitle: 'Engineer',
		managerEmail: 'person1@yunhe.example',
		departmentIds: [sandbox.current.alimail.department('Sales')!.id],
		status: 'NORMAL',
	});
	expect(requests(sandbox.current)).toBe(3);
});

test.each([
	[7, 1],
	[100, 1],
	[120, 2],
	[1000, 3],
])('a limit of %i asks for %i pages', async (limit, pages) => {
	const users = await list({ returnAll: false, limit });
	expect(users).toHaveLength(Math.min(limit, 250));
	expect(requests(sandbox.current)).toBe(pages);
});

test('fields: those that are chosen, and no others', async () => {
	const [first] = await list({ returnAll: false, limit: 1, fields: ['email', 'isHidden'] });
	expect(first).toEqual({ email: 'person1@yunhe.example', isHidden: false });
});

describe('filters', () => {
	const department = (value: string) => ({ __rl: true, mode: 'path', value });

	test('a department with those below it, over several pages', async () => {
		const found = await emails({ department: department('R&D') });
		expect(found).toHaveLength(125);
		expect(found.slice(0, 2)).toEqual(['person1@yunhe.example', 'person3@yunhe.example']);
	});

	test.each([
		['employee number', { employeeNo: 'E77' }, ['person77@yunhe.example']],
		['status', { status: 'FREEZE' }, ['person4@yunhe.example']],
		['type', { employeeType: 'SERVICE' }, ['person250@yunhe.example']],
		['part of the name', { search: '前' }, ['person250@yunhe.example']],
		['part of the address', { search: 'PERSON24@' }, ['person24@yunhe.example']],
		['several together', { search: 'person4', status: 'FREEZE' }, ['person4@yunhe.example']],
		[
			'an expression',
			{ expression: '(&(employeeNo=E8*)(!(jobTitle=x))(name=*88))' },
			['person88@yunhe.example'],
		],
		['nothing found', { employeeNo: 'none' }, []],
	])('%s', async (_, filters, expected) => {
		expect(await emails(filters)).toEqual(expected);
	});

	test('the top of the organization is no limit', async () => {
		expect(await emails({ department: { __rl: true, mode: 'id', value: '$root' } })).toHaveLength(250);
	});

	test.each([
		['employeeNo', 'E1)(status=*', 'Employee Number'],
		['search', 'a*b', 'Search'],
		['search', 'a\\29', 'Search'],
	])('a sign that would change the filter is refused: %s %s', async (field, value, label) => {
		const asking = emails({ [field]: value });
		await expect(asking).rejects.toThrow(`'${label}' has a character that Alimail’s search does not take`);
		expect(requests(sandbox.current)).toBe(0);
	});

	test('an expression with a mistake comes back with Alimail’s words', async () => {
		const error = await emails({ expression: '(name=' }).catch((e: unknown) => e as { description: string });
		expect((error as { description: string }).description).toContain('field=value is expected');
	});
});
