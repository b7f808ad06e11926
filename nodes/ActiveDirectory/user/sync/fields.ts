import type { INodeProperties } from 'n8n-workflow';
import { baseField } from '../../searching';

/** Where people of a department stand, and what they belong to. */
export const departmentRules: INodeProperties = {
	displayName: 'By Department',
	name: 'departments',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Department',
	default: {},
	description:
		'Where the people of a department stand, and which groups they are in; the first that fits counts. Of the groups that are named here, people are taken out again when they leave the department.',
	options: [
		{
			displayName: 'Department',
			name: 'department',
			values: [
				{
					displayName: 'Department',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Sales, or Sales*',
					description: 'As the list has it; a star stands for any letters',
				},
				{
					displayName: 'Organizational Unit',
					name: 'unit',
					type: 'string',
					default: '',
					placeholder: 'e.g. OU=Sales,DC=corp,DC=example,DC=com',
					description: 'Where they stand. When empty: where they are.',
				},
				{
					displayName: 'Groups',
					name: 'groups',
					type: 'string',
					default: '',
					placeholder: 'e.g. Sales; VPN Users',
					description: 'The groups that they are in: names or DNs, separated by semicolons',
				},
			],
		},
	],
};

export const scopeFields: INodeProperties[] = [
	{
		...baseField,
		description:
			'Only accounts that stand here or below it. Leavers and new accounts too: nobody else is touched.',
	},
];

export const optionFields: INodeProperties[] = [
	{
		displayName: 'Attribute of the Number',
		name: 'numberAttribute',
		type: 'options',
		options: [
			{ name: 'employeeID', value: 'employeeID' },
			{ name: 'employeeNumber', value: 'employeeNumber' },
		],
		default: 'employeeID',
		description: 'Where the directory keeps the employee number',
	},
	{
		displayName: 'Change Password at First Sign-In',
		name: 'forceChange',
		type: 'boolean',
		default: true,
		description: 'Whether new colleagues must choose a new password when signing in for the first time',
	},
	{
		displayName: 'Sign In With the Mail Address',
		name: 'upnIsMail',
		type: 'boolean',
		default: false,
		description: 'Whether new accounts get their mail address as user principal name',
	},
	{
		displayName: 'Unit for Leavers',
		name: 'leaverUnit',
		type: 'string',
		default: '',
		placeholder: 'e.g. OU=Leavers,DC=corp,DC=example,DC=com',
		description: 'Where the accounts of people who left are moved when that is chosen',
	},
	{
		displayName: 'Unit for New Users',
		name: 'newUnit',
		type: 'string',
		default: '',
		placeholder: 'e.g. OU=Staff,DC=corp,DC=example,DC=com',
		description: 'Where new accounts stand for whose department nothing else is said',
	},
];
