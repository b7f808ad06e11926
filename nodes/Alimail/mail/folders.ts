import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { locator } from '../../../core/node/locator';
import type { ParameterReader } from '../../../core/node/parameters/reader';

/** Folders that every mailbox has, by their IDs: 1 and 2 are known from two clients, 5 and 6 from one. */
export const FOLDERS = { sent: '1', inbox: '2', junk: '3', drafts: '5', deleted: '6' } as const;
export const isOwn = (id: string): boolean => !(Object.values(FOLDERS) as string[]).includes(id);

/** Words that people type for them. */
const WORDS: Record<string, string> = { ...FOLDERS, trash: FOLDERS.deleted, spam: FOLDERS.junk };

export interface Folder extends IDataObject {
	id: string;
	displayName?: string;
	parentFolderId?: string;
	childFolderCount?: number;
	totalItemCount?: number;
	unreadItemCount?: number;
	/** `Inbox/Invoices`. */
	path: string;
}

export const folderLocator: INodeProperties = locator({
	displayName: 'Folder',
	name: 'folder',
	description: 'The mail folder. By ID also inbox, sent, drafts, junk and deleted.',
	search: 'searchMailFolders',
	example: 'inbox',
});

export const readFolder = (item: ParameterReader, name = 'folder'): string => folderId(item.resourceId(name));

/** The ID behind a word that stands for a folder of every mailbox; anything else is an ID. */
export const folderId = (text: string): string => {
	const word = text.trim().toLowerCase();
	return Object.hasOwn(WORDS, word) ? WORDS[word]! : text.trim();
};

/** One level: the top, or what is below a folder. */
async function level(client: Client, mailbox: string, parent?: string): Promise<IDataObject[]> {
	const { folders } = await client.send<{ folders: IDataObject[] }>({
		path: path`/v2/users/${mailbox}/mailFolders`,
		...(parent === undefined ? {} : { query: { folderId: parent } }),
		answer: ['folders'],
	});
	return folders;
}

/** Folders with the way to each; below each come those that it holds, when `deep`. */
export async function* foldersBelow(
	client: Client,
	mailbox: string,
	{ parent, deep = true, above = '' }: { parent?: string | undefined; deep?: boolean; above?: string } = {},
	seen: Set<string> = new Set(),
): AsyncGenerator<Folder> {
	for (const row of await level(client, mailbox, parent)) {
		const id = String(row.id);
		// A folder met twice would be a circle in the answers.
		if (seen.has(id)) continue;
		seen.add(id);
		const name = String(row.displayName ?? id);
		const own = above === '' ? name : `${above}/${name}`;
		yield { ...row, id, path: own } as Folder;
		if (deep && Number(row.childFolderCount ?? 0) > 0)
			yield* foldersBelow(client, mailbox, { parent: id, deep, above: own }, seen);
	}
}

/** A folder wherever it is; undefined when the mailbox has none of this ID. */
export async function findFolder(client: Client, mailbox: string, id: string): Promise<Folder | undefined> {
	for await (const folder of foldersBelow(client, mailbox)) if (folder.id === id) return folder;
	return undefined;
}

export async function folderNamed(
	client: Client,
	mailbox: string,
	name: string,
): Promise<Folder | undefined> {
	for await (const folder of foldersBelow(client, mailbox, { deep: false }))
		if (folder.displayName === name) return folder;
	return undefined;
}
