import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { setVariables } from '../api/contacts';
import { DONE } from '../connection';
import { listLocator } from '../locators';
import { emailField, readEmail, readVariables, variableFields } from './fields';

export const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update a contact',
	description: 'Change variables of a contact that is in a mailing list',
	fields: [listLocator, emailField, ...variableFields],
	read(item) {
		const variables = Object.entries(readVariables(item)).map(([name, value]) => ({
			name,
			value: String(value),
		}));
		if (variables.length === 0)
			throw item.fieldError('variables', 'names no variable to change', 'Add at least one variable.');
		return { list: item.resourceId('list'), email: readEmail(item), variables };
	},
	call: async ({ list, email, variables }, client) => ({
		email,
		list,
		variables: Object.fromEntries(variables.map(({ name, value }) => [name, value])),
		...(await setVariables(client, list, email, variables)),
	}),
});

export const setPhone = perItem({
	name: 'Set Phone',
	value: 'setPhone',
	action: 'Set the phone number of a contact',
	description: 'Give a contact of a mailing list a phone number',
	fields: [
		listLocator,
		emailField,
		{
			displayName: 'Phone',
			name: 'phone',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. +4915112345678',
			description: 'The number with the code of its country. Spaces, brackets and hyphens are taken out.',
		},
	],
	read(item) {
		const phone = item.requiredText('phone').replace(/[\s().-]/g, '');
		if (!/^\+?\d{5,15}$/.test(phone))
			throw item.fieldError(
				'phone',
				'is not a phone number',
				'Enter 5 to 15 digits with the code of the country, like +4915112345678.',
			);
		return { list: item.resourceId('list'), email: readEmail(item), phone };
	},
	call: async ({ list, email, phone }, client) => ({
		email,
		list,
		phone,
		...(await client.send({
			method: 'PUT',
			path: path`/addressbooks/${list}/phone`,
			body: { email, phone },
			answer: DONE,
		})),
	}),
});

export const getByVariable = perItem({
	name: 'Get by Variable',
	value: 'getByVariable',
	action: 'Get contacts by a variable',
	description: 'Get the contacts of a mailing list whose variable has a value',
	fields: [
		listLocator,
		{
			displayName: 'Variable',
			name: 'variable',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. City',
			description: 'The name of the variable, as SendPulse has it',
		},
		{
			displayName: 'Value',
			name: 'value',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Berlin',
			description: 'The value to look for',
		},
	],
	read: (item) => ({
		list: item.resourceId('list'),
		variable: item.requiredText('variable'),
		value: item.requiredText('value'),
	}),
	call: async ({ list, variable, value }, client) =>
		await client.send({
			path: path`/addressbooks/${list}/variables/${variable}/${value}`,
			answer: 'list',
		}),
});
