import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { folderPath, foldersBelow } from '../api/folders';
import { BRIEF, briefPages, SIMPLE, TEXT_BODY, wholePages, withoutNotes } from '../api/messages';
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
	],
	read: (item): Wanted => ({
		mailbox: readMailbox(item),
		folder: item.has('folder') ? optionalId(item) : '',
		subfolders: item.boolean('subfolders'),
		query: readQuery(item),
		isBrief: item.option('output') === 'simple',
		asText: item.option('output') !== 'simple' && item.boolean('asText'),
		limit: item.limit(),
	}),
	call: (wanted, client) => rows(wanted, client),
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
