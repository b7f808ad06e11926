import { NODE, runNode } from '../../../../support/runNode';
import {
	account,
	COLUMNS,
	mapping,
	node,
	people,
	person,
	seedPeople,
	syncAnyway as sync,
	syncParameters,
	useAlimail,
	writes,
} from '../../support';

const sandbox = useAlimail();

describe('an empty cell', () => {
	beforeEach(() => seedPeople(sandbox.current, people(5)));
	const rows = [...people(4), person(5, { title: '', manager: null, department: '  ' })];

	test('leaves the field as it is', async () => {
		expect((await sync(sandbox.current, rows)).users).toEqual([]);
		expect(account(sandbox.current, 5)!.jobTitle).toBe('Engineer');
	});

	test('clears the field when that is chosen, but never takes somebody out of all departments', async () => {
		const { users, problems } = await sync(sandbox.current, rows, { options: { emptyCells: 'clear' } });
		expect(users).toEqual([expect.objectContaining({ row: 5, status: 'done' })]);
		expect(users[0]!.changes).toEqual({
			jobTitle: { from: 'Engineer', to: '' },
			managerEmail: { from: 'person1@yunhe.example', to: '' },
		});
		expect(problems).toEqual([]);
		expect(account(sandbox.current, 5)!.jobTitle).toBeUndefined();
		expect(account(sandbox.current, 5)!.managerId).toBeUndefined();
		expect(sandbox.current.alimail.pathsOf(account(sandbox.current, 5)!)).toEqual(['R&D/Platform']);
		expect((await sync(sandbox.current, rows, { options: { emptyCells: 'clear' } })).users).toEqual([]);
	});

	test('and a column that is not mapped is never compared', async () => {
		const { jobTitle: _title, ...others } = COLUMNS;
		const changed = people(5).map((row) => ({ ...row, title: 'Lead' }));
		expect((await sync(sandbox.current, changed, { columns: mapping(others) })).users).toEqual([]);
	});
});

describe('columns mapped by themselves', () => {
	const columns = { mappingMode: 'autoMapInputData', value: null };

	test.each([
		[
			'called like the fields',
			{
				employeeNo: 10042,
				email: 'li@yunhe.example',
				name: '李',
				department: 'R&D',
				jobTitle: 'Lead',
				isHidden: 'TRUE',
			},
		],
		[
			'called like the labels, whatever the case and spaces',
			{
				'employee number': 10042,
				ADDRESS: 'li@yunhe.example',
				Name: '李',
				Department: 'R&D',
				'Job  Title': 'Lead',
				hidden_in_address_book: 'yes',
				'Shoe Size': 44,
			},
		],
	])('%s', async (_, row) => {
		const { problems } = await sync(sandbox.current, [row], { columns });
		expect(problems).toEqual([]);
		expect(sandbox.current.alimail.user('li@yunhe.example')).toMatchObject({
			employeeNo: '10042',
			name: '李',
			jobTitle: 'Lead',
			isHidden: true,
		});
		expect((await sync(sandbox.current, [row], { columns })).users).toEqual([]);
	});

	test('without a column for the address every row says so', async () => {
		const { problems } = await sync(
			sandbox.current,
			[{ employeeNo: 'E1', name: '李', contact: 'a@yunhe.example' }],
			{
				columns,
			},
		);
		expect(problems).toEqual([
			expect.objectContaining({ severity: 'blocked' }),
			expect.objectContaining({ row: 1, message: 'Item 1: Email Address "" is missing' }),
		]);
	});
});

