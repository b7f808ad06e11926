import { NODE } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { byId, ERROR_OUTPUT, problem, run } from './support';

const sandbox = useSandbox();
beforeEach(() => {
	sandbox.current.sendpulse.settings.requestsPerSecond = 1000;
});
const people = (count: number) =>
	Array.from({ length: count }, (_, i) => ({ json: { email: `p${i}@x.example`, no: `00${i}` } }));
const writes = () => sandbox.current.requests.list().filter(({ path }) => path.endsWith('/emails')).length;
const asText = (value: string) => ({ variable: [{ name: 'No', type: 'text', value }] });

describe('adding', () => {
	test('a thousand items with three bad ones: ten requests, 997 contacts, three named problems', async () => {
		const list = sandbox.current.sendpulse.addList('Customers');
		const items = people(1000);
		for (const at of [3, 500, 999]) items[at]!.json.email = `bad ${at}`;
		const form = { list: byId(list.id), email: '={{ $json.email }}', variables: asText('={{ $json.no }}') };
		const done = await run(sandbox.current, 'contact.add', form, { items, settings: ERROR_OUTPUT });
		expect(done.error).toBeUndefined();
		expect(writes()).toBe(10);
		expect(list.contacts.size).toBe(997);
		expect(list.contacts.get('p7@x.example')?.variables).toEqual({ No: '007' });
		expect(done.json(NODE, 0)).toHaveLength(997);
		expect(done.json(NODE, 0)[0]).toEqual({ email: 'p0@x.example', list: String(list.id), result: true });
		const problems = done.json(NODE, 1) as Array<{ error: string; details: object }>;
		expect(problems.map(({ error }) => error)).toEqual(
			[3, 500, 999].map((at) => expect.stringContaining(`“bad ${at}”`)),
		);
		expect(problems[0]!.details).toMatchObject({ field: 'Email Address', outcome: 'notSent' });
	});

	test('items for several lists go to each by itself', async () => {
		const [a, b] = ['A', 'B'].map((name) => sandbox.current.sendpulse.addList(name));
		const items = [a!, b!, a!].map(({ id }, i) => ({ json: { list: id, email: `p${i}@x.example` } }));
		const done = await run(
			sandbox.current,
			'contact.add',
			{ list: { __rl: true, mode: 'id', value: '={{ $json.list }}' }, email: '={{ $json.email }}' },
			{ items },
		);
		expect(done.json(NODE).map(({ email, list }) => [email, list])).toEqual([
			['p0@x.example', String(a!.id)],
			['p1@x.example', String(b!.id)],
			['p2@x.example', String(a!.id)],
		]);
		expect([a!.contacts.size, b!.contacts.size, writes()]).toEqual([2, 1, 2]);
	});

	test('a number is sent as one, a date as a day, and what is no number is named', async () => {
		const list = sandbox.current.sendpulse.addList('Customers');
		const form = (value: string) => ({
			list: byId(list.id),
			email: 'ana@x.example',
			variables: {
				variable: [
					{ name: 'Age', type: 'number', value },
					{ name: 'Since', type: 'date', value: '2026-11-21T09:30' },
				],
			},
		});
		await run(sandbox.current, 'contact.add', form('42'));
		expect(list.contacts.get('ana@x.example')?.variables).toEqual({ Age: 42, Since: '2026-11-21' });
		expect((await problem(sandbox.current, 'contact.add', form('many'))).error).toContain('is not a number');
	});

	test('with double opt-in the contact is asked first', async () => {
		const list = sandbox.current.sendpulse.addList('Customers');
		const form = { list: byId(list.id), email: 'ana@x.example', optIn: 'double', language: 'en' };
		await run(sandbox.current, 'contact.add', { ...form, senderEmail: 'shop@example.com' });
		expect(list.contacts.get('ana@x.example')?.status).toBe(0);
		const { error, details } = await problem(sandbox.current, 'contact.add', {
			...form,
			senderEmail: 'x@y.example',
		});
		expect(error).toBe('The account has no such sender');
		expect(details).toMatchObject({ code: '704', outcome: 'refused' });
	});

	test('a lost answer: added again when that does no harm, and not when the contact would be asked twice', async () => {
		const list = sandbox.current.sendpulse.addList('Customers');
		const form = { list: byId(list.id), email: 'ana@x.example' };
		const lost = () =>
			sandbox.current.faults.add({ service: 'sendpulse', path: /\/emails$/, kind: 'resetAfter' });
		lost();
		expect((await run(sandbox.current, 'contact.add', form)).json(NODE)).toHaveLength(1);
		expect(writes()).toBe(2);
		lost();
		const double = { ...form, optIn: 'double', senderEmail: 'shop@example.com' };
		const { details } = await problem(sandbox.current, 'contact.add', double);
		expect(details).toMatchObject({ outcome: 'unknown', canRetry: false });
		expect(writes()).toBe(3);
	});
});

