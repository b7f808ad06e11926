import type { INodeProperties } from 'n8n-workflow';
import { locator } from '../../../core/node/locator';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { pickedNumber } from '../ids';

export const templateLocator = locator({
	displayName: 'Template',
	name: 'template',
	description: 'The template, by its name from the list or by its number',
	search: 'searchTemplates',
	example: '10002345',
});

export const templateId = (item: ParameterReader): number =>
	Number(
		pickedNumber(
			item,
			'template',
			'Choose the template from the list, or enter its number, which Template → Get Many shows as “id”. It is not its name.',
		),
	);

export const folderOption: INodeProperties = {
	displayName: 'Folder Name or ID',
	name: 'folder',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getTemplateFolders' },
	default: '',
	description:
		'The folder in Mailchimp that it is in. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

export const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Newsletter',
	description: 'What it is called in Mailchimp',
};

export const htmlField: INodeProperties = {
	displayName: 'HTML',
	name: 'html',
	type: 'string',
	typeOptions: { rows: 6 },
	default: '',
	placeholder: 'e.g. <div mc:edit="body">…</div> <a href="*|UNSUB|*">Unsubscribe</a>',
	description:
		'The whole template. What has mc:edit="name" is a section that a campaign can fill in; Mailchimp never gives the HTML back.',
};
