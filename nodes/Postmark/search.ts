import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../core/http/client';
import { ServiceError } from '../../core/errors';
import type { Paginator } from '../../core/http/pagination';
import { isData } from '../../core/http/response';
import { listOf } from './connection';

/** “Count + Offset cannot exceed 10,000” (https://postmarkapp.com/developer/api/bounce-api#bounces, and for messages). */
const REACH = 10_000;

/** Stands in the help of every search that has the limit. */
export const REACH_HELP =
	'Postmark’s search reaches 10,000 results: narrow it with the dates to get all of more.';

/** A search of Postmark: where it is, where its rows are, and what they are called. */
export interface Search {
	path: string;
	rows: string;
	/** In the plural: "emails". */
	what: string;
}

/**
 * What a search finds, `limit` rows at most.
 *
 * @throws {ServiceError} before the first row, when more is wanted than the search reaches: half a list must not pass for all.
 */
export async function* search(
	client: Client,
	{ path, rows, what }: Search,
	query: IDataObject,
	limit: number,
): AsyncGenerator<IDataObject> {
	const pages = listOf(rows);
	const paging: Paginator = {
		...pages,
		rows(answer) {
			const total = isData(answer) ? Number(answer.TotalCount) : NaN;
			if (total > REACH && limit > REACH) throw tooMany(total, what);
			return pages.rows(answer);
		},
	};
	yield* client.pages(path, paging, query, limit);
}

function tooMany(total: number, what: string): ServiceError {
	return new ServiceError({
		service: 'Postmark',
		message: `${total.toLocaleString('en')} ${what} match, and Postmark’s search reaches only the first ${REACH.toLocaleString('en')} of them`,
		remedy:
			"Narrow it with 'From Date' and 'To Date', a month or a week at a time, or set a 'Limit' of 10,000 or less to get the newest.",
		field: 'Filters',
	});
}
