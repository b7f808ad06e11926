import type { INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { limitFields } from '../../../core/node/limitFields';
import { perItem, resource } from '../../../core/node/operation';
import { noChanges } from '../../../core/node/parameters/changes';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { updateFieldsOf } from '../../../core/node/updateFieldsOf';
import { changing } from '../api/kept';
import { withoutNotes } from '../api/messages';
import { changeRecord, createMarked, listRecords, removeRecord } from '../api/records';
import { contactFolderLocator } from '../locators';
import { mailboxField, readMailbox, rootOf } from '../mailbox';
import { optionalId } from '../message/getAll.operation';
import { contactOptions, readContact } from './fields';
import { get, getAll, listPath } from './get.operations';
import { contactField, onePath, readOne } from './one';
import { getPhoto, setPhoto } from './photo.operations';

const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create a contact',
	description: 'Put a person into the contacts',
	fields: [
		mailboxField,
		contactFolderLocator,
		{
			displayName: 'Fields',
			name: 'fields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What is known of the person',
			options: contactOptions,
		},
	],
	read(item) {
		const contact = readContact(item.collection('fields'));
		if (Object.keys(contact).length === 0)
			throw item.fieldError('fields', 'is empty', 'Add at least a name.');
		return { mailbox: readMailbox(item), folder: optionalId(item, 'contactFolder'), contact };
	},
	call: async ({ mailbox, folder, contact }, client) =>
		await createMarked(listPath(mailbox, folder, client), contact, client),
});

const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update a contact',
	description: 'Change contacts, up to 20 in one request',
	fields: [mailboxField, contactField, updateFieldsOf(contactOptions)],
	read(item) {
		const changes = readContact(item.collection('updateFields'));
		if (Object.keys(changes).length === 0) throw noChanges(item);
		return { ...readOne(item), changes };
	},
	call: async ({ changes, ...one }, client) => await changeRecord(onePath(one, client), changes, client),
});

const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a contact',
	description: 'Delete contacts, up to 20 in one request',
	fields: [mailboxField, contactField],
	read: readOne,
	call: async (one, client) => await removeRecord(onePath(one, client), one.id, client),
});

export const contact = resource({
	name: 'Contact',
	value: 'contact',
	description: 'People in the address book of a mailbox',
	operations: [getAll, get, getPhoto, create, update, setPhoto, remove],
});

const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Suppliers',
	description: 'What the folder is called',
};
const theFolder: INodeProperties = {
	...contactFolderLocator,
	required: true,
	description: 'The folder of contacts',
};
const folderOf = (mailbox: string, folder: string, client: Client): string =>
	`${rootOf(mailbox, client)}${path`/contactFolders/${folder}`}`;
const readFolder = (item: ParameterReader) => ({
	mailbox: readMailbox(item),
	folder: item.resourceId('contactFolder'),
});

/** Does something with the folders, which menus have read. */
const changingThem = changing('contactFolders');

export const contactFolder = resource({
	name: 'Contact Folder',
	value: 'contactFolder',
	description: 'Folders of contacts beside the usual one',
	operations: [
		perItem({
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many contact folders',
			description: 'Get the folders of contacts',
			fields: [mailboxField, ...limitFields],
			read: (item) => ({ mailbox: readMailbox(item), limit: item.limit() }),
			call: ({ mailbox, limit }, client: Client) =>
				listRecords(`${rootOf(mailbox, client)}/contactFolders`, client, limit),
		}),
		perItem({
			name: 'Get',
			value: 'get',
			action: 'Get a contact folder',
			description: 'Get one folder of contacts',
			fields: [mailboxField, theFolder],
			read: readFolder,
			call: async ({ mailbox, folder }, client: Client) =>
				withoutNotes(await client.get(folderOf(mailbox, folder, client))),
		}),
		perItem({
			name: 'Create',
			value: 'create',
			action: 'Create a contact folder',
			description: 'Create a folder for contacts',
			fields: [mailboxField, nameField],
			read: (item) => ({ mailbox: readMailbox(item), displayName: item.requiredText('name') }),
			call: async ({ mailbox, displayName }, client: Client) =>
				await changingThem(
					mailbox,
					client,
					async () =>
						await createMarked(`${rootOf(mailbox, client)}/contactFolders`, { displayName }, client),
				),
		}),
		perItem({
			name: 'Update',
			value: 'update',
			action: 'Rename a contact folder',
			description: 'Give a folder of contacts another name',
			fields: [mailboxField, theFolder, nameField],
			read: (item) => ({ ...readFolder(item), displayName: item.requiredText('name') }),
			call: async ({ mailbox, folder, displayName }, client: Client) =>
				await changingThem(
					mailbox,
					client,
					async () => await changeRecord(folderOf(mailbox, folder, client), { displayName }, client),
				),
		}),
		perItem({
			name: 'Delete',
			value: 'delete',
			action: 'Delete a contact folder',
			description: 'Delete a folder with all contacts in it',
			asTool: false,
			fields: [mailboxField, theFolder],
			read: readFolder,
			call: async ({ mailbox, folder }, client: Client) =>
				await changingThem(
					mailbox,
					client,
					async () => await removeRecord(folderOf(mailbox, folder, client), folder, client),
				),
		}),
	],
});
