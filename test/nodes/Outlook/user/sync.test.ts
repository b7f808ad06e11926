import type { IDataObject } from 'n8n-workflow';
import { NODE } from '../../../support/runNode';
import { useSandbox } from '../../../support/services';
import { asked, run } from '../support';

const sandbox = useSandbox();
const directory = () => sandbox.current.outlook.directory;

interface Person {
	no: string;
	email: string;
	name: string;
	dept?: string;
	phone?: string;
}
const people = (count: number): Person[] =>
	Array.from({ length: count }, (_, at) => ({
		no: `E${String(at).padStart(4, '0')}`,
		email: `p${at}@contoso.example`,
		name: `Person ${at}`,
		dept: 'Sales',
		phone: '',
	}));

/** How the organization is before a sync. */
function has(list: Person[], more: object = {}): void {
	for (const { no, email, name, dept, phone } of list)
		directory().put(`id-${no}`, {
			userPrincipalName: email,
			mail: email,
			displayName: name,
			employeeId: no,
			department: dept,
			mobilePhone: phone ?? null,
			accountEnabled: true,
			createdDateTime: '2020-01-01T00:00:00Z',
			...more,
		});
}
const userOf = (email: string) => directory().find(email)?.props;

const COLUMNS = {
	mappingMode: 'defineBelow',
	value: {
		employeeId: '={{ $json.no }}',
		userPrincipalName: '={{ $json.email }}',
		displayName: '={{ $json.name }}',
		department: '={{ $json.dept }}',
		mobilePhone: '={{ $json.phone }}',
	},
	matchingColumns: [],
	schema: [],
};

async function sync(rows: object[], parameters: IDataObject = {}) {
	sandbox.current.requests.clear();
	const done = await run(
		sandbox.current,
		'user.sync',
		{ mode: 'apply', columns: COLUMNS, ...parameters },
		{ asApp: true, items: rows.map((row) => ({ json: row as IDataObject })) },
	);
	if (done.error) throw done.error;
	return {
		users: done.json(NODE, 0),
		problems: done.json(NODE, 1),
		summary: done.json(NODE, 2)[0]!,
		requests: asked(sandbox.current).filter((line) => line.includes('/v1.0/')),
	};
}

test('joiners, movers, leavers and who comes back, twenty writes in a request; again nothing is left to do', async () => {
	const list = people(200);
	has(list);
	directory().find('p3@contoso.example')!.props.accountEnabled = false;
	const rows = list.slice(0, 198).map((person, at) => (at < 30 ? { ...person, phone: '+49 30 1' } : person));
	rows.push({ no: '00417', email: 'ana@contoso.example', name: 'Ana Bauer', dept: 'Legal', phone: '' });
	const { users, problems, summary, requests } = await sync(rows);
	expect(problems).toEqual([]);
	expect(summary).toMatchObject({ created: 1, updated: 29, enabled: 1, disabled: 2 });
	expect(userOf('ana@contoso.example')).toMatchObject({
		employeeId: '00417',
		displayName: 'Ana Bauer',
		mailNickname: 'ana',
		accountEnabled: true,
	});
	expect(userOf('p3@contoso.example')).toMatchObject({ accountEnabled: true, mobilePhone: '+49 30 1' });
	expect(userOf('p199@contoso.example')).toMatchObject({ accountEnabled: false, department: 'Sales' });
	const [created] = users.filter(({ action }) => action === 'create');
	expect(created!.initialPassword).toEqual(expect.stringMatching(/^.{16}$/));
	// One to read, 33 writes by twenty.
	expect(requests.filter((line) => line.startsWith('GET'))).toHaveLength(1);
	expect(requests.filter((line) => line === 'POST /v1.0/$batch').length).toBeLessThanOrEqual(5);
	expect(requests).toHaveLength(1 + requests.filter((line) => line === 'POST /v1.0/$batch').length);
	const again = await sync(rows);
	expect(again.requests).toHaveLength(1);
	expect(again.users).toEqual([]);
});

test('a preview changes nothing, and an empty list disables nobody', async () => {
	has(people(20));
	const preview = await sync(people(19), { mode: 'preview' });
	expect(preview.users).toMatchObject([{ action: 'would disable', status: 'planned' }]);
	expect(preview.requests).toHaveLength(1);
	const { summary } = await sync(people(2));
	expect(summary.hold).not.toBe('nothing');
	expect(people(20).map(({ email }) => userOf(email)?.accountEnabled)).toEqual(Array(20).fill(true));
});

test('who is not its: guests, other domains, users without a number, and those of the own Active Directory', async () => {
	has(people(20));
	has([{ no: 'G1', email: 'guest@contoso.example', name: 'Guest' }], { userType: 'Guest' });
	has([{ no: 'D1', email: 'other@fabrikam.example', name: 'Other' }]);
	has([{ no: 'A1', email: 'local@contoso.example', name: 'Local' }], { onPremisesSyncEnabled: true });
	const { users } = await sync(people(20), { scope: { domain: 'contoso.example' } });
	expect(users).toEqual([]);
	expect(userOf('anna@contoso.example')).toMatchObject({ accountEnabled: true });
});

