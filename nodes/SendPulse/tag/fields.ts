import type { INodeProperties } from 'n8n-workflow';

export const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. customer',
	description: 'What the tag is called',
};

export const colorField: INodeProperties = {
	displayName: 'Color',
	name: 'color',
	type: 'color',
	default: '#f0f4f6',
	description: 'The color that SendPulse shows it in',
};

export const contactFields: INodeProperties[] = [
	{
		displayName: 'Contact By',
		name: 'by',
		type: 'options',
		options: [
			{ name: 'Email Address', value: 'email' },
			{ name: 'Phone', value: 'phone' },
		],
		default: 'email',
		description: 'What the contact is known by',
	},
	{
		displayName: 'Email Address',
		name: 'email',
		type: 'string',
		required: true,
		default: '={{ $json.email }}',
		placeholder: 'e.g. ana@example.com',
		displayOptions: { show: { by: ['email'] } },
		description: 'The address of the contact',
	},
	{
		displayName: 'Phone',
		name: 'phone',
		type: 'string',
		required: true,
		default: '={{ $json.phone }}',
		placeholder: 'e.g. +4915112345678',
		displayOptions: { show: { by: ['phone'] } },
		description: 'The number of the contact',
	},
];
