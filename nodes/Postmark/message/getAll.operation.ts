import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { limitFields } from '../../../core/node/limitFields';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { perItem } from '../../../core/node/operation';
import { filtersOf, fromDateFilter, queryOf, streamFilter, tagFilter, toDateFilter } from '../filters';
import { REACH_HELP, search, type Search } from '../search';

const found: Search = { path: '/messages/outbound', rows: 'Messages', what: 'emails' };

const metadataFilter: INodeProperties = {
	displayName: 'Metadata',
	name: 'metadata',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Entry',
	default: {},
	description: 'Only emails that were sent with this data of your own, such as an order number',
	options: [
		{
			displayName: 'Entry',
			name: 'entry',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. order',
					description: 'The name it was sent under',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. 4711',
					description: 'The value it must have',
				},
			],
		},
	],
};

/** https://postmarkapp.com/developer/api/messages-api#outbound-message-search */
export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many sent messages',
	description: 'Search the sent emails of the last weeks, newest first',
	fields: [
		...limitFields,
		filtersOf(
			[
				fromDateFilter,
				metadataFilter,
				streamFilter,
				{
					displayName: 'Recipient',
					name: 'recipient',
					type: 'string',
					default: '',
					placeholder: 'e.g. ana@example.com',
					description: 'Only emails to this address (To, CC or BCC)',
				},
				{
					displayName: 'Sender',
					name: 'fromEmail',
					type: 'string',
					default: '',
					placeholder: 'e.g. people@example.com',
					description: 'Only emails from this address',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: [
						{ name: 'Processed', value: 'processed', description: 'Taken up, on its way' },
						{ name: 'Queued', value: 'queued', description: 'Accepted, not sent yet' },
						{ name: 'Sent', value: 'sent', description: 'Handed to the recipient’s mail server' },
					],
					default: 'sent',
					description: 'Only emails in this state',
				},
				{
					displayName: 'Subject',
					name: 'subject',
					type: 'string',
					default: '',
					placeholder: 'e.g. Welcome',
					description: 'Only emails with these words in the subject line',
				},
				tagFilter,
				toDateFilter,
			],
			`Only emails that match all of these. ${REACH_HELP}`,
		),
	],
	read: (item) => ({ limit: item.limit(), query: readQuery(item.collection('filters')) }),
	call: ({ limit, query }, client) => search(client, found, query, limit),
});

const NAMES = {
	recipient: 'recipient',
	fromEmail: 'fromemail',
	subject: 'subject',
	tag: 'tag',
	status: 'status',
	messageStream: 'messagestream',
};

function readQuery(filters: ParameterReader): IDataObject {
	const metadata = filters
		.fixedCollection('metadata', 'entry')
		.map((row) => [`metadata_${row.requiredText('name')}`, row.requiredText('value')]);
	return { ...queryOf(filters, NAMES), ...Object.fromEntries(metadata) };
}
