import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { isAddress, parseAddresses } from '../../../core/mail/address';
import type { ParameterReader } from '../../../core/node/parameters/reader';

export const toField: INodeProperties = {
	displayName: 'To',
	name: 'to',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. ana@example.com',
	description:
		'Who receives the email: one address, without a name. For several people, use one item for each.',
};

/** Whether more than one address is taken is not published, and a name has no place in the request. */
export function readRecipient(item: ParameterReader): string {
	const [to, ...more] = parseAddresses(item.requiredText('to'), item.label('to'));
	if (to === undefined || more.length > 0)
		throw item.fieldError(
			'to',
			`has ${more.length + 1} addresses, and one is taken`,
			'Use one item for each recipient, for example with Split Out.',
		);
	if (to.name !== '')
		throw item.fieldError(
			'to',
			`has the name “${to.name}”, which cannot be sent along`,
			'Enter the address alone.',
		);
	return to.address;
}

/** '' when it is not filled in. */
export function readReplyTo(options: ParameterReader): string {
	const address = options.text('replyTo');
	if (address !== '' && !isAddress(address))
		throw options.fieldError(
			'replyTo',
			`is not a mail address: “${address}”`,
			'Enter one like helpdesk@example.com.',
		);
	return address;
}

export const valueFields: INodeProperties[] = [
	{
		displayName: 'Template Values',
		name: 'valuesFrom',
		type: 'options',
		options: [
			{
				name: 'From All Fields of the Item',
				value: 'item',
				description: 'The variable {{name}} gets the item’s field “name”, and so on',
			},
			{ name: 'One by One', value: 'fields', description: 'Say for each variable what it gets' },
			{ name: 'As JSON', value: 'json', description: 'A JSON object with a value for each variable' },
		],
		default: 'fields',
		description: 'Where the values for the variables of the template come from',
	},
	{
		displayName: 'Values',
		name: 'values',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Value',
		default: {},
		displayOptions: { show: { valuesFrom: ['fields'] } },
		description: 'What each variable of the template gets',
		options: [
			{
				displayName: 'Value',
				name: 'value',
				values: [
					{
						displayName: 'Variable',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. code',
						description: 'The name of the variable, without its brackets',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						placeholder: 'e.g. {{ $json.code }}',
						description: 'What stands in its place in the email',
					},
				],
			},
		],
	},
	{
		displayName: 'Values (JSON)',
		name: 'valuesJson',
		type: 'json',
		default: '{}',
		displayOptions: { show: { valuesFrom: ['json'] } },
		description: 'A JSON object with a value for each variable, such as { "code": "042137" }',
	},
];

export function readValues(item: ParameterReader): IDataObject {
	switch (item.option('valuesFrom')) {
		case 'item':
			return item.input.json;
		case 'json':
			return item.json('valuesJson');
		default:
			return Object.fromEntries(
				item.fixedCollection('values', 'value').map((row) => {
					const value = row.value('value');
					return [row.requiredText('name'), (value ?? '') as IDataObject[string]];
				}),
			);
	}
}
