import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { AddressInfo } from 'node:net';
import { installParsers } from '../../sandbox/shell/parsers';
import { type Field, type Problem, readFields, readQuery } from '../../sandbox/shell/table/fields';
import { mountTable } from '../../sandbox/shell/table/mount';
import { type OpenApi, describe as described } from '../../sandbox/shell/table/openapi';
import { cursorPages, offsetPages, wholeList } from '../../sandbox/shell/table/pages';
import { type Manners, type Table, TableStore, hexId, serial } from '../../sandbox/shell/table/table';
import mailchimp from '../fixtures/openapi/mailchimp.json';
import sendpulse from '../fixtures/openapi/sendpulse.json';
import { answerFaults } from '../support/description';
import { ask } from './client';

/** Rows and manners of services that are unlike the ones built: nested paths, problem documents, plain arrays, cursors. */
class Refusal extends Error {
	constructor(
		readonly status: number,
		readonly body: object,
	) {
		super('refused');
	}
}

type Json = Record<string, unknown>;
const LISTS = ['a1b2', 'c3d4'];
interface InList {
	list: string;
}

function problem(status: number, title: string, errors: readonly Problem[] = []): Refusal {
	const fields = errors.map(({ field, what }) => ({ field, message: what }));
	return new Refusal(status, { status, title, ...(errors.length > 0 ? { errors: fields } : {}) });
}

const store = new TableStore();

/** In the manner of Mailchimp: below a list, all faults at once, 204 for a removal, PATCH. */
const chimp: Manners<InList, Table<object, InList>> = {
	open(request) {
		const { list_id: list = '' } = request.params as Record<string, string>;
		if (!LISTS.includes(list)) throw problem(404, 'Resource Not Found');
		return { list };
	},
	reading: {},
	unknown: (field) => ({ kind: 'unknown', field, what: 'is not known' }),
	refuse: (problems) => problem(400, 'Invalid Resource', problems),
	missing: () => problem(404, 'Resource Not Found'),
	taken: (value) => problem(400, `${String(value)} exists`),
	full: () => problem(400, 'Too many'),
	pages: offsetPages({ size: { name: 'count', preset: 10, max: 1000 }, offset: 'offset' }),
	envelope: (rows, { total }, table, { list }) => ({
		[table.path.split('/').at(-1)!.replace('-', '_')]: rows,
		list_id: list,
		total_items: total,
	}),
	status: { remove: 204 },
};

const MERGE_FIELDS = '/lists/{list_id}/merge-fields';
const official = described(mailchimp as unknown as OpenApi, 'POST', MERGE_FIELDS)!;

const mergeFields: Table<Json, InList> = {
	path: MERGE_FIELDS,
	id: {
		parameter: 'merge_id',
		field: 'merge_id',
		next: ({ list }) => serial(store.of(MERGE_FIELDS, list).values(), 'merge_id'),
	},
	records: ({ list }) => store.of(MERGE_FIELDS, list),
	verbs: ['list', 'create', 'get', 'update', 'remove'],
	// As the official description has them: nothing is written a second time.
	fields: official.body!,
	filters: { type: { type: 'string' }, required: { type: 'boolean' } },
	unique: { field: 'tag' },
	most: 4,
	make: (draft, { list }) => ({
		required: false,
		public: false,
		default_value: '',
		help_text: '',
		display_order: 0,
		...draft,
		list_id: list,
		tag: draft.tag ?? String(draft.name).toUpperCase(),
	}),
	examples: { create: (n) => ({ name: `Field${n}`, type: 'text' }) },
};

const members: Table<Json, InList> = {
	path: '/lists/{list_id}/members',
	id: { parameter: 'hash', field: 'id' },
	records: ({ list }) => store.of('members', list),
	verbs: ['list', 'get', 'upsert'],
	fields: {
		email: { type: 'string', required: true },
		status: { type: 'string', choices: ['subscribed', 'pending'], default: 'pending' },
		merge_fields: {
			type: 'object',
			fields: { FNAME: { type: 'string', default: '' }, LNAME: { type: 'string', default: '' } },
		},
	},
	pages: cursorPages({ size: { name: 'limit', preset: 2, max: 100 }, cursor: 'cursor' }),
	examples: { create: (n) => ({ email: `a${n}@example.org` }) },
};

