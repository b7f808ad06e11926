import type { IDataObject } from 'n8n-workflow';
import type { MailingList } from '../../../sandbox/services/sendpulse/records';
import { getSyncColumns } from '../../../nodes/SendPulse/contact/sync/columns';
import { engineWith, NODE, nodeUnderTest } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { byId, run, sendPulseCredential } from './support';

const sandbox = useSandbox();
let list: MailingList;

interface Person {
	email: string;
	first?: string;
	age?: unknown;
	since?: string;
}

const people = (count: number): Person[] =>
	Array.from({ length: count }, (_, at) => ({ email: `person${at}@example.com`, first: `Name ${at}` }));

const COLUMNS = { email: '={{ $json.email }}', 'variable:string:FirstName': '={{ $json.first }}' };

beforeEach(() => {
	sandbox.current.sendpulse.settings.requestsPerSecond = 1_000;
	list = sandbox.current.sendpulse.addList('Staff');
});

/** How the list is before a sync. */
function has(...contacts: Person[]): void {
	for (const { email, first } of contacts)
		list.contacts.set(email, {
			email,
			phone: '',
			status: 1,
			variables: first === undefined ? {} : { FirstName: first },
		});
}

async function sync(rows: object[], parameters: IDataObject = {}, columns: object = COLUMNS) {
	sandbox.current.requests.clear();
	const done = await run(
		sandbox.current,
		'contact.sync',
		{
			list: byId(list.id),
			mode: 'apply',
			columns: { mappingMode: 'defineBelow', value: columns },
			...parameters,
		},
		{ items: rows.map((json) => ({ json: json as IDataObject })) },
	);
	if (done.error) throw done.error;
	return {
		contacts: done.json(NODE, 0),
		problems: done.json(NODE, 1),
		summary: done.json(NODE, 2)[0] as IDataObject,
		writes: sandbox.current.requests
			.list({ service: 'sendpulse' })
			.filter(({ method, path }) => method !== 'GET' && !path.includes('/oauth/'))
			.map(({ method, path }) => `${method} ${path.replace(/^.*\/emails/, '')}`),
	};
}

const said = (rows: IDataObject[]) =>
	rows.map(({ action, status, reason }) => `${String(action)} ${String(status)}: ${String(reason)}`);
const nameOf = (email: string) => list.contacts.get(email)?.variables.FirstName;

test('joiners, movers and leavers: a hundred in a request, and a second run has nothing to do', async () => {
	has(...people(1000));
	const rows = people(995);
	rows[3] = { ...rows[3]!, first: 'Renamed' };
	rows[4] = { ...rows[4]!, email: 'PERSON4@Example.com' };
	rows.push(...people(1150).slice(1000));
	const { contacts, problems, summary, writes } = await sync(rows, { leavers: 'delete' });
	expect(problems).toEqual([]);
	expect(summary).toMatchObject({ created: 150, updated: 1, deleted: 5 });
	// Two that add, one that changes.
	expect(writes).toEqual(['POST ', 'POST ', 'POST ', 'DELETE ']);
	expect(said(contacts.filter(({ action }) => action !== 'create'))).toEqual([
		'update done: Changed on the list: FirstName',
		...Array<string>(5).fill('delete done: No longer on the list'),
	]);
	expect([nameOf('person3@example.com'), nameOf('person1100@example.com')]).toEqual(['Renamed', 'Name 1100']);
	expect(list.contacts.size).toBe(1145);
	const again = await sync(rows, { leavers: 'delete' });
	expect([again.writes, again.contacts]).toEqual([[], []]);
});

test('a preview writes nothing', async () => {
	has(...people(10));
	const { summary, writes } = await sync(people(11), { mode: 'preview' });
	expect(writes).toEqual([]);
	expect(summary).toMatchObject({ created: 1 });
	expect(list.contacts.size).toBe(10);
});

describe('who unsubscribed', () => {
	beforeEach(() => {
		has(...people(10));
		list.contacts.get('person1@example.com')!.status = 3;
	});

	test('stays so, and is told; values are kept in step by a call that adds nobody', async () => {
		const rows = people(10);
		rows[1] = { ...rows[1]!, first: 'Renamed' };
		const { contacts, writes, summary } = await sync(rows);
		expect(said(contacts)).toEqual([
			'update done: Changed on the list: FirstName. Stays unsubscribed: unsubscribed, not confirmed or not reachable, and only the person can change that',
		]);
		expect(writes).toEqual(['POST /variable']);
		expect(list.contacts.get('person1@example.com')).toMatchObject({
			status: 3,
			variables: { FirstName: 'Renamed' },
		});
		expect(summary).toMatchObject({ stayUnsubscribed: 1 });
		expect(said((await sync(rows)).contacts)).toEqual([
			expect.stringContaining('Nothing has changed. Stays unsubscribed'),
		]);
	});

	test('is no leaver: the list remembers it', async () => {
		const rows = people(10).filter(({ email }) => email !== 'person1@example.com');
		const { contacts } = await sync(rows, { leavers: 'delete' });
		expect(contacts).toEqual([]);
		expect(list.contacts.get('person1@example.com')?.status).toBe(3);
	});
});

