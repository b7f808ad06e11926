import type { IDataObject } from 'n8n-workflow';
import { AnswerTooLong } from '../../../core/http/body';
import type { Client } from '../../../core/http/client';
import { pagesOf } from '../connection';
import { withProblem } from './leftOut';
import { withoutNotes } from './messages';

/** What is asked of a list. */
export interface Asked {
	query?: IDataObject;
	headers?: Record<string, string>;
	limit: number;
	/** Rows of a page, at most. */
	size: number;
}

/**
 * Rows of a list of a mailbox. When a page makes too long an answer, it goes on with smaller ones; what is too long by itself
 * comes without its long texts, and says so in `problem`.
 */
export async function* rowsOf(list: string, client: Client, asked: Asked): AsyncGenerator<IDataObject> {
	const { limit, size } = asked;
	let [came, now] = [0, size];
	while (came < limit)
		try {
			for await (const row of rowsFrom(came, list, client, { ...asked, size: now })) {
				came++;
				yield withoutNotes(row);
			}
			return;
		} catch (error) {
			if (!(error instanceof AnswerTooLong)) throw error;
			if (now > 1) now = Math.floor(now / 2);
			else {
				yield withoutNotes(withProblem(await oneAt(came, list, client, asked, error)));
				came++;
				now = size;
			}
		}
}

/**
 * The rows after those that came. They are passed over with `$skip`, as Outlook's own links do
 * (https://learn.microsoft.com/graph/query-parameters#skip-parameter); a search, which takes none, begins anew.
 */
async function* rowsFrom(
	came: number,
	list: string,
	client: Client,
	{ query = {}, headers, limit, size }: Asked,
): AsyncGenerator<IDataObject> {
	const isSearch = query.$search !== undefined;
	const skipped = came === 0 || isSearch ? query : { ...query, $skip: came };
	let over = isSearch ? came : 0;
	const left = isSearch ? limit : limit - came;
	for await (const row of client.pages(list, pagesOf(size), skipped, left, headers))
		if (over-- <= 0) yield row;
}

/** The row after those that came, which is too long. @throws {AnswerTooLong} for one of a search */
async function oneAt(
	came: number,
	list: string,
	client: Client,
	{ query = {}, headers = {} }: Asked,
	failure: AnswerTooLong,
): Promise<IDataObject> {
	if (query.$search !== undefined)
		throw failure.with({
			message: `What was found at place ${came + 1} is too long for one answer`,
			remedy: 'Choose an Output without bodies, or change the search so that it does not find this one.',
			field: 'Search',
		});
	const { value } = await client.send<{ value: IDataObject[] }>({
		path: list,
		query: { ...query, $top: 1, ...(came === 0 ? {} : { $skip: came }) },
		headers,
		answer: ['value'],
		withoutLongTexts: true,
	});
	const [row] = value;
	if (row === undefined) throw failure;
	return row;
}
