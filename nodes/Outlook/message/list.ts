import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { inGroups } from '../../../core/inGroups';
import type { Row } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { folderPath, foldersBelow } from '../api/folders';
import { rowsOf } from '../api/lists';
import { BRIEF, BRIEF_PAGE, messagePath, SIMPLE, TEXT_BODY, WHOLE_PAGE } from '../api/messages';
import { downloadField, eachWithAttached } from '../attachment/attached';
import {
	asQuery,
	EVERYTHING,
	fieldsField,
	readSelect,
	SELECTED,
	SIMPLIFIED,
	simplifiedOutput,
} from '../chosenFields';
import { prefer } from '../connection';
import { rootOf } from '../mailbox';
import { bodyAsTextField } from './get.operation';
import { MESSAGE_LABELS } from './labels';
import { Newest } from './newest';

/** The fields that say how much is told of each message of a list. */
export const toldFields: INodeProperties[] = [
	simplifiedOutput('How much of each message to get', [
		EVERYTHING,
		SELECTED,
		{ ...SIMPLIFIED, description: 'Without bodies: up to 1,000 messages in one request' },
		{ name: 'Simplified, With Body', value: 'body', description: 'The same with the whole text' },
	]),
	fieldsField(MESSAGE_LABELS),
	{ ...bodyAsTextField, displayOptions: { hide: { output: ['simple'] } } },
	downloadField,
];

interface Told {
	/** Undefined for all fields. */
	select: string[] | undefined;
	asText: boolean;
	attachments: boolean;
}

export const readTold = (item: ParameterReader): Told => ({
	select: readSelect(item, { simple: BRIEF, body: SIMPLE }),
	asText: item.option('output') !== 'simple' && item.boolean('asText'),
	attachments: item.boolean('attachments'),
});

/** Messages of a mailbox or a folder. */
export interface Wanted extends Told {
	mailbox: string;
	/** '' for all folders. */
	folder: string;
	subfolders: boolean;
	/** A search, or a filter and an order. */
	query: IDataObject;
	limit: number;
}

export const listMessages = (wanted: Wanted, client: Client): AsyncIterable<Row> =>
	wanted.attachments
		? eachWithAttached(
				rows(wanted, client),
				({ id }) => messagePath({ mailbox: wanted.mailbox, id: String(id) }, client),
				client,
			)
		: rows(wanted, client);

/** What makes a message long. */
const LONG = new Set(['body', 'uniqueBody', 'internetMessageHeaders']);
const isBrief = (select: string[] | undefined): boolean =>
	select !== undefined && !select.some((name) => LONG.has(name));

async function* rows(wanted: Wanted, client: Client): AsyncGenerator<IDataObject> {
	const { mailbox, folder, subfolders } = wanted;
	if (folder === '') yield* listOf(`${rootOf(mailbox, client)}/messages`, wanted, client);
	else if (!subfolders) yield* listOf(`${folderPath(mailbox, folder, client)}/messages`, wanted, client);
	else yield* await newestIn(foldersOf(wanted, client), wanted, client);
}

function listOf(
	list: string,
	{ query, select, asText, limit }: Wanted,
	client: Client,
): AsyncGenerator<IDataObject> {
	const headers = asText ? prefer(TEXT_BODY) : prefer();
	const size = isBrief(select) ? BRIEF_PAGE : WHOLE_PAGE;
	return rowsOf(list, client, { query: { ...asQuery(select), ...query }, headers, limit, size });
}

/** The lists of a folder and of those below it. */
async function* foldersOf({ mailbox, folder }: Wanted, client: Client): AsyncGenerator<string> {
	yield `${folderPath(mailbox, folder, client)}/messages`;
	for await (const { id } of foldersBelow(mailbox, folder, client, { deep: true }))
		yield `${folderPath(mailbox, id, client)}/messages`;
}

/** Outlook works on so many at a time; of each one page is in memory. */
const FOLDERS_AT_ONCE = 4;
const RECEIVED = 'receivedDateTime';

/** The newest of several lists in one order, when all have been looked into. */
async function newestIn(
	lists: AsyncIterable<string>,
	wanted: Wanted,
	client: Client,
): Promise<IDataObject[]> {
	const { query, select, limit } = wanted;
	const isHidden = select !== undefined && !select.includes(RECEIVED);
	const asked = isHidden ? { ...wanted, select: [...select, RECEIVED] } : wanted;
	// What a search finds is in an order of its own.
	const isInOrder = query.$search === undefined;
	const newest = new Newest(limit);
	for await (const some of inGroups(lists, FOLDERS_AT_ONCE))
		await Promise.all(
			some.map(async (list) => {
				for await (const row of listOf(list, asked, client)) if (!newest.take(row) && isInOrder) return;
			}),
		);
	const found = newest.inOrder();
	return isHidden ? found.map(({ [RECEIVED]: _received, ...row }) => row) : found;
}