const notes: Table<Json, InList> = {
	path: '/lists/{list_id}/notes',
	id: { parameter: 'note_id', field: 'id', next: () => hexId(10) },
	records: ({ list }) => store.of('notes', list),
	verbs: ['create', 'get', 'replace'],
	fields: { text: { type: 'string', required: true }, colour: { type: 'string', default: 'grey' } },
	actions: {
		'actions/shout': {
			method: 'POST',
			fields: { times: { type: 'integer', min: 1, max: 3 } },
			act: ({ text }, _context, { times = 1 }) => ({ text: `${String(text)}!`.repeat(Number(times)) }),
		},
	},
	examples: { create: (n) => ({ text: `Note ${n}` }) },
};

/** In the manner of SendPulse: plain arrays, a create that answers the id alone, a change with other names. */
const books: Table<Json, object> = {
	path: '/addressbooks',
	id: { parameter: 'id', field: 'id', next: () => serial(store.of('books').values(), 'id') },
	records: () => store.of('books'),
	verbs: ['list', 'create', 'get', 'put', 'remove'],
	fields: described(sendpulse as unknown as OpenApi, 'POST', '/addressbooks')!.body!,
	changes: described(sendpulse as unknown as OpenApi, 'PUT', '/addressbooks/{id}')!.body!,
	make: ({ id, bookName }) => ({ id, name: bookName, all_email_qty: 0, status: 0 }),
	answers: { create: ({ id }) => ({ id }), get: (book) => [book], change: () => ({ result: true }) },
	examples: { create: (n) => ({ bookName: `Book ${n}` }) },
};
const pulse: Manners<object, Table<object, object>> = {
	open: () => ({}),
	reading: { nullIsAbsent: true },
	unknown: () => undefined,
	refuse: ([first]) => new Refusal(400, { error_code: 8, message: `${first?.field} ${first?.what}` }),
	missing: () => new Refusal(404, { error_code: 213, message: 'Book not found' }),
	taken: () => new Refusal(400, { error_code: 203 }),
	full: () => new Refusal(400, { error_code: 203 }),
	pages: offsetPages({ size: { name: 'limit', preset: 100, max: 100, clamped: true }, offset: 'offset' }),
	envelope: (rows) => rows,
	removed: () => ({ result: true }),
};

let app: FastifyInstance;
let url = '';
beforeAll(async () => {
	app = Fastify();
	installParsers(app, 1_000_000);
	app.setErrorHandler(async (error, _request: FastifyRequest, reply) => {
		if (!(error instanceof Refusal)) throw error;
		return await reply.code(error.status).send(error.body);
	});
	for (const table of [mergeFields, members, notes]) {
		mountTable<InList, Table<object, InList>>(app, table, {
			...chimp,
			envelope: (rows, page, one, context, request) =>
				one.path.endsWith('members')
					? { members: rows, next: page.next ?? null }
					: chimp.envelope(rows, page, one, context, request),
		});
	}
	mountTable<object, Table<object, object>>(app, books, pulse);
	await app.listen({ port: 0, host: '127.0.0.1' });
	url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
});
afterAll(async () => await app.close());
beforeEach(() => store.clear());

