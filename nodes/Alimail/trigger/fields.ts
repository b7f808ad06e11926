import type { INodeProperties } from 'n8n-workflow';
import { folderLocator } from '../mail/folders';
import { mailboxLocator } from '../mail/mailbox';
import { WATCHED } from './known';

const OF_USERS = { show: { watch: ['users'] } };
const OF_MAIL = { show: { watch: ['messages'] } };

export const triggerFields: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'watch',
		type: 'options',
		options: [
			{ name: 'Change of a User', value: 'users', description: 'Accounts of the organization' },
			{ name: 'New Message', value: 'messages', description: 'That has come into a mail folder' },
		],
		default: 'users',
		description: 'What starts the workflow. Alimail tells of nothing by itself: it is asked at each poll.',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: [
			{ name: 'Changed', value: 'changed', description: 'With the fields, and what they were before' },
			{ name: 'Created', value: 'created' },
			{ name: 'Deleted', value: 'deleted', description: 'With what was known of the account' },
			{ name: 'Frozen', value: 'frozen' },
			{ name: 'Unfrozen', value: 'unfrozen' },
		],
		default: ['changed', 'created', 'deleted', 'frozen', 'unfrozen'],
		required: true,
		displayOptions: OF_USERS,
		description: 'Which changes of accounts start the workflow',
	},
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'multiOptions',
		options: WATCHED.toSorted().map((name) => ({ name, value: name })),
		default: [],
		displayOptions: OF_USERS,
		description: 'The fields whose changes count, by Alimail’s names. When empty: all of them.',
	},
	{
		displayName: 'Most Deleted (Percent)',
		name: 'mostDeleted',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: 20,
		displayOptions: OF_USERS,
		description:
			'When more accounts than this share are missing at once, none of them is told as deleted: it looks like a permission that was taken away. One item with the event “heldBack” says so. 0 switches this off.',
	},
	{ ...mailboxLocator, displayOptions: OF_MAIL },
	{
		...folderLocator,
		default: { mode: 'id', value: 'inbox' },
		displayOptions: OF_MAIL,
		description: 'The folder that is looked at. By ID also inbox, sent, drafts, junk and deleted.',
	},
	{
		displayName: 'Include Body',
		name: 'withBody',
		type: 'boolean',
		default: false,
		displayOptions: OF_MAIL,
		description: 'Whether to get each message in full, with its body and header lines',
	},
	{
		displayName: 'Download Attachments',
		name: 'attachments',
		type: 'boolean',
		default: false,
		displayOptions: OF_MAIL,
		description: 'Whether files come as binary fields attachment_0, attachment_1 and so on',
	},
];
