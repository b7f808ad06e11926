import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { oneAtATime } from './oneAtATime';

/**
 * Polls with what was remembered of this place, or with nothing when the trigger watched another one before: that says
 * nothing of this one. What the poll has learned is stored as the last step, so that what failed before is looked at again;
 * in a run by hand nothing is.
 *
 * @param place what is watched, and in which account
 * @param look changes the state it is given
 * @returns null while an earlier poll of this trigger is under way
 */
export async function atPlace<T>(
	context: Pick<IPollFunctions, 'getMode' | 'getNode' | 'getWorkflow' | 'getWorkflowStaticData'>,
	place: string,
	look: (state: IDataObject) => Promise<T>,
): Promise<T | null> {
	return await oneAtATime(context, async () => {
		const kept = context.getWorkflowStaticData('node');
		const state: IDataObject = kept.place === place ? { ...kept } : { place };
		const found = await look(state);
		if (context.getMode() !== 'manual') store(kept, state);
		return found;
	});
}

/** What is the same is not written: n8n saves a workflow whose memory was touched. */
function store(kept: IDataObject, state: IDataObject): void {
	for (const name of Object.keys(kept)) if (state[name] === undefined) delete kept[name];
	for (const [name, value] of Object.entries(state))
		if (JSON.stringify(kept[name]) !== JSON.stringify(value)) kept[name] = value;
}
