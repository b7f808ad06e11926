import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../errors';

/** How a service cuts a list into pages. All strategies keep one page in memory and never ask for a page twice. */
export interface Paginator {
	/** The query of the first page. `size` is the number of rows wanted, never more than the service's maximum. */
	first(size: number): IDataObject;
	/** The query of the next page, or undefined after the last. @throws {ServiceError} when the list ends before its end. */
	next(answer: IDataObject, rows: unknown[], query: IDataObject, size: number): IDataObject | undefined;
	rows(answer: IDataObject): IDataObject[];
	maxSize: number;
}

export interface OffsetNames {
	rows: string;
	offset: string;
	limit: string;
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
			const total = names.total === undefined ? NaN : Number(answer[names.total]);
			const more = Number.isFinite(total) ? offset < total : rows.length > 0 && rows.length >= size;
			if (more && rows.length === 0) throw brokeOff(`${offset} of ${total} rows`);
			return more ? { ...query, [names.offset]: offset } : undefined;
		},
	};
}

export interface CursorNames {
	rows: string;
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
			const cursor = answer[names.next];
			const hasMore = names.hasMore === undefined ? undefined : answer[names.hasMore];
			const isNamed = typeof cursor === 'string' && cursor !== '';
			if (hasMore === false || (!isNamed && hasMore !== true)) return undefined;
			if (!isNamed || cursor === query[names.cursor])
				throw brokeOff(isNamed ? 'the same page came twice' : 'there is more, and no way to it');
			return { ...query, [names.cursor]: cursor };
		},
	};
}

function rowsOf(answer: IDataObject, key: string): IDataObject[] {
	const rows = answer[key];
	return Array.isArray(rows) ? (rows as IDataObject[]) : [];
}

/** Half a list must not pass for the whole: what is missing in it would be taken for gone. */
function brokeOff(where: string): ServiceError {
	return new ServiceError({
		message: `The list broke off before its end: ${where}`,
		remedy: 'Run it again. If that does not help, the fault is the service’s.',
		canRetry: true,
	});
}
