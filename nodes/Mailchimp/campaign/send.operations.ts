import { ServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { perItem } from '../../../core/node/operation';
import { act } from './act';
import { campaignId, campaignLocator, getCampaign, type Campaign } from './fields';

const isOut = ({ status }: Campaign): boolean => status === 'sending' || status === 'sent';

/** Whether it was ever let go, also when that was stopped half way. */
const wasSent = (campaign: Campaign): boolean => isOut(campaign) || /^cancel/.test(campaign.status);

/** @throws {ServiceError} for a campaign that is out: it would be somebody else's sending that is told as done */
async function refuseSent(client: Client, id: string): Promise<void> {
	const campaign = await getCampaign(client, id);
	if (!wasSent(campaign)) return;
	throw new ServiceError({
		service: 'Mailchimp',
		message: `The campaign was sent already${campaign.send_time ? `, on ${campaign.send_time}` : ''}. Nothing was sent`,
		remedy:
			'A campaign goes out once. To send its content again, make a copy with Replicate or Create Resend, and send that.',
		outcome: 'refused',
		field: 'Campaign',
	});
}

/** https://mailchimp.com/developer/marketing/api/campaigns/send-campaign/ */
export const send = perItem({
	name: 'Send',
	value: 'send',
	asTool: false,
	action: 'Send a campaign',
	description: 'Send a campaign to its audience now; it never goes out twice',
	fields: [campaignLocator],
	read: campaignId,
	async call(id, client) {
		await refuseSent(client, id);
		return await act(client, id, 'send', isOut);
	},
});

const QUARTER_MS = 15 * 60_000;

/** https://mailchimp.com/developer/marketing/api/campaigns/schedule-campaign/ */
export const schedule = perItem({
	name: 'Schedule',
	value: 'schedule',
	asTool: false,
	action: 'Schedule a campaign',
	description: 'Have a campaign sent at a time',
	fields: [
		campaignLocator,
		{
			displayName: 'Time',
			name: 'time',
			type: 'dateTime',
			required: true,
			default: '',
			description: 'When it is sent: a quarter of an hour, like 10:00 or 10:15',
		},
	],
	read(item) {
		const time = item.time('time');
		if (time?.at === undefined)
			throw item.fieldError('time', 'has no time of day', 'Enter day and time, like 2026-11-26 10:15.');
		const at = new Date(time.at);
		if (at.getTime() % QUARTER_MS !== 0)
			throw item.fieldError(
				'time',
				`is ${at.toISOString()}, and Mailchimp sends at quarters of an hour only`,
				'Use a time like 10:00, 10:15, 10:30 or 10:45.',
			);
		return { id: campaignId(item), at };
	},
	async call({ id, at }, client) {
		await refuseSent(client, id);
		const isDone = ({ status, send_time: time }: Campaign) =>
			status === 'schedule' && Date.parse(String(time)) === at.getTime();
		return await act(client, id, 'schedule', isDone, { schedule_time: at.toISOString() });
	},
});

/** https://mailchimp.com/developer/marketing/api/campaigns/unschedule-campaign/ */
export const unschedule = perItem({
	name: 'Unschedule',
	value: 'unschedule',
	action: 'Unschedule a campaign',
	description: 'Make a draft of a campaign that waits for its time',
	fields: [campaignLocator],
	read: campaignId,
	call: async (id, client) => await act(client, id, 'unschedule', ({ status }) => status === 'save'),
});
