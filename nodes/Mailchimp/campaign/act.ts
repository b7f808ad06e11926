import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { getCampaign, type Campaign } from './fields';

/**
 * Something that Mailchimp does with a campaign, once: what became of it shows in the state of the campaign. When it refuses
 * because it was done by an earlier try, it was done.
 */
export async function act(
	client: Client,
	id: string,
	name: string,
	isDone: (campaign: Campaign) => boolean,
	body?: IDataObject,
): Promise<Campaign> {
	const look = async () => {
		const campaign = await getCampaign(client, id);
		return isDone(campaign) ? campaign : undefined;
	};
	await client
		.send({
			method: 'POST',
			path: path`/campaigns/${id}/actions/${name}`,
			...(body === undefined ? {} : { body }),
			answer: 'nothing',
			idempotent: false,
			reconcile: look,
			manualCheck: 'Look at the campaign in Mailchimp.',
		})
		.catch(async (error: unknown) => {
			const isRefused = error instanceof ServiceError && error.facts.status === 400;
			if (!isRefused || (await look().catch(() => undefined)) === undefined) throw error;
		});
	return await getCampaign(client, id);
}