test('unsubscribing and deleting many: one request for up to a hundred', async () => {
	const emails = people(150).map(({ json }) => json.email);
	const list = sandbox.current.sendpulse.addList('Customers', emails);
	const form = { list: byId(list.id), email: '={{ $json.email }}' };
	const gone = await run(sandbox.current, 'contact.unsubscribe', form, { items: people(150) });
	expect(gone.json(NODE)).toHaveLength(150);
	expect([...list.contacts.values()].every(({ status }) => status === 3)).toBe(true);
	await run(sandbox.current, 'contact.delete', form, { items: people(150) });
	expect(list.contacts.size).toBe(0);
	const asked = sandbox.current.requests.list().filter(({ method }) => method !== 'GET');
	expect(asked.filter(({ path }) => path.includes('/emails'))).toHaveLength(4);
	const { error, details } = await problem(sandbox.current, 'contact.delete', {
		...form,
		email: 'x@x.example',
	});
	expect(error).toBe('None of these addresses is in the mailing list');
	expect(details).toMatchObject({ code: '303' });
});

test('a delete whose answer got lost is one that was done', async () => {
	const list = sandbox.current.sendpulse.addList('Customers', ['ana@x.example']);
	sandbox.current.faults.add({ service: 'sendpulse', method: 'DELETE', kind: 'resetAfter' });
	const done = await run(sandbox.current, 'contact.delete', { list: byId(list.id), email: 'ana@x.example' });
	expect(done.json(NODE)).toEqual([{ email: 'ana@x.example', list: String(list.id), deleted: true }]);
});

test('reading: all over several pages, some, one', async () => {
	const list = sandbox.current.sendpulse.addList(
		'Customers',
		people(230).map(({ json }) => json.email),
	);
	const all = await run(sandbox.current, 'contact.getAll', { list: byId(list.id), returnAll: true });
	expect(all.json(NODE)).toHaveLength(230);
	const some = await run(sandbox.current, 'contact.getAll', {
		list: byId(list.id),
		returnAll: false,
		limit: 7,
	});
	expect(some.json(NODE)).toHaveLength(7);
	const one = await run(sandbox.current, 'contact.get', { list: byId(list.id), email: 'p3@x.example' });
	expect(one.json(NODE)).toMatchObject([{ email: 'p3@x.example', status: 1 }]);
});

describe('mailing lists', () => {
	test('create, rename, read, delete', async () => {
		const [made] = (await run(sandbox.current, 'mailingList.create', { name: 'Customers' })).json(NODE);
		const { id } = made as { id: number };
		await run(sandbox.current, 'mailingList.update', { list: byId(id), name: 'Buyers' });
		expect((await run(sandbox.current, 'mailingList.get', { list: byId(id) })).json(NODE)).toMatchObject([
			{ id, name: 'Buyers' },
		]);
		const all = await run(sandbox.current, 'mailingList.getAll', { returnAll: true });
		expect(all.json(NODE).map(({ name }) => name)).toEqual(['Newsletter', 'Buyers']);
		expect((await run(sandbox.current, 'mailingList.delete', { list: byId(id) })).json(NODE)).toEqual([
			{ id: String(id), deleted: true },
		]);
		expect(sandbox.current.sendpulse.account.lists.has(id)).toBe(false);
	});

	test('a name that is taken, and a list that is not there', async () => {
		sandbox.current.sendpulse.addList('Customers');
		expect(await problem(sandbox.current, 'mailingList.create', { name: 'Customers' })).toMatchObject({
			error: 'A mailing list of this name is there already',
			details: { code: '203', field: 'Name' },
		});
		expect(await problem(sandbox.current, 'mailingList.get', { list: byId(9) })).toMatchObject({
			error: 'SendPulse has no such mailing list',
			details: { code: '213' },
		});
	});
});

