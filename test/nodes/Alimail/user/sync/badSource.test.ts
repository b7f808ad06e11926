import { setTimeout as pause } from 'node:timers/promises';
import { standardApps } from '../../../../../sandbox/services/alimail/apps';
import {
	account,
	COLUMNS,
	mapping,
	people,
	person,
	requests,
	seedPeople,
	sync,
	useAlimail,
	writes,
} from '../../support';

const sandbox = useAlimail();

beforeEach(() => seedPeople(sandbox.current, people(10)));

const frozen = () => sandbox.current.alimail.users().filter(({ status }) => status === 'FREEZE').length;

describe('an export that cannot be right changes nothing', () => {
	test('a mapped column that no row has stops the node, with the columns there are, before Alimail is asked', async () => {
		const columns = mapping({ ...COLUMNS, jobTitle: "={{ $json['Job title'] }}" });
		const { error, users } = await sync(sandbox.current, people(10), { columns });
		expect(error!.message).toBe(
			'The mapping of “Job Title” refers to a column “Job title”, which no row has. Nothing was done',
		);
		expect(error!.description).toContain('The rows have: no, email, name, department, title, manager.');
		expect(users).toEqual([]);
		expect(requests(sandbox.current)).toBe(0);
	});

	test.each([
		['no item but the empty one of “Always Output Data”', [{}], 'The list has no rows.', 10],
		[
			'rows that are all unusable',
			people(3).map((row) => ({ ...row, name: '' })),
			'The list has no usable row (3 read). The first: Item 1: Name "" is missing.',
			// The accounts of unusable rows are left as they are, so they are no leavers.
			7,
		],
	])('%s', async (_, rows, message, held) => {
		const { summary, hints, users } = await sync(sandbox.current, rows);
		expect(summary).toMatchObject({ hold: 'everything', frozen: 0, held });
		expect(summary.guards).toContainEqual(
			expect.objectContaining({
				guard: 'emptySource',
				message,
				remedy: expect.stringContaining('Check that it is the right list'),
			}),
		);
		expect(hints.join()).toContain(`Held back. Nothing was changed. ${message}`);
		expect(users).toHaveLength(held);
		expect(users.every(({ status, action }) => status === 'held' && action === 'freeze')).toBe(true);
		expect(writes(sandbox.current)).toBe(0);
	});

	test('rows of which none has what people are recognised by stop the node, with where to choose it', async () => {
		const rows = people(10).map((row) => ({ ...row, no: ' ', title: 'Lead' }));
		const { error } = await sync(sandbox.current, rows);
		expect(error!.message).toBe(
			'People are to be recognised by “Employee Number”, but no row has one. Nothing was done',
		);
		expect(error!.description).toContain('choose another way in &#39;Recognise People By&#39;');
		expect(writes(sandbox.current)).toBe(0);
	});

	test('half an export: not even its changes are applied, and everyone who would be frozen is listed', async () => {
		const rows = people(5).map((row) => ({ ...row, title: 'Lead' }));
		const { summary, problems, users } = await sync(sandbox.current, rows);
		expect(summary).toMatchObject({ hold: 'everything', updated: 0, frozen: 0, held: 10 });
		const { message, remedy } = {
			message:
				'The list has 5 usable rows, but 10 active accounts belong to this sync: 50 % fewer (limit 20 %); 5 people would be frozen.',
			remedy: 'Check that the list is complete.',
		};
		expect(summary.guards).toContainEqual({ guard: 'sourceShrank', message, remedy });
		expect(summary.text).toContain('person10@yunhe.example');
		// Once, and not for everybody.
		expect(problems.filter(({ severity }) => severity === 'blocked')).toContainEqual({
			severity: 'blocked',
			message,
			remedy,
		});
		expect(problems).toHaveLength(2);
		expect(users.filter(({ action }) => action === 'freeze')).toHaveLength(5);
		expect(writes(sandbox.current)).toBe(0);
	});

	test('every third row broken', async () => {
		const rows = people(10).map((row, index) => (index % 3 ? row : { ...row, email: 'n/a', title: 'Lead' }));
		const { summary } = await sync(sandbox.current, rows);
		expect(summary.guards).toContainEqual(
			expect.objectContaining({
				guard: 'invalidRows',
				message: '4 of 10 rows cannot be used (4 invalid): 40 %, limit 20 %.',
			}),
		);
		expect(writes(sandbox.current)).toBe(0);
	});

	test('fewer rows than were said to be expected: not even with an approval', async () => {
		const parameters = { guards: { minRows: 12 } };
		const rows = [...people(10), person(11)];
		const first = await sync(sandbox.current, rows, parameters);
		expect(first.summary).toMatchObject({ hold: 'everything', created: 0 });
		expect(first.summary.guards).toEqual([
			expect.objectContaining({
				guard: 'incompleteRead',
				message:
					'The list has 11 rows, and at least 12 are expected: people may be missing who are really there.',
			}),
		]);
		await sync(sandbox.current, rows, {
			...parameters,
			mode: 'approved',
			approval: String(first.summary.approval),
		});
		expect(writes(sandbox.current)).toBe(0);
		expect((await sync(sandbox.current, [...rows, person(12)], parameters)).summary.created).toBe(2);
	});
});

