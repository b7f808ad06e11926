import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { folderLocator, folderId } from '../mail/folders';
import { mailboxLocator, readMailbox } from '../mail/mailbox';
import { getMessage, messagesIn, searchMessages, WHOLE, type Message, type Times } from '../mail/messages';
import { filterField, readClauses, readTimes, timeClauses } from './filters';

const optionalFolder: INodeProperties = {
	...folderLocator,
	required: false,
	default: { mode: 'id', value: 'inbox' },
	description:
		'Only this mail folder. By ID also inbox, sent, drafts, junk and deleted. Empty looks into all folders, and needs a search or a filter.',
};

interface Wanted {
	mailbox: string;
	/** '' for all folders. */
	folder: string;
	times: Times;
	/** Of Alimail's search language; none are needed for all of a folder. */
	clauses: string[];
	withBody: boolean;
	limit: number;
}

export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many messages',
	description: 'Get messages of a mailbox, the newest first, up to 100 in one request',
	fields: [
		mailboxLocator,
		optionalFolder,
		...limitFields,
		{
			displayName: 'Search',
			name: 'search',
			type: 'string',
			default: '',
			placeholder: 'e.g. subject:"invoice" AND hasAttachments:true',
			description:
				'In Alimail’s own search language: subject:, body:, from:, to:, attachname:, isRead:, joined with AND and OR. The filters below are added to it.',
		},
		filterField,
		{
			displayName: 'Include Body',
			name: 'withBody',
			type: 'boolean',
			default: false,
			description: 'Whether to get each message in full too, which takes a request for each',
		},
	],
	read(item): Wanted {
		const filters = item.collection('filters');
		const search = item.text('search');
		const wanted = {
			mailbox: readMailbox(item),
			folder: item.has('folder') ? optionalId(item) : '',
			times: readTimes(filters),
			clauses: [...(search === '' ? [] : [`(${search})`]), ...readClauses(filters)],
			withBody: item.boolean('withBody'),
			limit: item.limit(),
		};
		if (wanted.folder === '' && wanted.clauses.length + Object.keys(wanted.times).length === 0)
			throw item.fieldError(
				'folder',
				'is empty, and there is neither a search nor a filter',
				'Choose a folder, or add a filter: Alimail lists one folder, or what a search finds.',
			);
		return wanted;
	},
	call: (wanted, client) => rows(wanted, client),
});

/** A picker that was left as it is holds an empty choice. */
function optionalId(item: ParameterReader): string {
	const value = item.value('folder');
	const inner = typeof value === 'object' && value !== null ? (value as IDataObject).value : value;
	return folderId(String(inner ?? ''));
}

async function* rows(wanted: Wanted, client: Client): AsyncGenerator<IDataObject> {
	const { mailbox, withBody } = wanted;
	for await (const message of found(wanted, client))
		yield withBody ? await getMessage(client, mailbox, message.id, WHOLE) : message;
}

/** A folder is listed where that is enough: a search can be behind what has arrived. */
function found({ mailbox, folder, times, clauses, limit }: Wanted, client: Client): AsyncIterable<Message> {
	if (folder !== '' && clauses.length === 0) return messagesIn(client, mailbox, folder, { ...times, limit });
	const inFolder = folder === '' ? [] : [`folderId:"${folder.replaceAll('"', '""')}"`];
	const query = [...clauses, ...timeClauses(times), ...inFolder].join(' AND ');
	return searchMessages(client, mailbox, query, limit);
}
