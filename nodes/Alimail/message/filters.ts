import type { INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import type { Times } from '../mail/messages';

const text = (displayName: string, name: string, placeholder: string, description: string) =>
	({ displayName, name, type: 'string', default: '', placeholder, description }) satisfies INodeProperties;

export const filterField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	description: 'Only messages that match all of these',
	options: [
		text('Attachment Name Contains', 'attachname', 'e.g. invoice', 'Only messages with such a file'),
		{
			displayName: 'Has Attachments',
			name: 'hasAttachments',
			type: 'boolean',
			default: true,
			description: 'Whether only messages with files, or only those without',
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
		{
			displayName: 'Received After',
			name: 'receivedAfter',
			type: 'dateTime',
			default: '',
			description: 'Only messages that came then or later',
		},
		{
			displayName: 'Received Before',
			name: 'receivedBefore',
			type: 'dateTime',
			default: '',
			description: 'Only messages that came before',
		},
		text('Sender', 'sender', 'e.g. billing@example.com', 'Only messages from this address'),
		text('Subject Contains', 'subject', 'e.g. invoice', 'Only messages with these words in the subject'),
	],
};

/** A quote inside a quoted value is doubled (as github.com/yamatu/yaerp2.0 writes it). */
const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;

/** The filters but for the times, in Alimail's search language. */
export function readClauses(filters: ParameterReader): string[] {
	const clause = (name: string, write: (value: string) => string) =>
		filters.has(name) ? [write(filters.text(name))] : [];
	return [
		...clause('attachname', (value) => `attachname:${quoted(value)}`),
		...clause('sender', (value) => `fromEmail:${quoted(value)}`),
		...clause('subject', (value) => `subject:${quoted(value)}`),
		...(filters.has('hasAttachments') ? [`hasAttachments:${filters.boolean('hasAttachments')}`] : []),
		...(filters.has('isRead') ? [`isRead:${filters.option('isRead') === 'read'}`] : []),
	];
}

export function readTimes(filters: ParameterReader): Times {
	const moment = (name: string): string | undefined => {
		const given = filters.time(name);
		return given && (given.at ?? new Date(`${given.day}T00:00:00Z`)).toISOString().replace(/\.\d+/, '');
	};
	const [startTime, endTime] = [moment('receivedAfter'), moment('receivedBefore')];
	return {
		...(startTime === undefined ? {} : { startTime }),
		...(endTime === undefined ? {} : { endTime }),
	};
}

export const timeClauses = ({ startTime, endTime }: Times): string[] => [
	...(startTime === undefined ? [] : [`date>=${startTime}`]),
	...(endTime === undefined ? [] : [`date<${endTime}`]),
];