describe('who is on the blacklist', () => {
	beforeEach(() => {
		has(...people(10));
		sandbox.current.sendpulse.account.blacklist.add('person2@example.com').add('new@example.com');
	});

	test('is not added, and told as a problem', async () => {
		const { contacts, problems, writes } = await sync([
			...people(10),
			{ email: 'New@example.com', first: 'N' },
		]);
		expect(writes).toEqual([]);
		expect(problems).toEqual([
			expect.objectContaining({
				message: expect.stringContaining('the address is on the blacklist of the SendPulse account'),
			}),
		]);
		expect(said(contacts)).toEqual([
			'none unchanged: Nothing has changed. Stays unsubscribed: the address is on the blacklist of the SendPulse account',
		]);
		expect(list.contacts.has('new@example.com')).toBe(false);
	});
});

describe('leavers', () => {
	beforeEach(() => has(...people(10)));

	test('stay as they are unless something else is chosen', async () => {
		expect((await sync(people(9))).writes).toEqual([]);
	});

	test('are unsubscribed, and do not come back by the list', async () => {
		expect((await sync(people(9), { leavers: 'unsubscribe' })).writes).toEqual(['POST /unsubscribe']);
		expect(list.contacts.get('person9@example.com')?.status).toBe(3);
		const back = await sync(people(10), { leavers: 'unsubscribe' });
		expect(back.writes).toEqual([]);
		expect(said(back.contacts)).toEqual([expect.stringContaining('Stays unsubscribed')]);
	});

	test('are deleted, and come back when they are on the list again', async () => {
		await sync(people(9), { leavers: 'delete' });
		expect(list.contacts.has('person9@example.com')).toBe(false);
		expect((await sync(people(10), { leavers: 'delete' })).summary).toMatchObject({ created: 1 });
	});

	test('in a number that nobody expects are held, and let through by one approval', async () => {
		const held = await sync(people(5), { leavers: 'delete' });
		expect(held.summary).toMatchObject({ hold: 'everything', approved: false });
		expect(held.writes).toEqual([]);
		const approval = String(held.summary.approval);
		const { summary } = await sync(people(5), { leavers: 'delete', mode: 'approved', approval });
		expect(summary).toMatchObject({ approved: true, deleted: 5 });
	});
});

test('numbers are written as numbers, days as days; what is neither is told and not written', async () => {
	has(...people(10));
	const columns = {
		email: COLUMNS.email,
		'variable:number:Age': '={{ $json.age }}',
		'variable:date:Since': '={{ $json.since }}',
	};
	const rows: Person[] = people(10).map((person) => ({
		...person,
		age: '42',
		since: '2026-11-26T08:00:00Z',
	}));
	rows[1]!.age = 'old';
	rows[2]!.email = 'nobody';
	const { problems } = await sync(rows, {}, columns);
	expect(list.contacts.get('person0@example.com')?.variables).toMatchObject({ Age: 42, Since: '2026-11-26' });
	expect(problems.map(({ message }) => String(message)).join('\n')).toMatch(
		/is not a number[^]*is not a mail address/,
	);
	expect(list.contacts.get('person1@example.com')?.variables.Age).toBeUndefined();
	rows[1]!.age = '42.0';
	rows.splice(2, 1);
	await sync(rows, {}, columns);
	expect((await sync(rows, {}, columns)).writes).toEqual([]);
});

test('a list that is not read to its end is left alone', async () => {
	has(...people(150));
	sandbox.current.faults.add({
		service: 'sendpulse',
		path: `/addressbooks/${list.id}/emails/total`,
		kind: 'status',
		status: 200,
		body: { total: 151 },
	});
	const rows = people(150).map((person) => ({ ...person, first: 'X' }));
	const { summary, writes } = await sync(rows);
	expect(writes).toEqual([]);
	expect(summary).toMatchObject({ hold: 'everything' });
});

test('the mapping offers the variables of the chosen list', async () => {
	has({ email: 'ana@example.com', first: 'Ana' });
	list.contacts.get('ana@example.com')!.variables.Age = 42;
	const credentials = sendPulseCredential(sandbox.current);
	const parameters = { resource: 'contact', operation: 'sync', list: byId(list.id) };
	const node = nodeUnderTest({ type: 'sendPulse', parameters, credentials });
	const { fields } = await getSyncColumns.call(engineWith(credentials).editor(node));
	expect(fields.map(({ id, displayName }) => [id, displayName])).toEqual([
		['email', expect.stringContaining('Email Address')],
		['variable:string:FirstName', 'FirstName'],
		['variable:number:Age', 'Age'],
	]);
});
