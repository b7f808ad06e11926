import type { IDataObject } from 'n8n-workflow';
import { cursorPagination, offsetPagination, type Paginator } from '../../../core/http/pagination';
import { NODE, runNode } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { alimail, people } from '../support/nodes';
import { json, tinyServer } from '../support/tinyServer';

const sandbox = useSandbox();
beforeEach(() => {
	sandbox.current.alimail.settings.requestsPerSecond = 10_000;
});

const listUsers = (parameters: Record<string, unknown>, credential = {}) =>
	alimail(sandbox.current, {
		parameters: { resource: 'user', operation: 'getAll', ...parameters },
		credential,
	});
const listings = () => sandbox.current.requests.list({ path: '/v2/users' });

describe('by cursor, through the engine', () => {
	test.each([
		['all of 250', 250, { returnAll: true }, 250, 3],
		['an exact multiple of a page asks for no page more', 200, { returnAll: true }, 200, 2],
		['none', 0, { returnAll: true }, 0, 1],
		['a limit below a page asks for that many', 250, { returnAll: false, limit: 7 }, 7, 1],
		['a limit over several pages', 250, { returnAll: false, limit: 120 }, 120, 2],
		['a limit of exactly one page', 250, { returnAll: false, limit: 100 }, 100, 1],
	])('%s', async (_, count, parameters, rows, requests) => {
		sandbox.current.alimail.seed({ users: people(count) });
		const run = await runNode(listUsers(parameters));
		expect(run.error).toBeUndefined();
		expect(run.json(NODE).map(({ email }) => email)).toEqual(
			people(count)
				.slice(0, rows)
				.map(({ email }) => email),
		);
		for (const { pairedItem } of run.items(NODE)) expect(pairedItem).toEqual({ item: 0 });
		expect(listings()).toHaveLength(requests);
		if (rows === 7) expect(listings()[0]!.query).toContain('size=7');
	});

	test('a page in the middle that fails is asked for again, and no row is lost or doubled', async () => {
		sandbox.current.alimail.seed({ users: people(250) });
		sandbox.current.faults.add({ service: 'alimail', kind: 'resetAfter', path: '/v2/users', after: 1 });
		const run = await runNode(listUsers({ returnAll: true }));
		expect(run.json(NODE).map(({ email }) => email)).toEqual(people(250).map(({ email }) => email));
	});

	test.each([
		['names the same page again', { users: [{ id: '1' }], hasMore: true, nextCursor: 'again' }],
		['says that there is more, and not where', { users: [{ id: '1' }], hasMore: true }],
	])('a list that %s is an error: half a list must not pass for the whole', async (_, page) => {
		const server = await tinyServer((request, response) =>
			request.url!.includes('oauth2')
				? json(response, { access_token: 'token-1', expires_in: 3600 })
				: json(response, page),
		);
		const run = await runNode(listUsers({ returnAll: true }, { baseUrl: server.url }));
		await server.close();
		expect(run.error?.message).toContain('The list broke off');
		expect(server.seen.length).toBeLessThan(5);
	});
});

/** Reads everything as the client does, from a service that holds `rows`. */
function readAll(paging: Paginator, answer: (query: IDataObject) => IDataObject, limit = Infinity) {
	const size = Math.min(paging.maxSize, limit);
	const queries: IDataObject[] = [];
	const rows: unknown[] = [];
	let query: IDataObject | undefined = paging.first(size);
	while (query !== undefined && rows.length < limit) {
		queries.push(query);
		const page = answer(query);
		const found = paging.rows(page) ?? [];
		rows.push(...found);
		const next = paging.next(page, found, query, size);
		query = next && 'query' in next ? next.query : undefined;
	}
	return { rows: rows.slice(0, limit), queries };
}

describe('by offset', () => {
	const names = { rows: 'rows', offset: 'offset', limit: 'count', maxSize: 10 };
	const service = (count: number, total: boolean) => (query: IDataObject) => ({
		rows: Array.from({ length: count }, (_, id) => ({ id })).slice(
			Number(query.offset),
			Number(query.offset) + Number(query.count),
		),
		...(total ? { total: count } : {}),
	});

	test.each([
		['with a total', true, 25, 3],
		['with a total, an exact multiple asks for no page more', true, 20, 2],
		['without a total, a short page is the last', false, 25, 3],
		['without a total, only an empty page tells that a full one was the last', false, 20, 3],
		['nothing at all', true, 0, 1],
	])('%s', (_, total, count, requests) => {
		const { rows, queries } = readAll(
			offsetPagination({ ...names, ...(total ? { total: 'total' } : {}) }),
			service(count, total),
		);
		expect(rows).toEqual(Array.from({ length: count }, (_row, id) => ({ id })));
		expect(queries).toHaveLength(requests);
	});

	test('a limit smaller than a page', () => {
		const { rows, queries } = readAll(offsetPagination({ ...names, total: 'total' }), service(25, true), 4);
		expect(rows).toHaveLength(4);
		expect(queries).toEqual([{ offset: 0, count: 4 }]);
	});

	test('a service that gives smaller pages than asked for is read to the end', () => {
		const small = (query: IDataObject) => service(25, true)({ ...query, count: 4 });
		expect(readAll(offsetPagination({ ...names, total: 'total' }), small).rows).toHaveLength(25);
	});

	test('an empty page before the total is reached is an error', () => {
		const broken = (query: IDataObject) =>
			Number(query.offset) < 10 ? service(25, true)(query) : { rows: [], total: 25 };
		expect(() => readAll(offsetPagination({ ...names, total: 'total' }), broken)).toThrow(
			'The list broke off',
		);
	});
});

test('by cursor with "has more": when there is none, a cursor that is given all the same is not followed', () => {
	const paging = cursorPagination({
		rows: 'rows',
		cursor: 'cursor',
		size: 'size',
		next: 'next',
		hasMore: 'hasMore',
		maxSize: 2,
	});
	const { queries } = readAll(paging, () => ({ rows: [{ id: 1 }], next: 'more', hasMore: false }));
	expect(queries).toHaveLength(1);
});

test('by cursor without "has more": the last page has no cursor', () => {
	const paging = cursorPagination({ rows: 'rows', cursor: 'cursor', size: 'size', next: 'next', maxSize: 2 });
	const pages: Record<string, IDataObject> = {
		'': { rows: [{ id: 1 }, { id: 2 }], next: 'b' },
		b: { rows: [{ id: 3 }], next: '' },
	};
	const { rows, queries } = readAll(paging, ({ cursor = '' }) => pages[String(cursor)]!);
	expect(rows).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
	expect(queries).toEqual([{ size: 2 }, { size: 2, cursor: 'b' }]);
});
