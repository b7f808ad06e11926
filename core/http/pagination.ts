import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../errors';
import { isData } from './response';

/** How a service cuts a list into pages. All strategies keep one page in memory and never ask for a page twice. */
export interface Paginator {
	/** The query of the first page. `size` is the number of rows wanted, never more than the service's maximum. */
	first(size: number): IDataObject;
	/** What leads to the next page, or undefined after the last. @throws {ServiceError} when the list ends before its end. */
	next(answer: unknown, rows: unknown[], query: IDataObject, size: number): NextPage | undefined;
	/** The rows of an answer, or undefined when it is not a page of the list at all. */
	rows(answer: unknown): IDataObject[] | undefined;
	maxSize: number;
}

/** Another query of the same path, or an address that the service has given, which must be on its own origin. */
export type NextPage = { query: IDataObject } | { link: string };

/** Where the rows stand in an answer: a key, keys with dots between, or '' when the answer is the list. */
type RowsAt = string;

export interface OffsetNames {
	rows: RowsAt;
	offset: string;
	limit: string;
	/** Key with the number of all rows. */
	total?: string;
	maxSize: number;
}

/** `?offset=200&limit=100` with the number of all rows in the answer. Without a total, a short page is the last. */
export function offsetPagination(names: OffsetNames): Paginator {
	return {
		maxSize: names.maxSize,
		rows: (answer) => rowsOf(answer, names.rows),
		first: (size) => ({ [names.offset]: 0, [names.limit]: size }),
		next(answer, rows, query, size) {
			const offset = Number(query[names.offset]) + rows.length;
			const total = names.total === undefined ? NaN : Number(valueAt(answer, names.total) ?? NaN);
			const more = Number.isFinite(total) ? offset < total : rows.length > 0 && rows.length >= size;
			if (more && rows.length === 0) throw brokeOff(`${offset} of ${total} rows`);
			return more ? { query: { ...query, [names.offset]: offset } } : undefined;
		},
	};
}

export interface CursorNames {
	rows: RowsAt;
	cursor: string;
	size: string;
	next: string;
	hasMore?: string;
	maxSize: number;
}

/** `?cursor=…&size=100`, the next cursor in the answer. */
export function cursorPagination(names: CursorNames): Paginator {
	return {
		maxSize: names.maxSize,
		rows: (answer) => rowsOf(answer, names.rows),
		first: (size) => ({ [names.size]: size }),
		next(answer, _rows, query) {
			const cursor = valueAt(answer, names.next);
			const hasMore = names.hasMore === undefined ? undefined : valueAt(answer, names.hasMore);
			const isNamed = typeof cursor === 'string' && cursor !== '';
			if (hasMore === false || (!isNamed && hasMore !== true)) return undefined;
			if (!isNamed || cursor === query[names.cursor])
				throw brokeOff(isNamed ? 'the same page came twice' : 'there is more, and no way to it');
			return { query: { ...query, [names.cursor]: cursor } };
		},
	};
}

export interface LinkNames {
	rows: RowsAt;
	/** Key with the address of the next page, in full. */
	next: string;
	/** Query parameter with the number of rows of a page, when there is one. */
	size?: string;
	maxSize: number;
}

/** The address of the next page in the answer, followed whole. The client refuses one on another origin. */
export function linkPagination(names: LinkNames): Paginator {
	return {
		maxSize: names.maxSize,
		rows: (answer) => rowsOf(answer, names.rows),
		first: (size) => (names.size === undefined ? {} : { [names.size]: size }),
		next(answer) {
			const link = valueAt(answer, names.next);
			return typeof link === 'string' && link !== '' ? { link } : undefined;
		},
	};
}

/** A list without its rows is no empty list: `{}`, a renamed key or nothing at all would say "nobody is there". */
function rowsOf(answer: unknown, at: RowsAt): IDataObject[] | undefined {
	const rows = at === '' ? answer : valueAt(answer, at);
	return Array.isArray(rows) ? (rows as IDataObject[]) : undefined;
}

function valueAt(answer: unknown, at: string): unknown {
	if (!isData(answer) || Array.isArray(answer)) return undefined;
	// A key may have dots of its own: `@odata.nextLink`.
	if (Object.hasOwn(answer, at)) return answer[at];
	let value: unknown = answer;
	for (const key of at.split('.')) {
		if (!isData(value) || !Object.hasOwn(value, key)) return undefined;
		value = value[key];
	}
	return value;
}

/** Half a list must not pass for the whole: what is missing in it would be taken for gone. */
export function brokeOff(where: string): ServiceError {
	return new ServiceError({
		message: `The list broke off before its end: ${where}`,
		remedy: 'Run it again. If that does not help, the fault is the service’s.',
		canRetry: true,
	});
}
