import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { path } from '../../../core/http/path';
import { limitFields } from '../../../core/node/limitFields';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { perItem } from '../../../core/node/operation';
import { filtersOf, queryOf, streamFilter, tagFilter } from '../filters';
import { REACH_HELP, search } from '../search';
import { messageIdField } from './fields';

const scopeField: INodeProperties = {
	displayName: 'Of',
	name: 'scope',
	type: 'options',
	options: [
		{ name: 'All Messages', value: 'all' },
		{ name: 'One Message', value: 'one' },
	],
	default: 'one',
	description: 'Whether to look at one email, or at all emails that match the filters',
};

const filters: INodeProperties = {
	...filtersOf(
		[
			{
				displayName: 'City',
				name: 'city',
				type: 'string',
				default: '',
				placeholder: 'e.g. Hangzhou',
				description: 'Only from this city',
			},
			{
				displayName: 'Country',
				name: 'country',
				type: 'string',
				default: '',
				placeholder: 'e.g. China',
				description: 'Only from this country',
			},
			{
				displayName: 'Device',
				name: 'platform',
				type: 'options',
				options: [
					{ name: 'Desktop', value: 'desktop' },
					{ name: 'Mobile', value: 'mobile' },
					{ name: 'Unknown', value: 'unknown' },
					{ name: 'Web Mail', value: 'webmail' },
				],
				default: 'desktop',
				description: 'Only on this kind of device',
			},
			streamFilter,
			{
				displayName: 'Operating System Family',
				name: 'osFamily',
				type: 'string',
				default: '',
				placeholder: 'e.g. OS X 10',
				description: 'Only on operating systems of this family',
			},
			{
				displayName: 'Operating System Maker',
				name: 'osCompany',
				type: 'string',
				default: '',
				placeholder: 'e.g. Apple Computer, Inc.',
				description: 'Only on operating systems of this company',
			},
			{
				displayName: 'Operating System Name',
				name: 'osName',
				type: 'string',
				default: '',
				placeholder: 'e.g. OS X 10.7 Lion',
				description: 'Only on this operating system',
			},
			{
				displayName: 'Program Family',
				name: 'clientFamily',
				type: 'string',
				default: '',
				placeholder: 'e.g. Chrome',
				description: 'Only in mail programs or browsers of this family',
			},
			{
				displayName: 'Program Maker',
				name: 'clientCompany',
				type: 'string',
				default: '',
				placeholder: 'e.g. Google',
				description: 'Only in mail programs or browsers of this company',
			},
			{
				displayName: 'Program Name',
				name: 'clientName',
				type: 'string',
				default: '',
				placeholder: 'e.g. Outlook 2010',
				description: 'Only in this mail program or browser',
			},
			{
				displayName: 'Recipient',
				name: 'recipient',
				type: 'string',
				default: '',
				placeholder: 'e.g. ana@example.com',
				description: 'Only by this address',
			},
			{
				displayName: 'Region',
				name: 'region',
				type: 'string',
				default: '',
				placeholder: 'e.g. Zhejiang',
				description: 'Only from this state or province',
			},
			tagFilter,
		],
		`Only what matches all of these. ${REACH_HELP}`,
	),
	displayOptions: { show: { scope: ['all'] } },
};

const NAMES = {
	recipient: 'recipient',
	tag: 'tag',
	clientName: 'client_name',
	clientCompany: 'client_company',
	clientFamily: 'client_family',
	osName: 'os_name',
	osFamily: 'os_family',
	osCompany: 'os_company',
	platform: 'platform',
	country: 'country',
	region: 'region',
	city: 'city',
	messageStream: 'messagestream',
};

const fields = [
	scopeField,
	{ ...messageIdField, displayOptions: { show: { scope: ['one'] } } },
	...limitFields,
	filters,
];

interface Wanted {
	/** Undefined for all messages. */
	id?: string;
	query: IDataObject;
	limit: number;
}

function read(item: ParameterReader): Wanted {
	const limit = item.limit();
	return item.text('scope') === 'all'
		? { limit, query: queryOf(item.collection('filters'), NAMES) }
		: { limit, query: {}, id: item.requiredText('messageId') };
}

/** https://postmarkapp.com/developer/api/messages-api#message-opens */
export const getOpens = perItem({
	name: 'Get Opens',
	value: 'getOpens',
	action: 'Get opens of messages',
	description: 'Get who opened one email or many, when, where and with what; needs open tracking',
	fields,
	read,
	call: ({ id, query, limit }, client) =>
		search(
			client,
			{
				path: id === undefined ? '/messages/outbound/opens' : path`/messages/outbound/opens/${id}`,
				rows: 'Opens',
				what: 'opens',
			},
			query,
			limit,
		),
});

/** https://postmarkapp.com/developer/api/messages-api#message-clicks */
export const getClicks = perItem({
	name: 'Get Clicks',
	value: 'getClicks',
	action: 'Get clicks on links of messages',
	description: 'Get who clicked which link of one email or many; needs link tracking',
	fields,
	read,
	call: ({ id, query, limit }, client) =>
		search(
			client,
			{
				path: id === undefined ? '/messages/outbound/clicks' : path`/messages/outbound/clicks/${id}`,
				rows: 'Clicks',
				what: 'clicks',
			},
			query,
			limit,
		),
});
