import type { INodeProperties } from 'n8n-workflow';
import { baseField } from '../searching';

/** What most workflows want to know of. */
export const WATCHED = [
	...['sAMAccountName', 'userPrincipalName', 'displayName', 'mail', 'employeeID', 'department', 'title'],
	...['manager', 'telephoneNumber'],
];
export const WATCHED_ELSEWHERE = [
	...['uid', 'cn', 'displayName', 'mail', 'employeeNumber', 'departmentNumber', 'title', 'manager'],
	'telephoneNumber',
];

export const triggerFields: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: [
			{
				name: 'Group Members Changed',
				value: 'groupMembersChanged',
				description: 'Somebody was put into one of the groups below, or taken out',
			},
			{ name: 'User Changed', value: 'userChanged', description: 'One of the attributes below is another' },
			{ name: 'User Created', value: 'userCreated', description: 'A new account' },
			{ name: 'User Deleted', value: 'userDeleted', description: 'An account is not there any more' },
			{ name: 'User Disabled', value: 'userDisabled', description: 'Somebody can no longer sign in' },
			{ name: 'User Enabled', value: 'userEnabled', description: 'Somebody can sign in again' },
			{
				name: 'User Moved',
				value: 'userMoved',
				description: 'Into another organizational unit, into the base or out of it',
			},
		],
		default: ['userCreated', 'userDisabled', 'userMoved'],
		description: 'What starts the workflow',
	},
	{
		...baseField,
		description: 'Whose people are watched, with all below it. When empty: the base of the credential.',
	},
	{
		displayName: 'Groups',
		name: 'groups',
		type: 'string',
		default: '',
		placeholder: 'e.g. VPN Users; CN=Sales,OU=Groups,DC=corp,DC=example,DC=com',
		displayOptions: { show: { events: ['groupMembersChanged'] } },
		description: 'The groups that are watched: names, DNs or GUIDs, separated by semicolons',
	},
	{
		displayName: 'Attribute Names or IDs',
		name: 'attributes',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getAttributes' },
		default: [],
		description:
			'What is watched and returned of each. When empty: names, login, mail, number, department, title, manager and telephone. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		description: 'What is seldom needed: the presets suit most',
		options: [
			{
				displayName: 'Compare Everybody Every (Minutes)',
				name: 'compareMinutes',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 1440 },
				default: 15,
				description:
					'How often all people are read, to find who was deleted where the account may not see that. Between that only changes are read.',
			},
			{
				displayName: 'Tell Any Loss',
				name: 'tellsAnyLoss',
				type: 'boolean',
				default: false,
				description:
					'Whether people are told as deleted even when a fifth of them is gone at once without a trace. When off, that is an error: most often the account may no longer see them.',
			},
		],
	},
];
