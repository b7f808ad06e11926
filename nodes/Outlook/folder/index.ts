import type { INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { limitFields } from '../../../core/node/limitFields';
import { perItem, resource } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { createFolder, folderId, folderPath, foldersBelow } from '../api/folders';
import { changing } from '../api/kept';
import { withoutNotes } from '../api/messages';
import { changeRecord } from '../api/records';
import { folderLocator, optionalFolder } from '../locators';
import { mailboxField, readMailbox } from '../mailbox';
import { optionalId } from '../message/getAll.operation';

const parentField: INodeProperties = {
	...optionalFolder,
	displayName: 'Parent Folder',
	name: 'parent',
	description: 'The folder it is in; the top of the mailbox when it is empty',
};

const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Invoices',
	description: 'What the folder is called',
};

const readFolder = (item: ParameterReader) => ({
	mailbox: readMailbox(item),
	folder: item.resourceId('folder'),
});

/** Does something with the tree of folders, which menus have read. */
const changingThem = changing('folders');

const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many folders',
	description: 'Get the folders of a mailbox with their numbers of messages, and the way to each',
	fields: [
		mailboxField,
		{ ...parentField, description: 'Only folders below this one; all of the mailbox when it is empty' },
		{
			displayName: 'Include Subfolders',
			name: 'deep',
			type: 'boolean',
			default: true,
			description: 'Whether to get the folders below them too, however deep',
		},
		{
			displayName: 'Include Hidden',
			name: 'hidden',
			type: 'boolean',
			default: false,
			description: 'Whether to get folders that Outlook does not show',
		},
		...limitFields,
	],
	read: (item) => ({
		mailbox: readMailbox(item),
		parent: optionalId(item, 'parent') || undefined,
		deep: item.boolean('deep'),
		hidden: item.boolean('hidden'),
		limit: item.limit(),
	}),
	async *call({ mailbox, parent, deep, hidden, limit }, client) {
		let left = limit;
		for await (const folder of foldersBelow(mailbox, parent, client, { deep, hidden })) {
			if (left-- <= 0) return;
			yield withoutNotes(folder);
		}
	},
});

const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a folder',
	description: 'Get one folder with its numbers of messages',
	fields: [mailboxField, folderLocator],
	read: readFolder,
	call: async ({ mailbox, folder }, client) =>
		withoutNotes(await client.get(folderPath(mailbox, folder, client))),
});

const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create a folder',
	description: 'Create a mail folder',
	fields: [mailboxField, nameField, parentField],
	read: (item) => ({
		mailbox: readMailbox(item),
		name: item.requiredText('name'),
		parent: optionalId(item, 'parent'),
	}),
	call: async ({ mailbox, name, parent }, client) =>
		await changingThem(
			mailbox,
			client,
			async () => await createFolder(mailbox, parent === '' ? undefined : parent, name, client),
		),
});

const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Rename a folder',
	description: 'Give a folder another name',
	fields: [mailboxField, folderLocator, nameField],
	read: (item) => ({ ...readFolder(item), name: item.requiredText('name') }),
	call: async ({ mailbox, folder, name }, client) =>
		await changingThem(
			mailbox,
			client,
			async () => await changeRecord(folderPath(mailbox, folder, client), { displayName: name }, client),
		),
});

const targetField: INodeProperties = {
	...folderLocator,
	displayName: 'To Folder',
	name: 'to',
	description: 'The folder it goes into. By ID also msgfolderroot, the top of the mailbox.',
};

const readJourney = (item: ParameterReader) => ({ ...readFolder(item), to: item.resourceId('to') });

/** Moves a folder. One that is there already has been moved by a try whose answer got lost. */
async function moveTo(mailbox: string, folder: string, to: string, client: Client) {
	const own = folderPath(mailbox, folder, client);
	const carry = async () =>
		await client.send({
			method: 'POST',
			path: `${own}/move`,
			body: { destinationId: to },
			idempotent: false,
			answer: ['id'],
			async reconcile() {
				const [now, wanted] = await Promise.all([client.get(own), folderId(mailbox, to, client)]);
				return now.parentFolderId === wanted ? now : undefined;
			},
			manualCheck: 'Look where the folder is.',
		});
	return withoutNotes(await changingThem(mailbox, client, carry));
}

const move = perItem({
	name: 'Move',
	value: 'move',
	action: 'Move a folder',
	description: 'Move a folder with all that is in it',
	fields: [mailboxField, folderLocator, targetField],
	read: readJourney,
	call: async ({ mailbox, folder, to }, client) => await moveTo(mailbox, folder, to, client),
});

/**
 * A copy cannot be given a mark, Graph does not tell when a folder was made, and a long copy may still be under way: of one whose
 * answer got lost nobody can be certain, so it is neither looked for nor made again.
 */
const copy = perItem({
	name: 'Copy',
	value: 'copy',
	action: 'Copy a folder',
	description: 'Copy a folder with all that is in it',
	fields: [mailboxField, folderLocator, targetField],
	read: readJourney,
	call: async ({ mailbox, folder, to }, client) =>
		await changingThem(mailbox, client, async () =>
			withoutNotes(
				await client.send({
					method: 'POST',
					path: `${folderPath(mailbox, folder, client)}/copy`,
					body: { destinationId: to },
					idempotent: false,
					answer: ['id'],
					manualCheck: 'Look in the other folder whether the copy is there.',
				}),
			),
		),
});

/** Graph's own delete, of a folder that is in Deleted Items already, is for good: a second try must not do that. */
const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a folder',
	description: 'Move a folder with all that is in it into Deleted Items',
	asTool: false,
	fields: [mailboxField, folderLocator],
	read: readFolder,
	async call({ mailbox, folder }, client) {
		const { id } = await moveTo(mailbox, folder, 'deleteditems', client);
		return { id: id as string, deleted: true };
	},
});

export const folder = resource({
	name: 'Folder',
	value: 'folder',
	description: 'Mail folders',
	operations: [getAll, get, create, update, move, copy, remove],
});
