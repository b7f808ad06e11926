import type { IDataObject } from 'n8n-workflow';

/** Stores what a poll has learned. As the last step: what failed before is looked at again. What is the same is not written. */
export function remember(kept: IDataObject, state: IDataObject): void {
	for (const name of Object.keys(kept)) if (state[name] === undefined) delete kept[name];
	for (const [name, value] of Object.entries(state))
		if (JSON.stringify(kept[name]) !== JSON.stringify(value)) kept[name] = value;
}
