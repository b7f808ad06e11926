import type { INodeProperties } from 'n8n-workflow';
import { downloadField } from '../attachment/attached';
import { folderLocator } from '../locators';
import { mailboxField } from '../mailbox';
import { filtersField } from './filters';

/** What is looked for in one folder. */
export const ofFolders = [
	'messageReceived',
	'messageUpdated',
	'messageGone',
	'messageDeleted',
	'messageMoved',
];

/** What is looked for in calendars. */
export const ofCalendars = ['eventChanged', 'eventStarting'];

/** What can come with files. */
export const withFiles = ['messageReceived', 'messageSent'];

export const triggerFields: INodeProperties[] = [
	{
		displayName: 'Authentication',
		name: 'authentication',
		type: 'options',
		options: [
			{ name: 'App by Itself', value: 'app', description: 'Without a person, in any mailbox it may open' },
			{ name: 'OAuth2 of a Person', value: 'user', description: 'As the person who has connected' },
		],
		default: 'user',
		description: 'How to sign in: as a person, or as an app without one',
	},
	{
		displayName: 'Trigger On',
		name: 'event',
		type: 'options',
		options: [
			{
				name: 'Contact Changed',
				value: 'contactChanged',
				description: 'One that is new, changed or deleted',
			},
			{
				name: 'Event About to Start',
				value: 'eventStarting',
				description: 'In the calendars you choose, some minutes before it begins',
			},
			{
				name: 'Event Changed',
				value: 'eventChanged',
				description: 'In the calendars you choose: new, changed or deleted',
			},
			{
				name: 'Message Deleted',
				value: 'messageDeleted',
				description: 'From a folder to Deleted Items, or for good',
			},
			{
				name: 'Message Gone',
				value: 'messageGone',
				description: 'Deleted from a folder, or moved out of it',
			},
			{
				name: 'Message Moved',
				value: 'messageMoved',
				description: 'Out of a folder into another one that is not Deleted Items',
			},
			{
				name: 'Message Updated',
				value: 'messageUpdated',
				description: 'Read, flagged, categorized or changed otherwise',
			},
			{
				name: 'New Message',
				value: 'messageReceived',
				description: 'That has come into a folder, or was moved there',
			},
			{ name: 'New Sent Message', value: 'messageSent', description: 'That has left the mailbox' },
		],
		default: 'messageReceived',
		description: 'What starts the workflow',
	},
	mailboxField,
	{
		displayName: 'Minutes Before',
		name: 'minutes',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 1440 },
		default: 15,
		displayOptions: { show: { event: ['eventStarting'] } },
		description: 'How long before its start. It is told at the first look in that time: look every minute.',
	},
	{
		displayName: 'Calendar Names or IDs',
		name: 'calendars',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getCalendars', loadOptionsDependsOn: ['mailbox'] },
		default: [],
		displayOptions: { show: { event: ofCalendars } },
		description:
			'The calendars that are looked at, each with a request of its own; the usual one when none is chosen. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		...folderLocator,
		default: { mode: 'id', value: 'inbox' },
		displayOptions: { show: { event: ofFolders } },
		description:
			'The folder that is looked at. By ID also a name that every mailbox has: inbox, archive, junkemail.',
	},
	{
		displayName: 'Further Folder Names or IDs',
		name: 'moreFolders',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getFolders', loadOptionsDependsOn: ['mailbox'] },
		default: [],
		displayOptions: { show: { event: ofFolders } },
		description:
			'Other folders that are looked at too, each with a request of its own. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Include Subfolders',
		name: 'subfolders',
		type: 'boolean',
		default: false,
		displayOptions: { show: { event: ofFolders } },
		description: 'Whether to look at the folders below these too, also at those that are made later',
	},
	filtersField,
	{
		displayName: 'With Body',
		name: 'withBody',
		type: 'boolean',
		default: false,
		displayOptions: { show: { event: ['messageReceived', 'messageSent', 'messageUpdated'] } },
		description: 'Whether the whole text comes too, and not only its beginning',
	},
	{ ...downloadField, displayOptions: { show: { event: withFiles } } },
];
