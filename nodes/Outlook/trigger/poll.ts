import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { toServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { toNodeError } from '../../../core/node/nodeError';
import { withState } from '../../../core/poll/withState';
import { listRecords } from '../api/records';
import { outlook } from '../connection';
import { readChosen, type Chosen } from './chosen';
import { triggerFields } from './fields';
import { items } from './items';
import { changesInPlaces, type State } from './places';
import { nextEvents, startingSoon, type Told } from './startingSoon';
import { firstOf, watchOf } from './watch';

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
		return await withState(context, async (kept) => {
			const { rows, state } = await look(kept, chosen, client, now);
			const found = await items(rows, chosen, client, context);
			return { found: found.length === 0 ? null : [found], state };
		});
	} catch (error) {
		throw toNodeError(context.getNode(), toServiceError(error), undefined);
	}
}

async function look(kept: IDataObject, chosen: Chosen, client: Client, now: number) {
	if (chosen.event === 'eventStarting') return await startingSoon(kept as Told, chosen, client, now);
	const { found, state } = await changesInPlaces(kept as State, chosen, client, now);
	return { rows: found.map(({ row }) => row), state };
}

async function samples(chosen: Chosen, client: Client, now: number): Promise<IDataObject[]> {
	if (chosen.event === 'eventStarting') return await nextEvents(chosen, SAMPLE, client, now);
	const rows: IDataObject[] = [];
	// Of several folders or calendars the first is as good as any.
	const watch = watchOf(chosen, firstOf(chosen), client, now);
	const { path: list, query } = watch.samples;
	for await (const row of listRecords(list, client, SAMPLE_FROM, query)) {
		if (chosen.fits(row)) rows.push({ ...watch.adds, ...row, change: 'present' });
		if (rows.length === SAMPLE) break;
	}
	return rows;
}
