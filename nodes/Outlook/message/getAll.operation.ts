import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { limitFields } from '../../../core/node/limitFields';
import { perItem, type Row } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { folderPath, foldersBelow } from '../api/folders';
import { BRIEF, briefPages, messagePath, SIMPLE, TEXT_BODY, wholePages, withoutNotes } from '../api/messages';
import { downloadField, listAttached, withAttached } from '../attachment/attached';
import { prefer } from '../connection';
import { optionalFolder } from '../locators';
import { mailboxField, readMailbox, rootOf } from '../mailbox';
import { filterField, newestFirst, readFilter } from './filters';
import { bodyAsTextField } from './get.operation';

const searchField: INodeProperties = {
	displayName: 'Search',
	name: 'search',
	type: 'string',
	default: '',
	placeholder: 'e.g. subject:budget',
	description:
		'What one types into Outlook’s search. It finds 250 messages at most, and goes with no filter.',
};

const outputField: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{ name: 'Everything', value: 'raw', description: 'All fields that Outlook has' },
		{
			name: 'Simplified',
			value: 'simple',
			description: 'Without bodies: up to 1,000 messages in one request',
		},
		{ name: 'Simplified, With Body', value: 'body', description: 'The same with the whole text' },
	],
	default: 'simple',
	description: 'How much of each message to get',
};

const subfoldersField: INodeProperties = {
	displayName: 'Include Subfolders',
	name: 'subfolders',
	type: 'boolean',
	default: false,
	description:
		'Whether to look into the folders below the chosen one too: folder after folder, the newest first in each',
};

interface Wanted {
	mailbox: string;
	folder: string;
	subfolders: boolean;
	query: IDataObject;
	isBrief: boolean;
	asText: boolean;
	attachments: boolean;
	limit: number;
}

export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many messages',
	description: 'Get messages of a mailbox or a folder, the newest first, up to 1,000 in one request',
	fields: [
		mailboxField,
		optionalFolder,
		subfoldersField,
		...limitFields,
		searchField,
		filterField,
		outputField,
		{ ...bodyAsTextField, displayOptions: { hide: { output: ['simple'] } } },
		downloadField,
	],
	read: (item): Wanted => ({
		mailbox: readMailbox(item),
		folder: item.has('folder') ? optionalId(item) : '',
		subfolders: item.boolean('subfolders'),
		query: readQuery(item),
		isBrief: item.option('output') === 'simple',
		asText: item.option('output') !== 'simple' && item.boolean('asText'),
		attachments: item.boolean('attachments'),
		limit: item.limit(),
	}),
	call: (wanted, client) =>
		wanted.attachments ? withFiles(wanted, rows(wanted, client), client) : rows(wanted, client),
});

/** A picker that was left as it is holds an empty choice. */
export function optionalId(item: ParameterReader, name = 'folder'): string {
	const value = item.value(name);
	const inner = typeof value === 'object' && value !== null ? (value as IDataObject).value : value;
	return String(inner ?? '').trim();
}

function readQuery(item: ParameterReader): IDataObject {
	const search = item.text('search');
	const filter = readFilter(item);
	if (search !== '' && filter !== undefined)
		throw item.fieldError(
			'search',
			'goes with no filter: Outlook does one or the other',
			'Empty it, or remove the filters.',
		);
	const fields = { simple: BRIEF, body: SIMPLE }[item.option('output')];
	const select = fields === undefined ? {} : { $select: fields.join(',') };
	if (search !== '') return { ...select, $search: `"${search.replaceAll('"', '\\"')}"` };
	return { ...select, ...newestFirst(filter) };
}

async function* rows(
	{ mailbox, folder, subfolders, query, isBrief, asText, limit }: Wanted,
	client: Client,
): AsyncGenerator<IDataObject> {
	const lists = [
		folder === '' ? `${rootOf(mailbox, client)}/messages` : `${folderPath(mailbox, folder, client)}/messages`,
	];
	if (folder !== '' && subfolders)
		for await (const { id } of foldersBelow(mailbox, folder, client, { deep: true }))
			lists.push(`${folderPath(mailbox, id, client)}/messages`);
	let left = limit;
	for (const list of lists) {
		if (left <= 0) return;
		const headers = asText ? prefer(TEXT_BODY) : prefer();
		for await (const row of client.pages(list, isBrief ? briefPages : wholePages, query, left, headers)) {
			left--;
			yield withoutNotes(row);
		}
	}
}

/** So many lists of attachments travel in one request; one message has its files in memory. */
const AT_ONCE = 20;

/** Messages with what is attached to them, in their order. */
async function* withFiles(
	{ mailbox }: Wanted,
	messages: AsyncIterable<IDataObject>,
	client: Client,
): AsyncGenerator<Row> {
	const listOf = ({ id }: IDataObject) => `${messagePath({ mailbox, id: String(id) }, client)}/attachments`;
	for await (const some of inGroups(messages, AT_ONCE)) {
		const attached = await Promise.all(some.map(async (row) => await listAttached(listOf(row), client)));
		for (const [at, row] of some.entries()) yield await withAttached(row, attached[at]!, listOf(row), client);
	}
}

async function* inGroups<T>(rows: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
	let some: T[] = [];
	for await (const row of rows) {
		some.push(row);
		if (some.length < size) continue;
		yield some;
		some = [];
	}
	if (some.length > 0) yield some;
}
