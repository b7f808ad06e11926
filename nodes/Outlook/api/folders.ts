import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { pagesOf } from '../connection';
import { rootOf } from '../mailbox';

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

/** Folders below one (or all of the mailbox when there is none), with those below them when `deep`. */
export async function* foldersBelow(
	mailbox: string,
	parent: string | undefined,
	client: Client,
	{ deep, hidden = false, above = '' }: { deep: boolean; hidden?: boolean; above?: string },
): AsyncGenerator<Folder> {
	const list =
		parent === undefined
			? `${rootOf(mailbox, client)}/mailFolders`
			: `${folderPath(mailbox, parent, client)}/childFolders`;
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
