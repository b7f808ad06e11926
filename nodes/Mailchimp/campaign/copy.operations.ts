import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { make } from '../api/newcomers';
import { allRows } from '../api/rows';
import { listOf, withoutLinks } from '../connection';
import { campaignId, campaignLocator, getCampaign, type Campaign } from './fields';

/** How many of the newest campaigns of an audience are compared before and after: more are never made in between. */
const NEWEST = 100;

/** The newest campaigns to an audience, as much of each as tells a copy. */
async function newest(client: Client, audience: string): Promise<Campaign[]> {
	const query = {
		list_id: audience,
		sort_field: 'create_time',
		sort_dir: 'DESC',
		fields: 'campaigns.id,campaigns.type,campaigns.status,campaigns.settings.subject_line,total_items',
	};
	return await allRows<Campaign>(client.pages('/campaigns', listOf('campaigns'), query, NEWEST));
}

const subjectOf = ({ settings }: Campaign) => settings?.subject_line;

/**
 * A campaign made of another one. A copy has no mark of its own, so that after a lost answer it is looked for among the campaigns
 * of the audience that were not there before.
 */
async function copy(client: Client, id: string, action: string, body?: IDataObject): Promise<IDataObject> {
	const source = await getCampaign(client, id);
	const audience = String(source.recipients?.list_id ?? '');
	return withoutLinks(
		await make(client, {
			key: `copies to ${audience}`,
			path: path`/campaigns/${id}/actions/${action}`,
			...(body === undefined ? {} : { body }),
			answer: ['id', 'status'],
			list: async () => await newest(client, audience),
			isIt: (one) => one.type === source.type && subjectOf(one) === subjectOf(source),
			whole: async (found) => await getCampaign(client, found.id),
			manualCheck: 'Look among the newest campaigns in Mailchimp whether the copy is there.',
		}),
	);
}

/** https://mailchimp.com/developer/marketing/api/campaigns/replicate-campaign/ */
export const replicate = perItem({
	name: 'Replicate',
	value: 'replicate',
	action: 'Replicate a campaign',
	description: 'Make a draft that is a copy of a campaign, with its recipients, settings and content',
	fields: [campaignLocator],
	read: campaignId,
	call: async (id, client) => await copy(client, id, 'replicate'),
});

/** https://mailchimp.com/developer/marketing/api/campaigns/resend-campaign/ */
export const resend = perItem({
	name: 'Create Resend',
	value: 'createResend',
	asTool: false,
	action: 'Create a resend of a campaign',
	description: 'Make a draft of a sent campaign for who did not open it, did not click, or is new',
	fields: [
		campaignLocator,
		{
			displayName: 'For',
			name: 'shortcut',
			type: 'options',
			options: [
				{
					name: 'New Subscribers',
					value: 'to_new_subscribers',
					description: 'Who subscribed since it was sent',
				},
				{
					name: 'Who Did Not Click',
					value: 'to_non_clickers',
					description: 'Who got it, and clicked no link',
				},
				{ name: 'Who Did Not Open', value: 'to_non_openers', description: 'Who got it, and did not open it' },
			],
			default: 'to_non_openers',
			description: 'Whom the copy is for',
		},
	],
	read: (item) => ({ id: campaignId(item), shortcut: item.option('shortcut') }),
	async call({ id, shortcut }, client) {
		const { status } = await getCampaign(client, id);
		if (status !== 'sent')
			throw new ServiceError({
				service: 'Mailchimp',
				message: `The campaign has not been sent: its state is “${status}”. Nothing was made`,
				remedy: 'Send it first. To copy a draft, use Replicate.',
				outcome: 'refused',
				field: 'Campaign',
			});
		return await copy(client, id, 'create-resend', { shortcut_type: shortcut });
	},
});
