import { invalidInput } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { folderId, foldersBelow } from '../api/folders';
import { hasSeveralFolders, type Chosen } from './chosen';
import { justBefore, type Place, type Position } from './delta';
import { ofPlace } from './missing';

/** Each is looked at with a request of its own. */
const MOST_FOLDERS = 50;

/**
 * The folders that are looked at. One below that is made between two looks may hold what came since the last one; one that is
 * chosen later begins then.
 *
 * @param known where the looks have come to
 * @param start when a folder begins that is chosen now, in epoch milliseconds; when it is looked at first, if this is not said
 */
export async function foldersOf(
	known: Record<string, Position>,
	chosen: Chosen,
	client: Client,
	start: number | undefined,
): Promise<Place[]> {
	const { folder: first, moreFolders } = chosen;
	const names = hasSeveralFolders(chosen) ? [...(await folderIds(chosen, client)).values()] : [first];
	// What was in other folders by then is known if it was told.
	const last = known[first] === undefined ? start : justBefore(known[first]);
	const begin = (name: string): Position => {
		const since = name === first || moreFolders.includes(name) ? start : last;
		return since === undefined ? {} : { since };
	};
	return names.map((name) => ({ name, from: known[name] ?? begin(name) }));
}

/**
 * The IDs of the chosen folders, and of those below where that is wanted, each once: the inbox by its name and by its ID is
 * one. Each with its name as it was chosen, as places are kept by that. @throws {ServiceError} for too many
 */
export async function folderIds(chosen: Chosen, client: Client): Promise<Map<string, string>> {
	const { mailbox, subfolders } = chosen;
	const all = new Map<string, string>();
	const add = (id: string, name: string) => void (all.has(id) || all.set(id, name));
	const names = [chosen.folder, ...chosen.moreFolders];
	// Side by side: the client has twenty of them travel together.
	const ids = await Promise.all(
		names.map(async (name) => await ofPlace(folderId(mailbox, name, client), name, chosen)),
	);
	ids.forEach((id, at) => add(id, names[at]!));
	if (subfolders)
		for (const parent of ids)
			for await (const { id } of foldersBelow(mailbox, parent, client, { deep: true })) add(id, id);
	if (all.size > MOST_FOLDERS)
		throw invalidInput(
			'Further Folder Names or IDs',
			`These are ${all.size} folders, and ${MOST_FOLDERS} at most are looked at`,
			'Choose fewer, or switch Include Subfolders off. A second trigger can look at the others.',
		);
	return all;
}
