import type { IDataObject } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import type { ServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { rowsOf } from './lists';
import { withoutNotes } from './messages';

/** By which a record is found again, should the answer to its making get lost (https://learn.microsoft.com/graph/api/singlevaluelegacyextendedproperty-get says which kinds). */
const MARK = 'String {6f1c2a52-9a52-4f0e-8d0e-4d61696c4f70} Name mailops';

export interface Mark extends IDataObject {
	id: string;
	value: string;
}
export const newMark = (): Mark => ({ id: MARK, value: randomUUID() });

/** The record of a list with a mark; undefined when there is none. */
export async function markedIn(
	list: string,
	{ id, value }: Mark,
	client: Client,
): Promise<IDataObject | undefined> {
	const filter = `singleValueExtendedProperties/Any(ep: ep/id eq '${id}' and ep/value eq '${value}')`;
	const { value: found } = await client.get<{ value: IDataObject[] }>(list, { $filter: filter, $top: 1 });
	return found[0];
}

/** Records of a page. */
const RECORDS = 250;

export const listRecords = (
	list: string,
	client: Client,
	limit: number,
	query: IDataObject = {},
	headers: Record<string, string> = {},
): AsyncGenerator<IDataObject> => rowsOf(list, client, { query, headers, limit, size: RECORDS });

/** A body that carries a mark. */
export const marked = (body: IDataObject, mark: Mark): IDataObject => {
	const own = (body.singleValueExtendedProperties as IDataObject[] | undefined) ?? [];
	return { ...body, singleValueExtendedProperties: [...own, mark] };
};

/**
 * Makes a record.
 *
 * @param find what has become of it when the answer got lost: it; undefined when it was certainly not made, so that it is made
 * again; an error that says what is there instead. It throws when nobody can tell.
 */
export async function createRecord(
	list: string,
	body: IDataObject,
	client: Client,
	find: () => Promise<IDataObject | ServiceError | undefined>,
): Promise<IDataObject> {
	return withoutNotes(
		await client.send({
			method: 'POST',
			path: list,
			body,
			idempotent: false,
			answer: ['id'],
			reconcile: find,
			manualCheck: 'Look in Outlook whether it is there.',
		}),
	);
}

/** Makes a record that carries a mark: when the answer got lost, it is looked for. @param where to look, when not in `list` */
export async function createMarked(
	list: string,
	body: IDataObject,
	client: Client,
	where = list,
): Promise<IDataObject> {
	const mark = newMark();
	return await createRecord(
		list,
		marked(body, mark),
		client,
		async () => await markedIn(where, mark, client),
	);
}

/** The same change twice is the same record. */
export async function changeRecord(path: string, body: IDataObject, client: Client): Promise<IDataObject> {
	return withoutNotes(await client.send({ method: 'PATCH', path, body, idempotent: true, answer: ['id'] }));
}

/** What is gone after a try whose answer got lost was deleted by that try. */
export async function removeRecord(path: string, id: string, client: Client): Promise<IDataObject> {
	await client.delete(path, { answer: 'anything' });
	return { id, deleted: true };
}
