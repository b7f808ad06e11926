import type { INodeProperties } from 'n8n-workflow';

export const fromField: INodeProperties = {
	displayName: 'From',
	name: 'from',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. People Team <people@example.com>',
	description: 'Who the email comes from. The address must be one that the service has confirmed for you.',
};

export const toField: INodeProperties = {
	displayName: 'To',
	name: 'to',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Ana Bauer <ana@example.com>, li.wei@example.com',
	description: 'Who receives the email. Separate several addresses with commas; everyone sees all of them.',
};

/** The mail form that all senders share, in the same words. `compose.ts` reads it. */
export const mailFields: INodeProperties[] = [
	fromField,
	toField,
	{
		displayName: 'Subject',
		name: 'subject',
		type: 'string',
		default: '',
		placeholder: 'e.g. Welcome to the team',
		description: 'The subject line',
	},
	{
		displayName: 'HTML Body',
		name: 'html',
		type: 'string',
		typeOptions: { rows: 6 },
		default: '',
		placeholder: 'e.g. <p>Your order is on its way.</p>',
		description: 'The email as a formatted page. Fill in this, the text body, or both.',
	},
	{
		displayName: 'Text Body',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. Your order is on its way.',
		description: 'The email without formatting. When it is empty, it is made from the HTML body.',
	},
];

/** Options of the mail form, for an operation's own "Options" collection. Their order is the alphabet's. */
export const attachmentsOption: INodeProperties = {
	displayName: 'Attachments',
	name: 'attachments',
	type: 'string',
	default: 'data',
	placeholder: 'e.g. data, invoice_*',
	description:
		'Names of the binary fields to attach, with commas or spaces between them. A star stands for any letters: invoice_* takes all whose name starts so.',
};

export const bccOption: INodeProperties = {
	displayName: 'BCC',
	name: 'bcc',
	type: 'string',
	default: '',
	placeholder: 'e.g. archive@example.com',
	description: 'Who receives a copy without anyone else seeing it. Separate several addresses with commas.',
};

export const ccOption: INodeProperties = {
	displayName: 'CC',
	name: 'cc',
	type: 'string',
	default: '',
	placeholder: 'e.g. manager@example.com',
	description: 'Who receives a copy that everyone sees. Separate several addresses with commas.',
};

export const headersOption: INodeProperties = {
	displayName: 'Custom Headers',
	name: 'headers',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Header',
	default: {},
	description: 'Technical lines to add to the email, such as In-Reply-To or X-Order-Number',
	options: [
		{
			displayName: 'Header',
			name: 'header',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. X-Order-Number',
					description: 'The name of the header',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. 4711',
					description: 'What it says',
				},
			],
		},
	],
};

export const inlineImagesOption: INodeProperties = {
	displayName: 'Inline Images',
	name: 'inlineImages',
	type: 'string',
	default: '',
	placeholder: 'e.g. logo',
	description:
		'Names of the binary fields with images that the HTML body shows. Refer to them by name: &lt;img src="cid:logo"&gt;.',
};

export const replyToOption: INodeProperties = {
	displayName: 'Reply To',
	name: 'replyTo',
	type: 'string',
	default: '',
	placeholder: 'e.g. helpdesk@example.com',
	description: 'Where answers go, when not to the sender',
};