describe('the first password', () => {
	const columns = mapping({ ...COLUMNS, initialPassword: '={{ $json.password }}' });
	const rows = [
		person(1, { password: 'Right-Horse-7' }),
		person(2, { password: '' }),
		person(3, { password: 'Right-Horse-7' }),
	];
	const canSignIn = async (number: number, password: string) => {
		const token = await fetch(`${sandbox.current.alimail.url}/oauth2/v2.0/token`, {
			method: 'POST',
			body: new URLSearchParams({
				grant_type: 'client_credentials',
				client_id: sandbox.current.alimail.appId,
				client_secret: sandbox.current.alimail.appSecret,
			}),
		});
		const { access_token } = (await token.json()) as { access_token: string };
		// The one request that tells whether a password is right.
		const answer = await fetch(
			`${sandbox.current.alimail.url}/v2/users/person${number}%40yunhe.example/changePassword`,
			{
				method: 'POST',
				headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
				body: JSON.stringify({ old: password, new: 'Another-Horse-8' }),
			},
		);
		return answer.ok;
	};

	test('is the row’s, or a random one that is shown once', async () => {
		const { users } = await sync(sandbox.current, rows, { columns });
		expect(users[0]).not.toHaveProperty('initialPassword');
		const made = String(users[1]!.initialPassword);
		expect(made).toHaveLength(16);
		expect(account(sandbox.current, 2)!.forceChangePasswordNextSignIn).toBe(true);
		expect(await canSignIn(1, 'Right-Horse-7')).toBe(true);
		expect(await canSignIn(2, made)).toBe(true);
	});

	test('stands in the output that is marked as sensitive, and in nothing else', async () => {
		const { users, summary, problems } = await sync(sandbox.current, rows, { columns });
		const made = String(users[1]!.initialPassword);
		const { initialPassword: _made, ...rest } = users[1]!;
		for (const secret of [made, 'Right-Horse-7'])
			expect(JSON.stringify([rest, users[0], summary, problems])).not.toContain(secret);
		const type = (await runNode(node(sandbox.current, syncParameters()), [{}])).engine.nodeType(
			'n8n-nodes-mailops.alimail',
		);
		expect(type.description.sensitiveOutputFields).toContain('initialPassword');
	});

	test('is not set again on accounts that exist, and needs no change when that is chosen', async () => {
		await sync(sandbox.current, rows, { columns, options: { forceChange: false } });
		expect(account(sandbox.current, 2)!.forceChangePasswordNextSignIn).toBe(false);
		const changed = rows.map((row) => ({ ...row, password: 'Wrong-Horse-9' }));
		expect((await sync(sandbox.current, changed, { columns })).users).toEqual([]);
		expect(await canSignIn(1, 'Right-Horse-7')).toBe(true);
	});
});

test('everybody is listed when unchanged users are included', async () => {
	seedPeople(sandbox.current, people(5));
	const { users } = await sync(sandbox.current, people(5), { options: { includeUnchanged: true } });
	expect(users.map(({ row, action, status, reason }) => [row, action, status, reason])).toEqual(
		people(5).map((_, index) => [index + 1, 'none', 'unchanged', 'Nothing has changed']),
	);
	expect(writes(sandbox.current)).toBe(0);
});

test('the sync has three outputs, every other operation one', async () => {
	const outputsOf = async (parameters: object) => {
		const run = await runNode(node(sandbox.current, parameters as never));
		expect(run.error).toBeUndefined();
		return run.raw.data.resultData.runData[NODE]![0]!.data!.main!.length;
	};
	expect(await outputsOf(syncParameters({ mode: 'preview' }))).toBe(3);
	expect(await outputsOf({ resource: 'domain', operation: 'getAll' })).toBe(1);
	expect(await outputsOf({ resource: 'department', operation: 'getAll' })).toBe(1);
});

test('each item knows the row it comes from', async () => {
	const rows = [person(1), person(2, { name: '' }), person(3)];
	const run = await runNode(node(sandbox.current, syncParameters()), rows);
	expect(run.items(NODE, 0).map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
	expect(run.items(NODE, 1).map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
});

test('a column that is shown and left blank in the mapping is not mapped, even where empty cells clear', async () => {
	seedPeople(sandbox.current, people(10));
	const blank = mapping({ ...COLUMNS, jobTitle: '', phone: '' });
	const { summary } = await sync(sandbox.current, people(10), {
		columns: blank,
		options: { emptyCells: 'clear' },
	});
	expect(summary).toMatchObject({ hold: 'nothing', unchanged: 10 });
	expect(writes(sandbox.current)).toBe(0);
});
