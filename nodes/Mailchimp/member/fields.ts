import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { byDisplayName } from '../../../core/node/properties';

/** How a contact may want emails. */
export const EMAIL_TYPES: INodePropertyOptions[] = [
	{ name: 'HTML', value: 'html' },
	{ name: 'Plain Text', value: 'text' },
];

export const emailField: INodeProperties = {
	displayName: 'Email Address',
	name: 'emailAddress',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. ana@example.com',
	description: 'The address of the contact',
};

/** What a contact can be set to (https://mailchimp.com/developer/marketing/docs/audience/#subscriber-status). */
export const STATUSES = [
	{ name: 'Cleaned', value: 'cleaned', description: 'The address does not work; there is no way back' },
	{
		name: 'Pending',
		value: 'pending',
		description: 'Is sent a confirmation first, and is subscribed by answering it',
	},
	{
		name: 'Subscribed',
		value: 'subscribed',
		description: 'Gets campaigns. Only for people who have agreed to it.',
	},
	{
		name: 'Transactional',
		value: 'transactional',
		description: 'Has bought something, and did not subscribe',
	},
	{ name: 'Unsubscribed', value: 'unsubscribed', description: 'Gets no campaigns' },
];

export const UNCHANGED = {
	name: 'Unchanged',
	value: 'unchanged',
	description: 'Contacts that are there stay what they are',
};

export const statusField: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'options',
	options: STATUSES,
	default: 'subscribed',
	description: 'What the contact becomes',
};

export const mergeFieldsField: INodeProperties = {
	displayName: 'Merge Fields',
	name: 'mergeFields',
	type: 'resourceMapper',
	noDataExpression: true,
	default: { mappingMode: 'defineBelow', value: null },
	description: 'The values of the audience’s fields. Those left empty stay as they are.',
	typeOptions: {
		loadOptionsDependsOn: ['audience.value'],
		resourceMapper: {
			resourceMapperMethod: 'getMergeFields',
			mode: 'map',
			fieldWords: { singular: 'merge field', plural: 'merge fields' },
			// Nobody looks for first names behind a button, and what stays empty changes nothing.
			addAllFields: true,
			supportAutoMap: false,
		},
	},
};

export const tagsField: INodeProperties = {
	displayName: 'Tags',
	name: 'tags',
	type: 'string',
	default: '',
	placeholder: 'e.g. Berlin, Engineering',
	description:
		'Tags to put on the contact, with commas between, or a list from an expression. A tag that is not there yet is made.',
};

export const tagModeField: INodeProperties = {
	displayName: 'Other Tags',
	name: 'tagMode',
	type: 'options',
	options: [
		{ name: 'Keep', value: 'add', description: 'The tags above are added' },
		{
			name: 'Remove',
			value: 'replace',
			description: 'The contact has the tags above and no others; without any it is an error',
		},
		{
			name: 'Remove, Even When There Are None Above',
			value: 'replaceOrEmpty',
			description: 'No tags above: the contact loses all its tags',
		},
	],
	default: 'add',
	description: 'What happens to tags that the contact has and that are not above',
};

const OPTIONS: Record<string, INodeProperties> = {
	emailType: {
		displayName: 'Email Type',
		name: 'emailType',
		type: 'options',
		options: EMAIL_TYPES,
		default: 'html',
		description: 'How the contact wants emails',
	},
	interests: {
		displayName: 'Interest Names or IDs',
		name: 'interests',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getInterests', loadOptionsDependsOn: ['audience.value'] },
		default: [],
		description:
			'Interests to choose for the contact. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	interestsOff: {
		displayName: 'Removed Interest Names or IDs',
		name: 'interestsOff',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getInterests', loadOptionsDependsOn: ['audience.value'] },
		default: [],
		description:
			'Interests to take away. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	ipOpt: {
		displayName: 'IP Address of Confirmation',
		name: 'ipOpt',
		type: 'string',
		default: '',
		placeholder: 'e.g. 203.0.113.7',
		description: 'The address from which the contact confirmed',
	},
	ipSignup: {
		displayName: 'IP Address of Signup',
		name: 'ipSignup',
		type: 'string',
		default: '',
		placeholder: 'e.g. 203.0.113.7',
		description: 'The address from which the contact signed up',
	},
	language: {
		displayName: 'Language',
		name: 'language',
		type: 'string',
		default: '',
		placeholder: 'e.g. de',
		description: 'Mailchimp’s code of the contact’s language',
	},
	location: {
		displayName: 'Location',
		name: 'location',
		type: 'string',
		default: '',
		placeholder: 'e.g. 52.52, 13.405',
		description: 'Latitude and longitude with a comma between',
	},
	mergeFieldsJson: {
		displayName: 'Merge Fields (JSON)',
		name: 'mergeFieldsJson',
		type: 'json',
		default: '{}',
		description:
			'Values by tag, such as { "FNAME": "Ana", "COMPANY": "" }, beside those of the form. An empty value empties the field.',
	},
	permissions: {
		displayName: 'Permission Names or IDs',
		name: 'permissions',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getPermissions', loadOptionsDependsOn: ['audience.value'] },
		default: [],
		description:
			'What the contact has agreed to get (marketing permissions). Only an audience with GDPR fields and a contact shows any. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	permissionsOff: {
		displayName: 'Withdrawn Permission Names or IDs',
		name: 'permissionsOff',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getPermissions', loadOptionsDependsOn: ['audience.value'] },
		default: [],
		description:
			'What the contact does not agree to any more. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	skipMergeValidation: {
		displayName: 'Skip Merge Validation',
		name: 'skipMergeValidation',
		type: 'boolean',
		default: true,
		description: 'Whether a contact is taken although a required merge field is empty',
	},
	timestampOpt: {
		displayName: 'Time of Confirmation',
		name: 'timestampOpt',
		type: 'dateTime',
		default: '',
		description: 'When the contact confirmed',
	},
	timestampSignup: {
		displayName: 'Time of Signup',
		name: 'timestampSignup',
		type: 'dateTime',
		default: '',
		description: 'When the contact signed up',
	},
	vip: {
		displayName: 'VIP',
		name: 'vip',
		type: 'boolean',
		default: true,
		description: 'Whether the contact is a VIP',
	},
};

/** The options of an operation, in the order of the alphabet. */
export const memberOptions = (leaveOut: string[] = [], more: INodeProperties[] = []): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	description: 'Further values of the contact',
	options: byDisplayName([...Object.values(OPTIONS).filter(({ name }) => !leaveOut.includes(name)), ...more]),
});
