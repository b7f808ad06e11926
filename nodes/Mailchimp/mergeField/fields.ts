import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { byDisplayName } from '../../../core/node/properties';
import { locator } from '../../../core/node/locator';
import { pickedNumber } from '../ids';

export const mergeFieldLocator = locator({
	displayName: 'Merge Field',
	name: 'mergeField',
	description: 'The merge field, by its name from the list or by its number',
	search: 'searchMergeFields',
	example: '6',
});

export const mergeFieldId = (item: ParameterReader): string =>
	pickedNumber(
		item,
		'mergeField',
		'Choose the merge field from the list, or enter its number, which Merge Field → Get Many shows as “merge_id”. It is not its tag.',
	);

const SETTINGS: INodeProperties[] = [
	{
		displayName: 'Choices',
		name: 'choices',
		type: 'string',
		default: '',
		placeholder: 'e.g. Berlin, Shanghai',
		description: 'What a dropdown or radio field offers, with commas between, or a list from an expression',
	},
	{
		displayName: 'Default Value',
		name: 'defaultValue',
		type: 'string',
		default: '',
		placeholder: 'e.g. Friend',
		description: 'What contacts without a value have',
	},
	{
		displayName: 'Display Order',
		name: 'displayOrder',
		type: 'number',
		default: 1,
		description: 'Its place on signup forms',
	},
	{
		displayName: 'Help Text',
		name: 'helpText',
		type: 'string',
		default: '',
		placeholder: 'e.g. As on your badge',
		description: 'What stands beside it on signup forms',
	},
	{
		displayName: 'Public',
		name: 'public',
		type: 'boolean',
		default: true,
		description: 'Whether it is shown on signup forms',
	},
	{
		displayName: 'Required',
		name: 'required',
		type: 'boolean',
		default: true,
		description: 'Whether a contact must have a value; contacts without one are then refused',
	},
];

/** @param own fields that only this operation has */
export const settingsField = (own: INodeProperties[] = []): INodeProperties => ({
	displayName: 'Settings',
	name: 'settings',
	type: 'collection',
	placeholder: 'Add Setting',
	default: {},
	description: 'What is filled in here is set',
	options: byDisplayName([...SETTINGS, ...own]),
});

/** The settings that were added, under Mailchimp's names. */
export function readSettings(settings: ParameterReader): IDataObject {
	const choices = settings.names('choices');
	return {
		...(settings.has('defaultValue') ? { default_value: settings.text('defaultValue') } : {}),
		...(settings.has('displayOrder') ? { display_order: settings.number('displayOrder', { min: 0 }) } : {}),
		...(settings.has('helpText') ? { help_text: settings.text('helpText') } : {}),
		...(settings.has('public') ? { public: settings.boolean('public') } : {}),
		...(settings.has('required') ? { required: settings.boolean('required') } : {}),
		...(choices.length > 0 ? { options: { choices } } : {}),
	};
}
