import type { INodeProperties } from 'n8n-workflow';

/** The limits under "Scope". */
export const scopeFields: INodeProperties[] = [
	{
		displayName: 'Domain',
		name: 'domain',
		type: 'string',
		default: '',
		placeholder: 'e.g. example.com',
		description: 'Only users whose main address is in this domain',
	},
];

/** Outlook's own entries under "Options". */
export const optionFields: INodeProperties[] = [
	{
		displayName: 'Change Password at First Sign-In',
		name: 'forceChange',
		type: 'boolean',
		default: true,
		description: 'Whether new colleagues must choose a new password when signing in for the first time',
	},
];
