import type { IDataObject } from 'n8n-workflow';
import { invalidInput } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { folderId, foldersBelow } from '../api/folders';
import type { Chosen } from './chosen';
import { changesSince, type State } from './delta';
import { watchOf } from './watch';

/** Each is looked at with a request of its own. */
const MOST_FOLDERS = 50;

/** Where the look at each of several folders has come to; of one folder the place stands by itself. */
export interface FolderState extends State {
	folders?: Record<string, Omit<State, 'seen'>>;
}

/**
 * What changed in the folders that are chosen. What was told of a message is known in all of them: one that moves from one
 * watched folder into another is no new message.
 */
export async function changesInFolders(
	before: FolderState,
	chosen: Chosen,
	client: Client,
	now: number,
): Promise<{ rows: IDataObject[]; state: FolderState }> {
	const { folders: places, ...single } = before;
	if (chosen.moreFolders.length === 0 && !chosen.subfolders) {
		const state = places === undefined ? single : { ...places[chosen.folder], seen: single.seen };
		return await changesSince(defined(state), watchOf(chosen, client, now), client, now);
	}
	const { seen, ...place } = single;
	const known = places ?? (place.link === undefined ? {} : { [chosen.folder]: place });
	// One below that is made between two looks may hold what came since the last one; one that is chosen later begins then.
	const last = known[chosen.folder]?.since ?? now;
	const isChosen = (folder: string) => folder === chosen.folder || chosen.moreFolders.includes(folder);
	const rows: IDataObject[] = [];
	const state: FolderState = { folders: {}, ...(seen === undefined ? {} : { seen }) };
	for (const folder of await foldersOf(chosen, client)) {
		const since = isChosen(folder) ? now : last;
		const start = defined({ since, ...known[folder], seen: state.seen });
		const watch = { ...watchOf({ ...chosen, folder }, client, now), folder };
		const found = await changesSince(start, watch, client, now);
		const { seen: all, ...at } = found.state;
		Object.assign(state, defined({ seen: all }));
		state.folders![folder] = at;
		rows.push(...found.rows);
	}
	return { rows, state };
}

/** Without what is not known: n8n would store it as null. */
const defined = <T extends { seen?: State['seen'] | undefined }>({ seen, ...rest }: T) => ({
	...rest,
	...(seen === undefined ? {} : { seen }),
});

/**
 * The chosen folders, and those below where that is wanted, each once: the inbox by its name and by its ID is one. As they
 * were chosen, as places are kept by that. @throws {ServiceError} for too many
 */
async function foldersOf(
	{ mailbox, folder, moreFolders, subfolders }: Chosen,
	client: Client,
): Promise<string[]> {
	const all = new Map<string, string>();
	const add = (id: string, name: string) => void (all.has(id) || all.set(id, name));
	const chosen = [folder, ...moreFolders];
	// Side by side: the client has twenty of them travel together.
	const ids = await Promise.all(chosen.map(async (name) => await folderId(mailbox, name, client)));
	ids.forEach((id, at) => add(id, chosen[at]!));
	if (subfolders)
		for (const parent of ids)
			for await (const { id } of foldersBelow(mailbox, parent, client, { deep: true })) add(id, id);
	if (all.size > MOST_FOLDERS)
		throw invalidInput(
			'Further Folder Names or IDs',
			`These are ${all.size} folders, and ${MOST_FOLDERS} at most are looked at`,
			'Choose fewer, or switch Include Subfolders off. A second trigger can look at the others.',
		);
	return [...all.values()];
}
