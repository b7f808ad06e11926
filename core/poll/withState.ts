import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { oneAtATime } from './oneAtATime';

export type PollContext = Pick<IPollFunctions, 'getNode' | 'getWorkflow' | 'getWorkflowStaticData'>;

/** What a poll has found, and what the next one begins with. */
export interface Looked<T> {
	found: T;
	state: object;
}

/**
 * Polls with what the last poll has left. What this one leaves is stored as the last step, so that what failed before is looked
 * at again. Not for a run by hand, which leaves nothing.
 *
 * @param look must leave what is inside of the state it is given as it is
 * @returns null while an earlier poll of this trigger is under way
 */
export async function withState<T>(
	context: PollContext,
	look: (state: IDataObject) => Promise<Looked<T>>,
): Promise<T | null> {
	return await oneAtATime(context, async () => {
		const kept = context.getWorkflowStaticData('node');
		const { found, state } = await look({ ...kept });
		store(kept, state);
		return found;
	});
}

/** What is the same is not written: n8n saves a workflow whose memory was touched. */
function store(kept: IDataObject, state: object): void {
	const now = new Map<string, unknown>(Object.entries(state));
	for (const name of Object.keys(kept)) if (now.get(name) === undefined) delete kept[name];
	for (const [name, value] of now)
		if (JSON.stringify(kept[name]) !== JSON.stringify(value)) Object.assign(kept, { [name]: value });
}
