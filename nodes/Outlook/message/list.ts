import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import type { Row } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { folderPath, foldersBelow } from '../api/folders';
import { BRIEF, briefPages, messagePath, SIMPLE, TEXT_BODY, wholePages, withoutNotes } from '../api/messages';
import { downloadField, eachWithAttached } from '../attachment/attached';
import { asQuery, EVERYTHING, fieldsField, readSelect, SELECTED } from '../chosenFields';
import { prefer } from '../connection';
import { rootOf } from '../mailbox';
import { bodyAsTextField } from './get.operation';
import { MESSAGE_LABELS } from './labels';

/** The fields that say how much is told of each message of a list. */
export const toldFields: INodeProperties[] = [
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			EVERYTHING,
			SELECTED,
			{
				name: 'Simplified',
				value: 'simple',
				description: 'Without bodies: up to 1,000 messages in one request',
			},
			{ name: 'Simplified, With Body', value: 'body', description: 'The same with the whole text' },
		],
		default: 'simple',
		description: 'How much of each message to get',
	},
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

async function* rows(
	{ mailbox, folder, subfolders, query, select, asText, limit }: Wanted,
	client: Client,
): AsyncGenerator<IDataObject> {
	const lists = [
		folder === '' ? `${rootOf(mailbox, client)}/messages` : `${folderPath(mailbox, folder, client)}/messages`,
	];
	if (folder !== '' && subfolders)
		for await (const { id } of foldersBelow(mailbox, folder, client, { deep: true }))
			lists.push(`${folderPath(mailbox, id, client)}/messages`);
	const pages = isBrief(select) ? briefPages : wholePages;
	const headers = asText ? prefer(TEXT_BODY) : prefer();
	const wanted = { ...asQuery(select), ...query };
	let left = limit;
	for (const list of lists) {
		if (left <= 0) return;
		for await (const row of client.pages(list, pages, wanted, left, headers)) {
			left--;
			yield withoutNotes(row);
		}
	}
}
