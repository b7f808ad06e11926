import type { IDataObject } from 'n8n-workflow';
import { withState, type PollContext } from './withState';

/**
 * Polls with what was remembered of this place, or with nothing when the trigger watched another one before: that says
 * nothing of this one. What the poll has learned is stored as the last step; see `withState`.
 *
 * @param place what is watched, and in which account
 * @param look changes the state it is given
 * @returns null while an earlier poll of this trigger is under way
 */
export async function atPlace<T>(
	context: PollContext,
	place: string,
	look: (state: IDataObject) => Promise<T>,
): Promise<T | null> {
	return await withState(context, async (kept) => {
		const state: IDataObject = kept.place === place ? kept : { place };
		return { found: await look(state), state };
	});
}
