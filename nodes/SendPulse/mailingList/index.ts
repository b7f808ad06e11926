import type { IDataObject } from 'n8n-workflow';
import { path } from '../../../core/http/path';
import { limitFields } from '../../../core/node/limitFields';
import { perItem, resource } from '../../../core/node/operation';
import { DONE, pages } from '../connection';
import { listLocator } from '../locators';

const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many mailing lists',
	description: 'Get the mailing lists of the account with their numbers of contacts',
	fields: limitFields,
	read: (item) => item.limit(),
	call: (limit, client) => client.pages('/addressbooks', pages, {}, limit),
});

const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a mailing list',
	description: 'Get one mailing list with its number of contacts',
	fields: [listLocator],
	read: (item) => item.resourceId('list'),
	// It comes in a list of one.
	call: async (list, client) =>
		await client.send<IDataObject[]>({ path: path`/addressbooks/${list}`, answer: 'list' }),
});

const getVariables = perItem({
	name: 'Get Variables',
	value: 'getVariables',
	action: 'Get the variables of a mailing list',
	description: 'Get the names and types of what a mailing list knows of its contacts',
	fields: [listLocator],
	read: (item) => item.resourceId('list'),
	call: async (list, client) =>
		await client.send<IDataObject[]>({ path: path`/addressbooks/${list}/variables`, answer: 'list' }),
});

const getCost = perItem({
	name: 'Get Cost',
	value: 'getCost',
	action: 'Get the cost of a campaign to a mailing list',
	description: 'Get how many emails a campaign to a mailing list takes from the plan, and what more costs',
	fields: [listLocator],
	read: (item) => item.resourceId('list'),
	call: async (list, client) => ({ list, ...(await client.get(path`/addressbooks/${list}/cost`)) }),
});

const nameField = {
	displayName: 'Name',
	name: 'name',
	type: 'string' as const,
	required: true,
	default: '',
	placeholder: 'e.g. Customers',
	description: 'What the list is called. No two lists of an account have the same name.',
};

const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create a mailing list',
	description: 'Create an empty mailing list',
	fields: [nameField],
	read: (item) => item.requiredText('name'),
	call: async (bookName, client) => ({
		...(await client.send({
			method: 'POST',
			path: '/addressbooks',
			body: { bookName },
			answer: ['id'],
			idempotent: false,
			manualCheck: `Look in SendPulse whether there is a mailing list “${bookName}” now.`,
		})),
		name: bookName,
	}),
});

const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Rename a mailing list',
	description: 'Give a mailing list another name',
	fields: [listLocator, nameField],
	read: (item) => ({ list: item.resourceId('list'), name: item.requiredText('name') }),
	call: async ({ list, name }, client) => ({
		...(await client.send({
			method: 'PUT',
			path: path`/addressbooks/${list}`,
			body: { name },
			answer: DONE,
		})),
		id: list,
		name,
	}),
});

const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a mailing list',
	description: 'Delete a mailing list with all its contacts, for good',
	fields: [listLocator],
	asTool: false,
	read: (item) => item.resourceId('list'),
	async call(list, client) {
		await client.delete(path`/addressbooks/${list}`, { answer: DONE });
		return { id: list, deleted: true };
	},
});

export const mailingList = resource({
	name: 'Mailing List',
	value: 'mailingList',
	operations: [getAll, get, getVariables, getCost, create, update, remove],
});
