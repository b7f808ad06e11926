import { toServiceError } from '../../../core/errors';
import { isGone } from '../errors';
import type { Chosen } from './chosen';

/**
 * What is asked of a folder or calendar that was chosen.
 *
 * @param name as it was chosen; '' for the usual one
 * @throws {ServiceError} that says which one it is, where it has been deleted since
 */
export async function ofPlace<T>(asked: Promise<T>, name: string, chosen: Chosen): Promise<T> {
	try {
		return await asked;
	} catch (error) {
		const field = fieldOf(name, chosen);
		const failure = toServiceError(error);
		if (field === undefined || !isGone(failure)) throw error;
		const what = chosen.calendars.includes(name) ? 'calendar' : 'folder';
		throw failure.with({
			message: `The ${what} ${name} is not there any more`,
			remedy: `It may have been deleted: take it out of ${field}, or choose another one. Until then nothing starts the workflow; what happens meanwhile in others you chose is told afterwards.`,
			field,
		});
	}
}

/** The field in which it was chosen; undefined for what was not chosen by itself. */
function fieldOf(name: string, { folder, moreFolders, calendars }: Chosen): string | undefined {
	if (calendars.includes(name)) return 'Calendar Names or IDs';
	if (moreFolders.includes(name)) return 'Further Folder Names or IDs';
	return name !== '' && name === folder ? 'Folder' : undefined;
}
