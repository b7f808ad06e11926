import type { IDataObject } from 'n8n-workflow';
import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { noChanges } from '../../../core/node/parameters/changes';
import { updateFieldsOf } from '../../../core/node/updateFieldsOf';
import { DONE } from '../connection';
import { campaignLocator } from '../locators';
import { readSendDate } from './read';

export const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update a scheduled campaign',
	description: 'Change the name, subject or time of a campaign that is still to be sent',
	asTool: false,
	fields: [
		campaignLocator,
		updateFieldsOf([
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				placeholder: 'e.g. Spring sale',
				description: 'What the campaign is called in SendPulse',
			},
			{
				displayName: 'Send Date',
				name: 'sendDate',
				type: 'dateTime',
				default: '',
				description: 'Another time, as clocks in the workflow’s time zone show it',
			},
			{
				displayName: 'Subject',
				name: 'subject',
				type: 'string',
				default: '',
				placeholder: 'e.g. Everything at half price',
				description: 'The subject line',
			},
		]),
	],
	read(item) {
		const fields = item.collection('updateFields');
		const changes: IDataObject = {};
		for (const name of ['name', 'subject']) if (fields.has(name)) changes[name] = fields.words(name);
		// Beyond the official description: github.com/dimuska139/sendpulse-sdk-go, UpdateCampaign.
		if (fields.has('sendDate')) changes.send_date = readSendDate(fields, 'sendDate');
		if (Object.keys(changes).length === 0) throw noChanges(item);
		return { campaign: item.resourceId('campaign'), changes };
	},
	call: async ({ campaign, changes }, client) => ({
		id: campaign,
		...changes,
		...(await client.send({
			method: 'PATCH',
			path: path`/campaigns/${campaign}`,
			body: changes,
			answer: DONE,
			// The same values twice are the same result.
			idempotent: true,
		})),
	}),
});

export const cancel = perItem({
	name: 'Cancel',
	value: 'cancel',
	action: 'Cancel a campaign',
	description: 'Stop a campaign that is to be sent, or is being sent: what has gone out stays sent',
	fields: [campaignLocator],
	asTool: false,
	read: (item) => item.resourceId('campaign'),
	async call(campaign, client) {
		await client.send({
			method: 'DELETE',
			path: path`/campaigns/${campaign}`,
			answer: DONE,
			// A second time it is refused, as there is nothing to stop any more: the try whose answer got lost has stopped it.
			reconcile: async () => undefined,
		});
		return { id: campaign, cancelled: true };
	},
});