test('what Microsoft 365 would refuse is told before anything is sent; the rest is done', async () => {
	has(people(30));
	const rows = [
		...people(30),
		{ no: 'E900', email: 'nobody', name: 'X' },
		{ no: '12345678901234567', email: 'long@contoso.example', name: 'Long' },
		{ no: 'E901', email: 'eva@contoso.example', name: 'Eva' },
	];
	const { problems, summary } = await sync(rows, { guards: { maxInvalidPercent: 50 } });
	expect(problems.map(({ field, message }) => [field, message])).toEqual([
		['userPrincipalName', expect.stringContaining('is not a mail address')],
		['employeeId', expect.stringContaining('16 are the most')],
	]);
	expect(summary).toMatchObject({ created: 1 });
	expect(userOf('long@contoso.example')).toBeUndefined();
});

test('an address that somebody else has taken since is told, with the words of Microsoft', async () => {
	has(people(20));
	has([{ no: '', email: 'eva@contoso.example', name: 'Eva Other' }], { userType: 'Guest' });
	const { users, problems } = await sync([
		...people(20),
		{ no: 'E99', email: 'eva@contoso.example', name: 'Eva' },
	]);
	expect(users.filter(({ status }) => status === 'done')).toEqual([]);
	expect(problems).toHaveLength(1);
	expect(userOf('eva@contoso.example')).toMatchObject({ displayName: 'Eva Other' });
});

test('an answer that gets lost: the user is made once, and nobody says which password it has', async () => {
	has(people(20));
	sandbox.current.faults.add({ service: 'outlook', path: '/v1.0/$batch', kind: 'resetAfter' });
	const before = directory().users.size;
	const { users, problems } = await sync([
		...people(20),
		{ no: 'E99', email: 'eva@contoso.example', name: 'Eva' },
	]);
	expect(directory().users.size).toBe(before + 1);
	expect(users).toMatchObject([{ action: 'create', status: 'done' }]);
	expect(users[0]!.firstPassword).toBe('not known');
	expect(users[0]!.initialPassword).toBeUndefined();
	expect(problems).toMatchObject([{ severity: 'password' }]);
});

describe('managers', () => {
	const columns = { ...COLUMNS, value: { ...COLUMNS.value, managerEmail: '={{ $json.boss }}' } };
	/** Twenty people, and who leads them: by the number of their places. */
	const led = (bosses: Record<number, string>, count = 20) =>
		people(count).map((row, at) => ({ ...row, boss: bosses[at] ?? '' }));
	const CLEAR = { columns, options: { emptyCells: 'clear' } };
	const managerOf = (at: number) =>
		directory().users.get(directory().find(`p${at}@contoso.example`)?.manager ?? '')?.props.userPrincipalName;

	test('by address or number, also of somebody who joins in the same run, twenty in a request', async () => {
		has(people(20));
		const rows = led({ 20: 'P0@contoso.example', 21: 'E0001', 22: 'p20@contoso.example' }, 23);
		const { problems, users } = await sync(rows, { columns });
		expect(problems).toEqual([]);
		expect(users.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
		expect([20, 21, 22].map(managerOf)).toEqual([
			'p0@contoso.example',
			'p1@contoso.example',
			'p20@contoso.example',
		]);
		expect((await sync(rows, { columns })).requests).toHaveLength(1);
	});

	test('only differences are written: set, changed, taken away; a column that is not mapped touches nobody', async () => {
		has(people(20));
		for (const at of [1, 2, 3]) directory().find(`p${at}@contoso.example`)!.manager = 'id-E0000';
		const rows = led({ 1: 'p0@contoso.example', 2: 'p1@contoso.example', 4: 'E0000' });
		await sync(rows, CLEAR);
		expect([1, 2, 3, 4].map(managerOf)).toEqual([
			'p0@contoso.example',
			'p1@contoso.example',
			undefined,
			'p0@contoso.example',
		]);
		expect(directory().managed.toSorted()).toEqual(['removed id-E0003', 'set id-E0002', 'set id-E0004']);
		await sync(people(20));
		expect(directory().managed).toHaveLength(3);
	});

	test('one who is nobody is told by name, and stays as it is; the rest of the row is done', async () => {
		has(people(20));
		const rows = led({ 1: 'nobody@contoso.example' });
		rows[1]!.phone = '+49 30 1';
		const { problems } = await sync(rows, { columns });
		expect(problems).toMatchObject([{ message: expect.stringContaining('nobody@contoso.example') }]);
		expect(userOf('p1@contoso.example')).toMatchObject({ mobilePhone: '+49 30 1' });
	});

	test('an answer that gets lost: set once more, which is the same', async () => {
		has(people(20));
		directory().find('p3@contoso.example')!.manager = 'id-E0000';
		sandbox.current.faults.add({ service: 'outlook', path: '/v1.0/$batch', kind: 'resetAfter' });
		const { problems } = await sync(led({ 1: 'E0000' }), CLEAR);
		expect(problems).toEqual([]);
		expect([1, 3].map(managerOf)).toEqual(['p0@contoso.example', undefined]);
	});
});