describe('an app that may not', () => {
	const as = (permissions: object) => {
		sandbox.current.alimail.apps.add({ id: 'limited', secret: 'limited-secret', permissions });
		return { credential: { appId: 'limited', appSecret: 'limited-secret' } };
	};

	test('wrong secret: the run stops with where to find the right one, and the secret is nowhere', async () => {
		const credential = { appSecret: 'wrong-and-very-secret' };
		const { error } = await sync(sandbox.current, people(10), {}, { credential });
		expect(error!.message).toBe('Alimail refused the App ID or the Secret');
		expect(error!.description).toContain('Advanced Features, API Open Platform, the app, Edit');
		expect(JSON.stringify(error)).not.toContain('wrong-and-very-secret');
	});

	test('read departments: the run stops and names the permission', async () => {
		const { id, secret } = standardApps.usersOnly;
		const credential = { appId: id, appSecret: secret };
		const { error } = await sync(sandbox.current, people(10), {}, { credential });
		expect(error!.message).toBe('The Alimail app lacks the permission to read Departments');
		expect(error!.description).toContain('API Open Platform, the app, and tick Departments (read)');
		expect(writes(sandbox.current)).toBe(0);
	});

	test('write users: every person is told, nothing is changed, and the run says what to tick', async () => {
		const { id, secret } = standardApps.readOnly;
		const rows = [...people(9), person(11)];
		const { problems, summary } = await sync(
			sandbox.current,
			rows,
			{},
			{ credential: { appId: id, appSecret: secret } },
		);
		expect(summary).toMatchObject({ created: 0, frozen: 0, failed: 2 });
		expect(problems.map(({ message }) => message)).toEqual([
			'Item 10 (person11@yunhe.example) was not created: The Alimail app lacks the permission to write Users.',
			'person10@yunhe.example was not frozen: The Alimail app lacks the permission to write Users.',
		]);
		expect(problems[0]!.remedy).toContain('tick Users (read and write)');
		expect(sandbox.current.alimail.users()).toHaveLength(10);
		expect(frozen()).toBe(0);
	});

	test('make departments: who needs none is done', async () => {
		const permissions = { users: 'readWrite', departments: 'read', domains: 'read' };
		const rows = [...people(10), person(11), person(12, { department: 'New' })];
		const { problems, summary } = await sync(sandbox.current, rows, {}, as(permissions));
		expect(summary).toMatchObject({ created: 1, failed: 1 });
		expect(problems[0]).toMatchObject({
			row: 12,
			message: expect.stringContaining('lacks the permission to write Departments'),
		});
	});

	test('read domains: a hint says what was not checked, and all else goes on', async () => {
		const permissions = { users: 'readWrite', departments: 'readWrite' };
		const rows = [...people(10), person(11), person(12, { email: 'person12@elsewhere.example' })];
		const { hints, summary, problems } = await sync(sandbox.current, rows, {}, as(permissions));
		expect(hints).toEqual([
			expect.stringMatching(/^Addresses were not checked .*permission to read Domains/),
		]);
		expect(summary).toMatchObject({ created: 1, failed: 1 });
		expect(problems[0]).toMatchObject({
			row: 12,
			message: expect.stringContaining('does not belong to this organization'),
		});
	});
});

test('a listing that breaks off in the middle is no list of leavers: nothing is done', async () => {
	sandbox.current.faults.add({
		service: 'alimail',
		method: 'GET',
		path: '/v2/users',
		kind: 'status',
		status: 200,
		body: { users: [], hasMore: false, total: 10 },
	});
	const { summary } = await sync(sandbox.current, [...people(10), person(11)]);
	expect(summary.guards).toContainEqual(
		expect.objectContaining({
			guard: 'incompleteRead',
			message: 'Alimail did not show all its accounts, so people may seem new who are there already.',
		}),
	);
	expect(writes(sandbox.current)).toBe(0);
});

test('a mailbox that somebody makes between the look and the create is not taken over unseen', async () => {
	const fault = sandbox.current.faults.add({
		service: 'alimail',
		method: 'POST',
		path: '/v2/users',
		kind: 'slow',
		ms: 400,
	});
	const running = sync(sandbox.current, [...people(10), person(11)]);
	while (fault.played === 0) await pause(5);
	sandbox.current.alimail.seed({ users: [{ email: 'person11@yunhe.example', name: 'Made by Hand' }] });
	const { problems, summary } = await running;
	expect(summary).toMatchObject({ created: 0, failed: 1 });
	expect(problems).toEqual([
		expect.objectContaining({
			row: 11,
			message:
				'Item 11 (person11@yunhe.example) was not created: There already is an account with the address person11@yunhe.example (Made by Hand, employee number none).',
			remedy:
				'If it is the same person, give that account the employee number of the row, and the next run goes on with it. If not, give the new person another address.',
		}),
	]);
	expect(account(sandbox.current, 11)!.name).toBe('Made by Hand');
	expect(account(sandbox.current, 11)!.employeeNo).toBeUndefined();
});
