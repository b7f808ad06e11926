import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { pagesOf } from '../connection';
import { rootOf } from '../mailbox';
import { expanded, propertyOf } from './flags';
import { createRecord, marked, newMark, type Mark } from './records';

export interface Folder extends IDataObject {
	id: string;
	displayName: string;
	childFolderCount?: number;
	/** `Inbox/Invoices/2026` */
	path?: string;
}

export const folderPages = pagesOf(250);

export const folderPath = (mailbox: string, folder: string, client: Client): string =>
	`${rootOf(mailbox, client)}${path`/mailFolders/${folder}`}`;

/** Where the folders in one are, or those at the top of the mailbox. */
const listIn = (mailbox: string, parent: string | undefined, client: Client): string =>
	parent === undefined
		? `${rootOf(mailbox, client)}/mailFolders`
		: `${folderPath(mailbox, parent, client)}/childFolders`;

/** Folders below one (or all of the mailbox when there is none), with those below them when `deep`. */
export async function* foldersBelow(
	mailbox: string,
	parent: string | undefined,
	client: Client,
	{ deep, hidden = false, above = '' }: { deep: boolean; hidden?: boolean; above?: string },
): AsyncGenerator<Folder> {
	const list = listIn(mailbox, parent, client);
	for await (const row of client.pages(list, folderPages, hidden ? { includeHiddenFolders: 'true' } : {})) {
		const { '@odata.type': _type, ...folder } = row as Folder;
		const own = above === '' ? folder.displayName : `${above}/${folder.displayName}`;
		yield { ...folder, path: own } as Folder;
		if (deep && Number(folder.childFolderCount ?? 0) > 0)
			yield* foldersBelow(mailbox, folder.id, client, { deep, hidden, above: own });
	}
}

/** The ID behind a folder's name that every mailbox has (`inbox`), to compare with. */
export async function folderId(mailbox: string, folder: string, client: Client): Promise<string> {
	const { id } = await client.send<{ id: string }>({
		path: folderPath(mailbox, folder, client),
		query: { $select: 'id' },
		answer: ['id'],
	});
	return id;
}

/** Makes a folder. In its parent a name is there once: one whose answer got lost is found by that, and known by its mark. */
export async function createFolder(
	mailbox: string,
	parent: string | undefined,
	name: string,
	client: Client,
): Promise<IDataObject> {
	const mark = newMark();
	return await createRecord(
		listIn(mailbox, parent, client),
		marked({ displayName: name }, mark),
		client,
		async () => {
			for await (const { id, displayName } of foldersBelow(mailbox, parent, client, { deep: false }))
				if (displayName.toLowerCase() === name.toLowerCase())
					return await withMark(folderPath(mailbox, id, client), mark, client);
			return undefined;
		},
	);
}

/** @throws for a folder without that mark: whether somebody else's was there before nobody can tell */
async function withMark(folder: string, { id, value }: Mark, client: Client): Promise<IDataObject> {
	const found = await client.get(folder, { $expand: expanded(id) });
	if (propertyOf(found, id) !== value) throw new Error('It is another one');
	const { singleValueExtendedProperties: _own, ...plain } = found;
	return plain;
}
