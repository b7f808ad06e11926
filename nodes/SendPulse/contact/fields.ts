import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { isAddress } from '../../../core/mail/address';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { truncate } from '../../../core/text';

/** Contacts in one request. The calls that delete and unsubscribe take no more (official description); for adding no number is published. */
export const CHUNK = { items: 100, bytes: 2_000_000 };

export const emailField: INodeProperties = {
	displayName: 'Email Address',
	name: 'email',
	type: 'string',
	required: true,
	default: '={{ $json.email }}',
	placeholder: 'e.g. ana@example.com',
	description: 'The address of the contact',
};

export function readEmail(item: ParameterReader): string {
	const email = item.requiredText('email');
	if (!isAddress(email))
		throw item.fieldError(
			'email',
			`is not a mail address: “${truncate(email)}”`,
			'Correct it where it comes from: SendPulse would leave it out without a word.',
		);
	return email;
}

export const variableFields: INodeProperties[] = [
	{
		displayName: 'Variables',
		name: 'variables',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Variable',
		default: {},
		description: 'What is known of the contact. Those not named here stay as they are.',
		options: [
			{
				displayName: 'Variable',
				name: 'variable',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. FirstName',
						description: 'The name of the variable, as SendPulse has it',
					},
					{
						displayName: 'Type',
						name: 'type',
						type: 'options',
						options: [
							{ name: 'Date', value: 'date' },
							{ name: 'Number', value: 'number' },
							{ name: 'Text', value: 'text' },
						],
						default: 'text',
						description: 'What kind of value it is. As text, a number such as a postcode keeps its zeros.',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						placeholder: 'e.g. Ana',
						description: 'The value; a date is sent as year, month and day',
					},
				],
			},
		],
	},
];

export function readVariables(item: ParameterReader): IDataObject {
	return Object.fromEntries(
		item.fixedCollection('variables', 'variable').map((row) => [row.requiredText('name'), valueOf(row)]),
	);
}

function valueOf(row: ParameterReader): string | number {
	switch (row.text('type')) {
		case 'number':
			return row.text('value') === '' ? '' : row.number('value');
		case 'date': {
			const time = row.time('value');
			return time === undefined ? '' : time.day;
		}
		default:
			return row.text('value');
	}
}
