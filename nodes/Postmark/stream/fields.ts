import type { INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from '../../../core/node/parameters/reader';

export const descriptionField: INodeProperties = {
	displayName: 'Description',
	name: 'description',
	type: 'string',
	default: '',
	placeholder: 'e.g. Monthly company news',
	description: 'What the stream is for, without HTML, up to 1,000 characters',
};

export const unsubscribeField: INodeProperties = {
	displayName: 'Unsubscribe Links',
	name: 'unsubscribeHandling',
	type: 'options',
	options: [
		{
			name: 'Made by Postmark',
			value: 'Postmark',
			description: 'Postmark adds a link and takes the recipient off by itself; usual for broadcasts',
		},
		{ name: 'My Own', value: 'Custom', description: 'You put the link in and keep the list yourself' },
		{ name: 'None', value: 'None', description: 'Usual for transactional email' },
	],
	default: 'Postmark',
	description: 'Who takes care of recipients who no longer want these emails',
};

/** The fields of a stream that can change later, as the API takes them. */
export function readSettings(fields: ParameterReader) {
	return {
		...(fields.declares('name') &&
			fields.value('name') !== undefined && { Name: fields.requiredText('name') }),
		...(fields.value('description') === undefined ? {} : { Description: fields.text('description') }),
		...(fields.has('unsubscribeHandling') && {
			SubscriptionManagementConfiguration: {
				UnsubscribeHandlingType: fields.text('unsubscribeHandling'),
			},
		}),
	};
}
