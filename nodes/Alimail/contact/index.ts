import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { offsetPagination } from '../../../core/http/pagination';
import { path } from '../../../core/http/path';
import { limitFields } from '../../../core/node/limitFields';
import { perItem, resource } from '../../../core/node/operation';
import { select } from '../assumed';

const TOP = '$root';
/** github.com/eryajf/go-alimail, alimail/sharedContact.go. */
const FIELDS = [
	'workPhone',
	'phone',
	'homeAddress',
	'createdTime',
	'modifiedTime',
	'companyName',
	'jobTitle',
	'workAddress',
	'folderPath',
	'nickname',
	'manager',
	'info',
	'isHidden',
	'id',
	'name',
	'folderId',
	'email',
];

/** Two clients ask for 100 and 500 at a time; the most is not documented. */
const pagesOf = (rows: string) =>
	offsetPagination({ rows, offset: 'offset', limit: 'limit', total: 'total', maxSize: 100 });
const contactPages = pagesOf('contacts');
const folderPages = pagesOf('folders');

/** Folders below one, however deep, itself first, each with the way to it. */
async function* foldersFrom(
	client: Client,
	id: string,
	above: string,
	seen: Set<string> = new Set(),
): AsyncGenerator<{ id: string; place: string }> {
	if (seen.has(id)) return;
	seen.add(id);
	yield { id, place: above };
	for await (const row of client.pages(path`/v2/sharedContactFolders/${id}/childFolders`, folderPages)) {
		const name = String(row.name ?? row.id);
		yield* foldersFrom(client, String(row.id), above === '' ? name : `${above}/${name}`, seen);
	}
}

const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many shared contacts',
	description: 'List the public contacts of your organization, with the folder of each',
	fields: [
		{
			displayName: 'Folder ID',
			name: 'folderId',
			type: 'string',
			default: '',
			placeholder: 'e.g. $root',
			description: 'Only contacts of this folder; all when it is empty',
		},
		{
			displayName: 'Include Subfolders',
			name: 'deep',
			type: 'boolean',
			default: true,
			description: 'Whether to list the contacts of the folders below too',
		},
		...limitFields,
	],
	read: (item) => ({
		folder: item.text('folderId') || TOP,
		deep: item.boolean('deep'),
		limit: item.limit(),
	}),
	async *call({ folder, deep, limit }, client): AsyncGenerator<IDataObject> {
		let left = limit;
		const folders = deep ? foldersFrom(client, folder, '') : [{ id: folder, place: '' }];
		for await (const { id, place } of folders) {
			const list = path`/v2/sharedContactFolders/${id}/contacts`;
			for await (const row of client.pages(list, contactPages, select(client, FIELDS), left)) {
				left--;
				yield place === '' ? row : { ...row, folder: place };
			}
			if (left <= 0) return;
		}
	},
});

export const contact = resource({
	name: 'Shared Contact',
	value: 'contact',
	description: 'Public contacts of the organization',
	operations: [getAll],
});
