import type { INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { textField } from '../fields';

const time = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'dateTime',
	default: '',
	description,
});

export const filterField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	description: 'Which messages to get; all when there is no filter',
	options: [
		textField('Category', 'category', 'e.g. Invoice', 'Only messages with this category'),
		{
			displayName: 'Custom Filter',
			name: 'custom',
			type: 'string',
			default: '',
			placeholder: "e.g. flag/flagStatus eq 'flagged'",
			description: 'A filter in OData, as Graph has it. It is joined to the others with “and”.',
		},
		{
			displayName: 'Has Attachments',
			name: 'hasAttachments',
			type: 'boolean',
			default: true,
			description: 'Whether only messages with files, or only those without',
		},
		{
			displayName: 'Importance',
			name: 'importance',
			type: 'options',
			options: [
				{ name: 'High', value: 'high' },
				{ name: 'Low', value: 'low' },
				{ name: 'Normal', value: 'normal' },
			],
			default: 'high',
			description: 'Only messages marked so',
		},
		{
			displayName: 'Read Status',
			name: 'isRead',
			type: 'options',
			options: [
				{ name: 'Read', value: 'read' },
				{ name: 'Unread', value: 'unread' },
			],
			default: 'unread',
			description: 'Only messages that have been read, or have not',
		},
		time('Received After', 'receivedAfter', 'Only messages that came then or later'),
		time('Received Before', 'receivedBefore', 'Only messages that came before'),
		textField('Sender', 'sender', 'e.g. billing@example.com', 'Only messages from this address'),
		textField('Subject Contains', 'subject', 'e.g. invoice', 'Only messages with these words in the subject'),
	],
};

export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The filters as OData; undefined without any. */
export function readFilter(item: ParameterReader): string | undefined {
	const filters = item.collection('filters');
	const moment = (name: string): string | undefined => {
		const given = filters.time(name);
		return given && (given.at ?? new Date(`${given.day}T00:00:00Z`)).toISOString();
	};
	const [after, before] = [moment('receivedAfter'), moment('receivedBefore')];
	const text = (name: string, write: (value: string) => string) =>
		filters.has(name) ? [write(filters.text(name))] : [];
	const clauses = [
		...(after === undefined ? [] : [`receivedDateTime ge ${after}`]),
		...(before === undefined ? [] : [`receivedDateTime lt ${before}`]),
		...text('sender', (value) => `from/emailAddress/address eq ${quoted(value)}`),
		...text('subject', (value) => `contains(subject,${quoted(value)})`),
		...text('category', (value) => `categories/any(c:c eq ${quoted(value)})`),
		...(filters.has('isRead') ? [`isRead eq ${String(filters.option('isRead') === 'read')}`] : []),
		...(filters.has('hasAttachments')
			? [`hasAttachments eq ${String(filters.boolean('hasAttachments'))}`]
			: []),
		...(filters.has('importance') ? [`importance eq ${quoted(filters.option('importance'))}`] : []),
		...text('custom', (value) => `(${value})`),
	];
	return clauses.length === 0 ? undefined : clauses.join(' and ');
}

/** What Outlook sorts by must be filtered by first (https://learn.microsoft.com/graph/api/user-list-messages). */
export const newestFirst = (filter: string | undefined) => ({
	$orderby: 'receivedDateTime desc',
	...(filter === undefined
		? {}
		: {
				$filter: filter.startsWith('receivedDateTime')
					? filter
					: `receivedDateTime ge 1900-01-01T00:00:00Z and ${filter}`,
			}),
});
