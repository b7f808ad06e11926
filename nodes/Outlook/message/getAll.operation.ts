import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { optionalFolder } from '../locators';
import { mailboxField, readMailbox } from '../mailbox';
import { filterField, newestFirst, readFilter } from './filters';
import { listMessages, readTold, toldFields, type Wanted } from './list';

const searchField: INodeProperties = {
	displayName: 'Search',
	name: 'search',
	type: 'string',
	default: '',
	placeholder: 'e.g. subject:budget',
	description:
		'What one types into Outlook’s search. It finds 250 messages at most, and goes with no filter.',
};

const subfoldersField: INodeProperties = {
	displayName: 'Include Subfolders',
	name: 'subfolders',
	type: 'boolean',
	default: false,
	description:
		'Whether to look into the folders below the chosen one too. The newest of all of them come first.',
};

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
		...toldFields,
	],
	read: (item): Wanted => ({
		mailbox: readMailbox(item),
		folder: item.has('folder') ? optionalId(item) : '',
		subfolders: item.boolean('subfolders'),
		query: readQuery(item),
		...readTold(item),
		limit: item.limit(),
	}),
	call: listMessages,
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
	return search === '' ? newestFirst(filter) : { $search: `"${search.replaceAll('"', '\\"')}"` };
}
