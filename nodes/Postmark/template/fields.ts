import type { INodeProperties } from 'n8n-workflow';

export const templateLocator: INodeProperties = {
	displayName: 'Template',
	name: 'template',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The template to work on',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchTemplates', searchable: true },
		},
		{ displayName: 'By Alias', name: 'alias', type: 'string', placeholder: 'e.g. welcome' },
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 1234567' },
	],
};

/** For operations that also take layouts. */
export const anyTemplateLocator: INodeProperties = {
	...templateLocator,
	modes: templateLocator.modes!.map((mode) =>
		mode.name === 'list'
			? { ...mode, typeOptions: { searchListMethod: 'searchTemplatesAndLayouts', searchable: true } }
			: mode,
	),
};

export const typeField: INodeProperties = {
	displayName: 'Type',
	name: 'templateType',
	type: 'options',
	options: [
		{
			name: 'Layout',
			value: 'Layout',
			description: 'The frame around other templates: logo, footer, styles. It has no subject.',
		},
		{ name: 'Standard', value: 'Standard', description: 'An email’s subject and words' },
	],
	default: 'Standard',
	description: 'Whether it is an email of its own or the frame around others. This cannot be changed later.',
};

export const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Welcome email',
	description: 'What people see in lists; recipients do not see it',
};

export const subjectField: INodeProperties = {
	displayName: 'Subject',
	name: 'subject',
	type: 'string',
	default: '',
	placeholder: 'e.g. Welcome, {{name}}',
	description:
		'The subject line, with placeholders in double braces. Type it as fixed text, not as an expression.',
};

export const htmlField: INodeProperties = {
	displayName: 'HTML Body',
	name: 'html',
	type: 'string',
	typeOptions: { rows: 6 },
	default: '',
	placeholder: 'e.g. <p>Hello {{name}}</p>',
	description:
		'The email as a formatted page, with placeholders in double braces. A layout has {{{@content}}} where the email’s own words go.',
};

export const textField: INodeProperties = {
	displayName: 'Text Body',
	name: 'text',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	placeholder: 'e.g. Hello {{name}}',
	description: 'The email without formatting, with placeholders in double braces',
};

export const aliasField: INodeProperties = {
	displayName: 'Alias',
	name: 'alias',
	type: 'string',
	default: '',
	placeholder: 'e.g. welcome',
	description:
		'A short name by which workflows find the template, on every server the same. It starts with a letter and has letters, digits, dots, hyphens and underscores.',
};

export const layoutField: INodeProperties = {
	displayName: 'Layout Name or ID',
	name: 'layout',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getLayouts' },
	default: '',
	description:
		'The frame around the email, by the layout’s alias. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};