describe('one that is there', () => {
	const made = () => {
		const list = sandbox.current.sendpulse.addList('Customers', ['ana@x.example', 'ben@x.example']);
		return { list, form: { list: byId(list.id), email: 'ana@x.example' } };
	};

	test('variables are changed, and the others stay', async () => {
		const { list, form } = made();
		const ana = list.contacts.get('ana@x.example')!;
		ana.variables = { City: 'Rome', Age: 3 };
		const variables = { variable: [{ name: 'City', type: 'text', value: 'Berlin' }] };
		const done = await run(sandbox.current, 'contact.update', { ...form, variables });
		expect(done.json(NODE)).toMatchObject([
			{ email: 'ana@x.example', variables: { City: 'Berlin' }, result: true },
		]);
		expect(ana.variables).toEqual({ City: 'Berlin', Age: 3 });
		const { error } = await problem(sandbox.current, 'contact.update', form);
		expect(error).toContain('names no variable');
	});

	test('a number of another form is cleaned, and what is none is refused', async () => {
		const { list, form } = made();
		await run(sandbox.current, 'contact.setPhone', { ...form, phone: '+49 (151) 123-456' });
		expect(list.contacts.get('ana@x.example')?.phone).toBe('+49151123456');
		const { details } = await problem(sandbox.current, 'contact.setPhone', { ...form, phone: 'ring me' });
		expect(details).toMatchObject({ field: 'Phone', outcome: 'notSent' });
	});

	test('is found by a variable', async () => {
		const { list, form } = made();
		list.contacts.get('ben@x.example')!.variables = { City: 'São Paulo' };
		const search = { ...form, variable: 'City', value: 'São Paulo' };
		const done = await run(sandbox.current, 'contact.getByVariable', search);
		expect(done.json(NODE)).toMatchObject([{ email: 'ben@x.example' }]);
		const { error } = await problem(sandbox.current, 'contact.getByVariable', {
			...search,
			variable: 'Town',
		});
		expect(error).toBe('The list has no such variable');
	});

	test('is known across lists, and leaves all of them', async () => {
		const { list } = made();
		const other = sandbox.current.sendpulse.addList('Buyers', ['ana@x.example']);
		const items = [...people(150), { json: { email: 'Ana@x.example', no: '' } }];
		const form = { email: '={{ $json.email }}' };
		const across = await run(sandbox.current, 'contact.getAcrossLists', form, { items });
		expect(across.json(NODE)).toHaveLength(151);
		expect(across.json(NODE)[0]).toEqual({ email: 'p0@x.example', lists: [] });
		expect(across.json(NODE)[150]).toMatchObject({ lists: [{ book_id: list.id }, { book_id: other.id }] });
		const asked = sandbox.current.requests.list().filter(({ path }) => path === '/emails');
		expect(asked).toHaveLength(2);
		const numbers = await run(sandbox.current, 'contact.getStatistics', { email: 'ana@x.example' });
		expect(numbers.json(NODE)).toMatchObject([{ email: 'ana@x.example', sent: 0, blacklist: false }]);
		await run(sandbox.current, 'contact.deleteFromAllLists', { email: 'ana@x.example' });
		expect([list.contacts.size, other.contacts.size]).toEqual([1, 0]);
	});
});

test('a list tells its variables, and what a campaign to it takes', async () => {
	const list = sandbox.current.sendpulse.addList('Customers', ['ana@x.example']);
	list.contacts.get('ana@x.example')!.variables = { City: 'Rome', Age: 3 };
	const form = { list: byId(list.id) };
	expect((await run(sandbox.current, 'mailingList.getVariables', form)).json(NODE)).toEqual([
		{ name: 'City', type: 'string' },
		{ name: 'Age', type: 'number' },
	]);
	expect((await run(sandbox.current, 'mailingList.getCost', form)).json(NODE)).toMatchObject([
		{ list: String(list.id), cur: 'USD', sent_emails_qty: 1 },
	]);
});