const call = async (method: string, path: string, body?: unknown) =>
	await ask(`${url}${path}`, {
		method,
		headers: body === undefined ? {} : { 'content-type': 'application/json' },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
const FIELDS = '/lists/a1b2/merge-fields';

describe('fields of the official description, below a list', () => {
	test('made with its defaults, a number for an id, and as the description has it', async () => {
		const { status, body } = await call('POST', FIELDS, { name: 'Tea', type: 'text', options: { size: 7 } });
		expect([status, body]).toMatchObject([
			200,
			{ merge_id: 1, tag: 'TEA', list_id: 'a1b2', options: { size: 7 } },
		]);
		const faults = answerFaults(mailchimp as unknown as OpenApi, 'POST', MERGE_FIELDS, status, body);
		expect(faults.filter((fault) => !/_links|options/.test(fault))).toEqual([]);
		expect((await call('POST', FIELDS, { name: 'Cup', type: 'text' })).body.merge_id).toBe(2);
	});

	test('all that is wrong is said at once, with its place', async () => {
		const { status, body } = await call('POST', FIELDS, {
			type: 'colour',
			options: { size: 'big' },
			nme: 'x',
		});
		expect(status).toBe(400);
		expect(body.errors).toEqual([
			{ field: 'type', message: expect.stringContaining('must be one of text, number') },
			{ field: 'options.size', message: 'must be a whole number' },
			{ field: 'nme', message: 'is not known' },
			{ field: 'name', message: 'is required' },
		]);
	});

	test('two parents share nothing, and one that is not there has none', async () => {
		await call('POST', FIELDS, { name: 'Tea', type: 'text' });
		expect((await call('GET', '/lists/c3d4/merge-fields')).body.total_items).toBe(0);
		expect((await call('GET', '/lists/none/merge-fields')).status).toBe(404);
		expect((await call('GET', '/lists/c3d4/merge-fields/1')).status).toBe(404);
	});

	test('taken names, and too many', async () => {
		for (const name of ['A', 'B', 'C']) await call('POST', FIELDS, { name, type: 'text', tag: name });
		expect((await call('POST', FIELDS, { name: 'x', type: 'text', tag: 'A' })).body.title).toBe('A exists');
		expect((await call('PATCH', `${FIELDS}/2`, { name: 'B', tag: 'A' })).body.title).toBe('A exists');
		expect((await call('PATCH', `${FIELDS}/2`, { name: 'B', tag: 'B' })).status).toBe(200);
		await call('POST', FIELDS, { name: 'D', type: 'text' });
		expect((await call('POST', FIELDS, { name: 'E', type: 'text' })).body.title).toBe('Too many');
	});

	test('filters and pages', async () => {
		for (const [name, type] of [
			['A', 'text'],
			['B', 'number'],
			['C', 'text'],
		])
			await call('POST', FIELDS, { name, type });
		const list = async (query: string) => (await call('GET', `${FIELDS}?${query}`)).body;
		const names = ({ merge_fields: rows }: Json) => (rows as Json[]).map(({ name }) => name);
		expect(names(await list('type=text'))).toEqual(['A', 'C']);
		expect(await list('type=text')).toMatchObject({ total_items: 2 });
		expect(names(await list('required=true'))).toEqual([]);
		expect(names(await list('count=1&offset=1'))).toEqual(['B']);
		expect(names(await list('offset=7'))).toEqual([]);
		for (const wrong of ['count=0', 'count=1001', 'count=ten', 'offset=-1', 'cuont=1', 'required=maybe'])
			expect([wrong, (await list(wrong)).status]).toEqual([wrong, 400]);
	});

	test('PATCH changes what it names, objects field by field; a removal answers 204', async () => {
		await call('POST', FIELDS, { name: 'A', type: 'text', options: { size: 7, default_country: 164 } });
		const { body } = await call('PATCH', `${FIELDS}/1`, { name: 'B', options: { size: 8 } });
		expect(body).toMatchObject({ name: 'B', type: 'text', options: { size: 8, default_country: 164 } });
		const gone = await call('DELETE', `${FIELDS}/1`);
		expect([gone.status, gone.text]).toEqual([204, '']);
		expect((await call('DELETE', `${FIELDS}/1`)).status).toBe(404);
	});
});

describe('PUT', () => {
	test('that makes what is not there, under the id of its path', async () => {
		const path = '/lists/a1b2/members/0f3e';
		expect((await call('PUT', path, { status: 'subscribed' })).body.errors).toEqual([
			{ field: 'email', message: 'is required' },
		]);
		const made = await call('PUT', path, { email: 'a@example.org', merge_fields: { FNAME: 'Ana' } });
		expect(made.body).toEqual({
			id: '0f3e',
			email: 'a@example.org',
			status: 'pending',
			merge_fields: { FNAME: 'Ana', LNAME: '' },
		});
		await call('PUT', path, { merge_fields: { LNAME: 'Li' } });
		expect((await call('GET', path)).body).toMatchObject({
			email: 'a@example.org',
			merge_fields: { FNAME: 'Ana', LNAME: 'Li' },
		});
	});

	test('that replaces puts back what it does not name, and wants what is required', async () => {
		const { body } = await call('POST', '/lists/a1b2/notes', { text: 'A', colour: 'red' });
		expect(body.id).toMatch(/^[0-9a-f]{10}$/);
		const path = `/lists/a1b2/notes/${String(body.id)}`;
		expect((await call('PUT', path, { text: 'B' })).body).toMatchObject({ text: 'B', colour: 'grey' });
		expect((await call('PUT', path, { colour: 'red' })).status).toBe(400);
	});
});

test('actions read their own fields, and may come without a body', async () => {
	const { id } = (await call('POST', '/lists/a1b2/notes', { text: 'Hi' })).body;
	const path = `/lists/a1b2/notes/${String(id)}/actions/shout`;
	expect((await call('POST', path)).body).toEqual({ text: 'Hi!' });
	expect((await call('POST', path, { times: 2 })).body).toEqual({ text: 'Hi!Hi!' });
	expect((await call('POST', path, { times: 4 })).status).toBe(400);
	expect((await call('POST', '/lists/a1b2/notes/none/actions/shout')).status).toBe(404);
});

test('cursors neither lose nor repeat rows when others come and go', async () => {
	for (const id of ['a', 'b', 'c', 'd', 'e'])
		await call('PUT', `/lists/a1b2/members/${id}`, { email: `${id}@x.example` });
	const page = async (cursor?: unknown) => {
		const { body } = await call('GET', `/lists/a1b2/members${cursor ? `?cursor=${String(cursor)}` : ''}`);
		return { ids: (body.members as Json[]).map(({ id }) => id), next: body.next };
	};
	const first = await page();
	expect(first.ids).toEqual(['a', 'b']);
	store.of('members', 'a1b2').delete('a');
	const second = await page(first.next);
	expect(second.ids).toEqual(['c', 'd']);
	// The row that the cursor names is gone.
	store.of('members', 'a1b2').delete('d');
	expect(await page(second.next)).toEqual({ ids: ['e'], next: null });
	expect((await call('GET', '/lists/a1b2/members?cursor=nonsense')).status).toBe(400);
});

test('plain arrays, bare answers, and a change with names of its own', async () => {
	for (const n of [1, 2])
		expect((await call('POST', '/addressbooks', { bookName: `B${n}` })).body).toEqual({ id: n });
	expect((await call('GET', '/addressbooks?limit=500&offset=1')).body).toMatchObject([{ id: 2, name: 'B2' }]);
	expect((await call('PUT', '/addressbooks/1', { name: 'C' })).body).toEqual({ result: true });
	expect((await call('GET', '/addressbooks/1')).body).toMatchObject([{ id: 1, name: 'C' }]);
	expect((await call('DELETE', '/addressbooks/1')).body).toEqual({ result: true });
	expect((await call('POST', '/addressbooks', { bookName: null })).body).toEqual({
		error_code: 8,
		message: 'bookName is required',
	});
});

describe('reading', () => {
	const fields: Record<string, Field> = {
		Name: { type: 'string', required: true, max: 3 },
		Tags: {
			type: 'array',
			max: 2,
			items: { type: 'object', fields: { Id: { type: 'integer', required: true } } },
		},
		Note: { type: 'string', nullable: true },
		Kept: { type: 'string', fixed: true },
	};
	const unknown = (field: string): Problem => ({ kind: 'unknown', field, what: 'is not known' });
	const problems = (value: unknown, how: object = {}, whole = true) =>
		readFields(value, fields, { unknown, ...how }, whole).problems.map(
			({ kind, field }) => `${kind} ${field}`,
		);

	test.each([
		['a', ['notObject ']],
		[{}, ['required Name']],
		[{ Name: '' }, ['required Name']],
		[{ Name: 'Anna' }, ['limit Name']],
		[{ Name: 'Ana', Tags: [{ Id: 1 }, { Id: 'x' }] }, ['type Tags[1].Id']],
		[{ Name: 'Ana', Tags: [{}] }, ['required Tags[0].Id']],
		[{ Name: 'Ana', Tags: [{ Id: 1 }, { Id: 2 }, { Id: 3 }] }, ['limit Tags']],
		[{ Name: 'Ana', Note: null }, []],
		[{ Name: null }, ['type Name']],
		[{ name: 'Ana' }, ['unknown name', 'required Name']],
	])('%j', (value, found) => expect(problems(value)).toEqual(found));

	test('as a service reads: null as nothing, names in any case, fixed fields unknown in a change', () => {
		expect(problems({ Name: null }, { nullIsAbsent: true })).toEqual(['required Name']);
		expect(problems({ name: 'Ana' }, { anyCase: true })).toEqual([]);
		expect(problems({ Tags: [] }, {}, false)).toEqual([]);
		expect(problems({ Kept: 'x' }, {}, false)).toEqual(['unknown Kept']);
		expect(problems({ Name: '' }, {}, false)).toEqual(['required Name']);
	});

	test('a query is text', () => {
		const query = { n: { type: 'integer' }, yes: { type: 'boolean' }, list: { type: 'array' } } as const;
		const read = (value: object) => readQuery(value, query, { unknown }).given;
		expect(read({ n: '7', yes: 'TRUE', list: 'a,b' })).toEqual({ n: 7, yes: true, list: ['a', 'b'] });
		expect(readQuery({ n: '7.5' }, query, { unknown }).problems).toHaveLength(1);
	});
});

test('the whole list at once, and as far as can be reached', () => {
	expect(wholeList.cut([1, 2], {}, String)).toEqual({ rows: [1, 2], total: 2 });
	const { check } = offsetPages({ size: { name: 'count', max: 500 }, offset: 'offset', reach: 1000 });
	expect(check?.({ count: 500, offset: 500 })).toBeUndefined();
	expect(check?.({ count: 500, offset: 501 })).toMatchObject({ field: 'offset' });
});
