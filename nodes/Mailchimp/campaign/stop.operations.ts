import { ServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { perItem } from '../../../core/node/operation';
import { act } from './act';
import { campaignId, campaignLocator, getCampaign, type Campaign } from './fields';

/** The words for a campaign of which the state already says that Mailchimp would not do it. */
async function mustBe(client: Client, id: string, isSo: (campaign: Campaign) => boolean, what: string) {
	const campaign = await getCampaign(client, id);
	if (isSo(campaign)) return;
	throw new ServiceError({
		service: 'Mailchimp',
		message: `The campaign ${what}: it is of the type “${String(campaign.type)}”, and its state is “${campaign.status}”`,
		remedy: 'Check which campaign it is: Campaign → Get shows its type and state. Nothing was changed.',
		outcome: 'refused',
		field: 'Campaign',
	});
}

const isCancelled = ({ status }: Campaign) => status === 'canceling' || status === 'canceled';

/** https://mailchimp.com/developer/marketing/api/campaigns/cancel-campaign/ */
export const cancel = perItem({
	name: 'Cancel',
	value: 'cancel',
	asTool: false,
	action: 'Cancel a campaign',
	description: 'Stop a campaign while it goes out; who has not got it yet never does. Needs Mailchimp Pro.',
	fields: [campaignLocator],
	read: campaignId,
	async call(id, client) {
		await mustBe(
			client,
			id,
			(one) => isCancelled(one) || (one.status === 'sending' && one.type !== 'rss'),
			'is not being sent, and cannot be cancelled',
		);
		return await act(client, id, 'cancel-send', isCancelled);
	},
});

/** https://mailchimp.com/developer/marketing/api/campaigns/pause-rss-campaign/ */
export const pause = perItem({
	name: 'Pause',
	value: 'pause',
	action: 'Pause an RSS campaign',
	description: 'Stop a campaign that is driven by a feed from sending, until Resume',
	fields: [campaignLocator],
	read: campaignId,
	async call(id, client) {
		await mustBe(client, id, ({ type }) => type === 'rss', 'is not driven by a feed, and cannot be paused');
		return await act(client, id, 'pause', ({ status }) => status === 'paused');
	},
});

/** https://mailchimp.com/developer/marketing/api/campaigns/resume-rss-campaign/ */
export const resume = perItem({
	name: 'Resume',
	value: 'resume',
	asTool: false,
	action: 'Resume an RSS campaign',
	description: 'Let a campaign that is driven by a feed, and was paused, send again',
	fields: [campaignLocator],
	read: campaignId,
	async call(id, client) {
		await mustBe(
			client,
			id,
			({ type, status }) => type === 'rss' && (status === 'paused' || status === 'sending'),
			'is not a paused one that is driven by a feed',
		);
		return await act(client, id, 'resume', ({ status }) => status === 'sending');
	},
});
