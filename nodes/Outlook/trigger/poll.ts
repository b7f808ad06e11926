import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { toServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { toNodeError } from '../../../core/node/nodeError';
import { listRecords } from '../api/records';
import { outlook } from '../connection';
import { readChosen, type Chosen } from './chosen';
import { changesSince, type State } from './delta';
import { ofFolders, triggerFields } from './fields';
import { changesInFolders, type FolderState } from './folders';
import { items } from './items';
import { nextEvents, startingSoon, type Told } from './startingSoon';
import { watchOf } from './watch';

const SAMPLE = 3;
/** So many are looked through for some that fit the filters. */
const SAMPLE_FROM = 100;

/** What is new since the last poll, or null. In a run by hand, a few rows to look at; nothing is stored then. */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	try {
		const client = await outlook.open(context);
		const chosen = readChosen(context, triggerFields);
		const now = Date.now();
		if (context.getMode() === 'manual') {
			const rows = await samples(chosen, client, now);
			return rows.length === 0 ? null : [await items(rows, chosen, client, context)];
		}
		const kept: IDataObject = context.getWorkflowStaticData('node');
		const { rows, state } = await look({ ...kept }, chosen, client, now);
		const found = await items(rows, chosen, client, context);
		// As the last step: what failed before is looked at again.
		for (const name of Object.keys(kept)) delete kept[name];
		Object.assign(kept, state);
		return found.length === 0 ? null : [found];
	} catch (error) {
		throw toNodeError(context.getNode(), toServiceError(error), undefined);
	}
}

async function look(kept: IDataObject, chosen: Chosen, client: Client, now: number) {
	if (chosen.event === 'eventStarting') return await startingSoon(kept as Told, chosen, client, now);
	if (ofFolders.includes(chosen.event))
		return await changesInFolders(kept as FolderState, chosen, client, now);
	return await changesSince(kept as State, watchOf(chosen, client, now), client, now);
}

async function samples(chosen: Chosen, client: Client, now: number): Promise<IDataObject[]> {
	if (chosen.event === 'eventStarting') return await nextEvents(chosen.mailbox, SAMPLE, client, now);
	const rows: IDataObject[] = [];
	// Of several folders the first is as good as any.
	const { path: list, query } = watchOf(chosen, client, now).samples;
	for await (const row of listRecords(list, client, SAMPLE_FROM, query)) {
		if (chosen.fits(row)) rows.push({ ...row, change: 'present' });
		if (rows.length === SAMPLE) break;
	}
	return rows;
}
