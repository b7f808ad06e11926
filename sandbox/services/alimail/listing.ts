import { createHash } from 'node:crypto';
import type { Directory } from './directory';
import { checkManaged, knownQuery, selected, wholeNumber } from './fields';
import { candidates, compile, parseFilter } from './filter';
import { invalid } from './errors';
import type { User } from './records';
import { USER_FIELDS, showUser } from './views';

const QUERY = ['filter', 'size', 'cursor', 'order', 'orderby', 'managed', '$select'];

/** Which fields sort is not documented; these are the sandbox's own choice. */
const SORTABLE = ['createdTime', 'email', 'employeeNo', 'name', 'nickname'] as const;
type Sortable = (typeof SORTABLE)[number];

interface Cursor {
	/** Hash of filter and order: a cursor belongs to its own search. */
	search: string;
	/** Where the next page starts: the account's place in the sequence, or in the result when that is sorted. */
	from: number;
	total: number;
}

interface Search {
	matches: (user: User) => boolean;
	/** Accounts to look at, in order; holes are deleted ones. */
	pool: ReadonlyArray<User | undefined>;
	/** Whether the pool is part of the sequence: cursors then name an account's place in the whole. */
	narrowed: boolean;
	total: () => number;
}

/** One page of `GET /v2/users`: `{ users, nextCursor?, hasMore, total }`. */
export function listUsers(rawQuery: unknown, directory: Directory): object {
	const query = knownQuery(rawQuery, QUERY);
	checkManaged(query);
	const size = wholeNumber(query, 'size', 100, 1, 100);
	const fields = selected(query, USER_FIELDS);
	const search = createHash('sha1')
		.update(JSON.stringify([query.filter ?? '', query.order ?? '', query.orderby ?? '']))
		.digest('base64url')
		.slice(0, 10);
	const cursor = readCursor(query.cursor, search);
	const { matches, pool, narrowed, total } = plan(query, directory);

	const users: object[] = [];
	let at = cursor?.from ?? 0;
	if (narrowed && at > 0) {
		const from = at;
		const start = pool.findIndex((user) => user !== undefined && user.seq >= from);
		at = start < 0 ? pool.length : start;
	}
	for (; at < pool.length && users.length < size; at += 1) {
		const user = pool[at];
		if (user && matches(user)) users.push(showUser(user, directory, fields));
	}
	while (at < pool.length && !(pool[at] && matches(pool[at] as User))) at += 1;
	const hasMore = at < pool.length;
	const count = cursor?.total ?? total();
	return {
		users,
		hasMore,
		total: count,
		...(hasMore
			? { nextCursor: writeCursor({ search, from: narrowed ? (pool[at]?.seq ?? at) : at, total: count }) }
			: {}),
	};
}

function plan(query: Record<string, unknown>, directory: Directory): Search {
	const order = query.order ?? 'ASC';
	if (order !== 'ASC' && order !== 'DES') throw invalid('"order" must be ASC or DES.', 'order');
	const filter = query.filter ? parseFilter(String(query.filter)) : undefined;
	const matches = filter ? compile(filter, directory) : () => true;
	const few = filter && candidates(filter, directory);
	const sort = query.orderby !== undefined || order === 'DES';
	let pool: Search['pool'] = few ? inSequence(few, directory) : directory.sequence;
	if (sort) pool = sorted(pool, String(query.orderby ?? 'createdTime'), order);
	const total = () =>
		filter ? pool.reduce((sum, user) => sum + (user && matches(user) ? 1 : 0), 0) : directory.users.size;
	return { matches, pool, narrowed: few !== undefined && !sort, total };
}

function inSequence(ids: ReadonlySet<string>, directory: Directory): User[] {
	const users = [...ids].map((id) => directory.users.get(id)).filter((user) => user !== undefined);
	return users.sort((a, b) => a.seq - b.seq);
}

function sorted(pool: Search['pool'], field: string, order: 'ASC' | 'DES'): User[] {
	if (!SORTABLE.includes(field as Sortable)) {
		throw invalid(`"orderby" must be one of ${SORTABLE.join(', ')}.`, 'orderby');
	}
	const sign = order === 'ASC' ? 1 : -1;
	const key = (user: User) => user[field as Sortable] ?? '';
	return pool
		.filter((user) => user !== undefined)
		.sort((a, b) => sign * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.seq - b.seq));
}

function readCursor(raw: unknown, search: string): Cursor | undefined {
	if (raw === undefined || raw === '') return undefined;
	const fail = () => invalid('"cursor" is not one this search has given.', 'cursor');
	let cursor: Partial<Cursor>;
	try {
		cursor = JSON.parse(Buffer.from(String(raw), 'base64url').toString()) as Partial<Cursor>;
	} catch {
		throw fail();
	}
	if (
		cursor?.search !== search ||
		!Number.isSafeInteger(cursor.from) ||
		!Number.isSafeInteger(cursor.total)
	) {
		throw fail();
	}
	return cursor as Cursor;
}

function writeCursor(cursor: Cursor): string {
	return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}
