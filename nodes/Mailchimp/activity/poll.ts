import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { toServiceError } from '../../../core/errors';
import { toNodeError } from '../../../core/node/nodeError';
import { atPlace } from '../../../core/poll/atPlace';
import { poll as pollSource } from '../../../core/poll/poll';
import { mailchimp } from '../connection';
import { readSettings } from './settings';
import { watchedBy, type Watched } from './sources';

const SAMPLE = 3;
const DAY = 24 * 60 * 60_000;
const SAMPLE_FROM_MS = [DAY, 90 * DAY];

/** What is new since the last poll, or null. In a run by hand, the newest few to look at; nothing is stored then. */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	try {
		const settings = readSettings(context);
		const client = await mailchimp.open(context);
		const watched = watchedBy(client, settings);
		if (context.getMode() === 'manual') return await items(await sample(watched), watched);
		const { event, audience, campaign, store } = settings;
		const place = JSON.stringify([client.account, event, audience, campaign, store]);
		return await atPlace(context, place, async (state) => {
			const found = await pollSource(state, watched, watched.limits);
			return await items(found?.rows ?? [], watched);
		});
	} catch (error) {
		throw toNodeError(context.getNode(), toServiceError(error), undefined);
	}
}

async function items(rows: IDataObject[], { whole }: Watched): Promise<INodeExecutionData[][] | null> {
	if (rows.length === 0) return null;
	const told = whole === undefined ? rows : await Promise.all(rows.map(async (row) => await whole(row)));
	return [told.map((json) => ({ json }))];
}

/** The newest few, oldest first: of the last day, or else of a longer time. No more of them are in memory. */
async function sample(source: Watched): Promise<IDataObject[]> {
	const now = new Date();
	for (const ms of SAMPLE_FROM_MS) {
		let newest: IDataObject[] = [];
		for await (const row of source.between(new Date(now.getTime() - ms), now, Infinity)) {
			if (!(source.at(row) >= now.getTime() - ms)) continue;
			newest = [...newest, row].sort((a, b) => source.at(a) - source.at(b)).slice(-SAMPLE);
		}
		if (newest.length > 0) return newest;
	}
	return [];
}
