import type { INodeProperties } from 'n8n-workflow';
import { ServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { wasThere } from '../../../core/http/wasThere';
import { limitFields } from '../../../core/node/limitFields';
import { perItem, resource } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import {
	findFolder,
	folderLocator,
	folderNamed,
	foldersBelow,
	isOwn,
	readFolder,
	type Folder,
} from '../mail/folders';
import { mailboxLocator, readMailbox } from '../mail/mailbox';

const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Invoices',
	description: 'What the folder is called',
};

const readTarget = (item: ParameterReader) => ({ mailbox: readMailbox(item), folder: readFolder(item) });

const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many mail folders',
	description: 'Get the folders of a mailbox with their numbers of messages, and the way to each',
	fields: [
		mailboxLocator,
		{
			displayName: 'Include Subfolders',
			name: 'deep',
			type: 'boolean',
			default: true,
			description: 'Whether to get the folders below them too, however deep',
		},
		...limitFields,
	],
	read: (item) => ({ mailbox: readMailbox(item), deep: item.boolean('deep'), limit: item.limit() }),
	async *call({ mailbox, deep, limit }, client) {
		let left = limit;
		for await (const folder of foldersBelow(client, mailbox, { deep })) {
			if (left-- <= 0) return;
			yield folder;
		}
	},
});

/** Only at the top: how one is made below another is not documented. */
const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create a mail folder',
	description: 'Create a folder at the top of a mailbox',
	fields: [mailboxLocator, nameField],
	read: (item) => ({ mailbox: readMailbox(item), name: item.requiredText('name') }),
	async call({ mailbox, name }, client) {
		// Alimail does not say when a folder was made: what is there after a lost answer is told from what was there before.
		if ((await folderNamed(client, mailbox, name)) !== undefined)
			throw wasThere({ service: 'Alimail', what: `the folder “${name}”`, field: 'Name' });
		return await client.send<Folder>({
			method: 'POST',
			path: path`/v2/users/${mailbox}/mailFolders`,
			body: { displayName: name },
			idempotent: false,
			answer: ['id'],
			reconcile: async () => await folderNamed(client, mailbox, name),
			manualCheck: `Look in the mailbox ${mailbox} whether the folder “${name}” is there.`,
		});
	},
});

const rename = perItem({
	name: 'Rename',
	value: 'rename',
	action: 'Rename a mail folder',
	description: 'Give a folder another name',
	fields: [mailboxLocator, folderLocator, nameField],
	read: (item) => ({ ...readTarget(item), name: item.requiredText('name') }),
	async call({ mailbox, folder, name }, client) {
		await own(client, mailbox, folder, 'renamed');
		await client.send({
			method: 'PATCH',
			path: path`/v2/users/${mailbox}/mailFolders/${folder}`,
			body: { displayName: name },
			// The same name twice is the same folder.
			idempotent: true,
			answer: 'nothing',
			reconcile: async () =>
				(await findFolder(client, mailbox, folder))?.displayName === name ? {} : undefined,
		});
		return { id: folder, displayName: name, renamed: true };
	},
});

const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a mail folder',
	description: 'Delete a folder that has neither messages nor folders in it',
	asTool: false,
	fields: [mailboxLocator, folderLocator],
	read: readTarget,
	async call({ mailbox, folder }, client) {
		const { totalItemCount, childFolderCount } = await own(client, mailbox, folder, 'deleted');
		// What Alimail does with the mail of a deleted folder is not documented: only empty ones are deleted.
		if (Number(totalItemCount ?? 0) + Number(childFolderCount ?? 0) > 0)
			throw refused(
				'The folder still has messages or folders in it',
				'Move or delete them first; then delete the folder.',
			);
		await client.delete(path`/v2/users/${mailbox}/mailFolders/${folder}`, {
			reconcile: async () => ((await findFolder(client, mailbox, folder)) === undefined ? {} : undefined),
		});
		return { deleted: true, id: folder };
	},
});

/** @throws {ServiceError} for what is not there, and for folders that every mailbox has */
async function own(client: Client, mailbox: string, id: string, what: string): Promise<Folder> {
	if (!isOwn(id))
		throw refused(`This is a folder that every mailbox has, and cannot be ${what}`, 'Choose another folder.');
	const found = await findFolder(client, mailbox, id);
	if (found !== undefined) return found;
	throw refused('The mailbox has no such folder', 'Choose it from the list: it may have been deleted.');
}

const refused = (message: string, remedy: string): ServiceError =>
	new ServiceError({ service: 'Alimail', message, remedy, field: 'Folder', outcome: 'notSent' });

export const mailFolder = resource({
	name: 'Mail Folder',
	value: 'mailFolder',
	description: 'Folders of a mailbox',
	operations: [getAll, create, rename, remove],
});
