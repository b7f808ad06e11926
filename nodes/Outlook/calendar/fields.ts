import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { updateFieldsOf } from '../../../core/node/updateFieldsOf';

export const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Holidays',
	description: 'What the calendar is called',
};

/** The themes that Graph knows (https://learn.microsoft.com/graph/api/resources/calendar). */
export const colorField: INodeProperties = {
	displayName: 'Color',
	name: 'color',
	type: 'options',
	options: [
		{ name: 'Automatic', value: 'auto', description: 'Outlook chooses one' },
		{ name: 'Light Blue', value: 'lightBlue' },
		{ name: 'Light Brown', value: 'lightBrown' },
		{ name: 'Light Gray', value: 'lightGray' },
		{ name: 'Light Green', value: 'lightGreen' },
		{ name: 'Light Orange', value: 'lightOrange' },
		{ name: 'Light Pink', value: 'lightPink' },
		{ name: 'Light Red', value: 'lightRed' },
		{ name: 'Light Teal', value: 'lightTeal' },
		{ name: 'Light Yellow', value: 'lightYellow' },
	],
	default: 'auto',
	description: 'The color by which Outlook tells the calendar from others',
};

/** What can be changed of a calendar (https://learn.microsoft.com/graph/api/calendar-update). */
export const changesField: INodeProperties = updateFieldsOf([
	colorField,
	{
		displayName: 'Make Default',
		name: 'makeDefault',
		type: 'boolean',
		default: true,
		description: 'Whether new events go into this calendar when none is chosen, instead of the usual one',
	},
	{ ...nameField, required: false },
]);

/** Only what was added. */
export function readChanges(fields: ParameterReader): IDataObject {
	const name = fields.value('name') === undefined ? undefined : fields.requiredText('name');
	return {
		...(name === undefined ? {} : { name }),
		...(fields.has('color') ? { color: fields.option('color') } : {}),
		...(fields.boolean('makeDefault') ? { isDefaultCalendar: true } : {}),
	};
}
