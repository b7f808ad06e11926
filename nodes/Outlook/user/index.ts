import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { limitFields } from '../../../core/node/limitFields';
import { locator } from '../../../core/node/locator';
import { perItem, resource } from '../../../core/node/operation';
import { noChanges } from '../../../core/node/parameters/changes';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { byDisplayName } from '../../../core/node/properties';
import { updateFieldsOf } from '../../../core/node/updateFieldsOf';
import { textField } from '../fields';
import { listRecords } from '../api/records';
import { sync } from './sync/sync.operation';
import { createUser, deleteUser, patchUser, readUser, userQuery } from './write';

const userField = locator({
	displayName: 'User',
	name: 'user',
	description: 'The user, from the list or by the main address (user principal name) or the ID',
	search: 'searchUsers',
	example: 'ana@example.com',
});

/** A new one has an address that no list has. */
const newUserField: INodeProperties = {
	displayName: 'User Principal Name',
	name: 'user',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. ana@example.com',
	description: 'The main address, which the user signs in with. Its domain must be one of the organization.',
};

const optionFields: INodeProperties[] = byDisplayName([
	textField('Department', 'department', 'e.g. Sales', 'Which part of the company it is'),
	textField('Employee ID', 'employeeId', 'e.g. 00417', 'The number of the person in HR; zeros stay'),
	textField('First Name', 'givenName', 'e.g. Ana', 'The given name'),
	textField('Job Title', 'jobTitle', 'e.g. Accountant', 'What the person does'),
	textField('Last Name', 'surname', 'e.g. Bauer', 'The family name'),
	textField('Mobile Phone', 'mobilePhone', 'e.g. +49 151 0000000', 'The mobile number'),
	textField('Office Location', 'officeLocation', 'e.g. Berlin', 'Where the person works'),
	textField('Usage Location', 'usageLocation', 'e.g. DE', 'The country, in two letters: a license needs it'),
]);

const NAMES = optionFields.map(({ name }) => name);
const readOptions = (fields: ParameterReader, names = NAMES): IDataObject =>
	Object.fromEntries(
		names.filter((name) => fields.value(name) !== undefined).map((name) => [name, fields.text(name)]),
	);

/** Graph answers a change with nothing, so the user is read. */
async function change(user: string, body: IDataObject, client: Client): Promise<IDataObject> {
	await patchUser(user, body, client);
	return await readUser(user, client);
}

const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many users',
	description: 'Get the users of the organization',
	fields: [
		...limitFields,
		{
			displayName: 'Filter',
			name: 'filter',
			type: 'string',
			default: '',
			placeholder: "e.g. department eq 'Sales'",
			description: 'A filter in OData, as Graph has it; all users when it is empty',
		},
	],
	read: (item) => ({ limit: item.limit(), filter: item.text('filter') }),
	call: ({ limit, filter }, client) =>
		listRecords('/users', client, limit, { ...userQuery, ...(filter === '' ? {} : { $filter: filter }) }),
});

const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a user',
	description: 'Get one user of the organization',
	fields: [userField],
	read: (item) => item.resourceId('user'),
	call: readUser,
});

const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create a user',
	description: 'Create a user of the organization. A mailbox comes with a license.',
	fields: [
		newUserField,
		{
			displayName: 'Display Name',
			name: 'displayName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Ana Bauer',
			description: 'The name as others see it',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The first password, by the rules of the organization',
		},
		{
			displayName: 'Change Password at First Sign-In',
			name: 'mustChange',
			type: 'boolean',
			default: true,
			description: 'Whether the user has to choose another password',
		},
		{
			displayName: 'Fields',
			name: 'fields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What else is known of the user',
			options: optionFields,
		},
	],
	asTool: false,
	read(item) {
		const userPrincipalName = item.requiredText('user');
		const [mailNickname = ''] = userPrincipalName.split('@');
		if (!/^[^@\s]+@[^@\s]+$/.test(userPrincipalName))
			throw item.fieldError(
				'user',
				`is not an address: “${userPrincipalName}”`,
				'Enter it like ana@example.com.',
			);
		return {
			accountEnabled: true,
			displayName: item.requiredText('displayName'),
			mailNickname,
			userPrincipalName,
			passwordProfile: {
				password: item.requiredText('password'),
				forceChangePasswordNextSignIn: item.boolean('mustChange'),
			},
			...readOptions(item.collection('fields')),
		};
	},
	call: async (body, client) => await createUser(body, client),
});

const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update a user',
	description: 'Change what is known of a user',
	asTool: false,
	fields: [
		userField,
		updateFieldsOf([
			...optionFields,
			textField('Display Name', 'displayName', 'e.g. Ana Bauer', 'The name as others see it'),
		]),
	],
	read(item) {
		const changes = readOptions(item.collection('updateFields'), [...NAMES, 'displayName']);
		if (Object.keys(changes).length === 0) throw noChanges(item);
		return { user: item.resourceId('user'), changes };
	},
	call: async ({ user, changes }, client) => await change(user, changes, client),
});

const enabled = (accountEnabled: boolean) => async (user: string, client: Client) =>
	await change(user, { accountEnabled }, client);

const disable = perItem({
	name: 'Disable',
	value: 'disable',
	action: 'Disable a user',
	description: 'Keep a user from signing in. Nothing of the user is deleted.',
	asTool: false,
	fields: [userField],
	read: (item) => item.resourceId('user'),
	call: enabled(false),
});

const enable = perItem({
	name: 'Enable',
	value: 'enable',
	action: 'Enable a user',
	description: 'Let a user sign in again',
	asTool: false,
	fields: [userField],
	read: (item) => item.resourceId('user'),
	call: enabled(true),
});

const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a user',
	description: 'Delete a user with the mailbox. An administrator can bring it back for 30 days.',
	asTool: false,
	fields: [userField],
	read: (item) => item.resourceId('user'),
	async call(user, client) {
		await deleteUser(user, client);
		return { user, deleted: true };
	},
});

export const user = resource({
	name: 'User',
	value: 'user',
	description: 'Users of the organization (Microsoft Entra)',
	operations: [sync, getAll, get, create, update, disable, enable, remove],
});
