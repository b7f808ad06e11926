import { newId } from './audience';
import type { Folder } from './records';
import type { MailchimpState } from './state';
import { type ChimpTable, described } from './table';

/** Folders have a name, and count what is in them. */
const folders = (
	path: string,
	records: (state: MailchimpState) => Map<string | number, Folder>,
	inside: (state: MailchimpState, id: string) => number,
) =>
	described<Folder>({
		path,
		id: { parameter: 'folder_id', field: 'id', next: newId },
		records: ({ state }) => records(state),
		rows: 'folders',
		show: (folder, { state }) => ({
			...folder,
			count: inside(state, folder.id),
			_links: [{ rel: 'self', href: `${state.url}${path}/${folder.id}`, method: 'GET' }],
		}),
		examples: { create: (n) => ({ name: `Folder ${n}` }), change: { name: 'Archive' } },
	});

export const folderTables = [
	folders(
		'/campaign-folders',
		({ campaignFolders }) => campaignFolders,
		({ campaigns }, id) => [...campaigns.values()].filter(({ settings }) => settings.folder_id === id).length,
	),
	folders(
		'/template-folders',
		({ templateFolders }) => templateFolders,
		({ templates }, id) => [...templates.values()].filter(({ folder_id: folder }) => folder === id).length,
	),
] as unknown as Array<ChimpTable<object>>;
