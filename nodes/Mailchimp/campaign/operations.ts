import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { differences, wasBefore } from '../../../core/http/wasThere';
import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import { listOf, noLinks, withoutLinks } from '../connection';
import { filtersOf, queryOf, timeFilter, timesOf } from '../filters';
import { audienceId } from '../ids';
import { audienceLocator } from '../locators';
import {
	campaignId,
	campaignLocator,
	getCampaign,
	readSettings,
	settingFields,
	subjectField,
} from './fields';

/** https://mailchimp.com/developer/marketing/api/campaigns/list-campaigns/ */
export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many campaigns',
	description: 'Get the campaigns of the account, 1,000 in one request',
	fields: [
		...limitFields,
		filtersOf([
			{
				displayName: 'Audience ID',
				name: 'list',
				type: 'string',
				default: '',
				placeholder: 'e.g. a1b2c3d4e5',
				description: 'Only campaigns to this audience',
			},
			timeFilter('Created After', 'createdAfter', 'Only campaigns that were made after this time'),
			timeFilter('Created Before', 'createdBefore', 'Only campaigns that were made before this time'),
			timeFilter('Sent After', 'sentAfter', 'Only campaigns that were sent after this time'),
			timeFilter('Sent Before', 'sentBefore', 'Only campaigns that were sent before this time'),
			{
				displayName: 'Status',
				name: 'status',
				type: 'options',
				options: [
					{ name: 'Draft', value: 'save' },
					{ name: 'Paused', value: 'paused' },
					{ name: 'Scheduled', value: 'schedule' },
					{ name: 'Sending', value: 'sending' },
					{ name: 'Sent', value: 'sent' },
				],
				default: 'sent',
				description: 'Only campaigns in this state',
			},
		]),
	],
	read(item) {
		const filters = item.collection('filters');
		return {
			limit: item.limit(),
			query: {
				...queryOf(filters, { list: 'list_id', status: 'status' }),
				...timesOf(filters, {
					createdAfter: 'since_create_time',
					createdBefore: 'before_create_time',
					sentAfter: 'since_send_time',
					sentBefore: 'before_send_time',
				}),
			},
		};
	},
	call: ({ limit, query }, client) =>
		client.pages('/campaigns', listOf('campaigns'), { ...query, ...noLinks('campaigns') }, limit),
});

export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a campaign',
	description: 'Get a campaign with its state, recipients and settings',
	fields: [campaignLocator],
	read: campaignId,
	call: async (id, client) => await getCampaign(client, id),
});

/** https://mailchimp.com/developer/marketing/api/campaign-send-checklist/get-campaign-send-checklist/ */
export const getChecklist = perItem({
	name: 'Get Checklist',
	value: 'getChecklist',
	action: 'Get the checklist of a campaign',
	description: 'Get whether a campaign can be sent, and what is missing',
	fields: [campaignLocator],
	read: campaignId,
	call: async (id, client) => await client.get(path`/campaigns/${id}/send-checklist`, noLinks()),
});

/** https://mailchimp.com/developer/marketing/api/reports/get-campaign-report/ */
export const getReport = perItem({
	name: 'Get Report',
	value: 'getReport',
	action: 'Get the report of a campaign',
	description: 'Get what became of a campaign that was sent: opens, clicks, bounces, unsubscribes',
	fields: [campaignLocator],
	read: campaignId,
	call: async (id, client) => await client.get(path`/reports/${id}`, noLinks()),
});

/** https://mailchimp.com/developer/marketing/api/campaigns/add-campaign/ */
export const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create a campaign',
	description: 'Make a draft; Set Content gives it its words, Send sends it',
	fields: [
		audienceLocator,
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			options: [
				{ name: 'Plain Text', value: 'plaintext' },
				{ name: 'Regular', value: 'regular', description: 'HTML with a plain text beside it' },
			],
			default: 'regular',
			description: 'What it consists of',
		},
		{ ...subjectField, required: true },
		{
			displayName: 'Segment or Tag ID',
			name: 'segment',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2905',
			description: 'Only to who is in this segment or has this tag; empty is everybody in the audience',
		},
		{
			displayName: 'Settings',
			name: 'settings',
			type: 'collection',
			placeholder: 'Add Setting',
			default: {},
			description: 'What is not added comes from the audience, or is empty',
			options: settingFields,
		},
	],
	read(item) {
		const segment = item.text('segment');
		if (segment !== '' && !/^\d{1,15}$/.test(segment))
			throw item.fieldError(
				'segment',
				`is not a number: “${segment}”`,
				'Enter the number that Segment → Get Many or Tag → Get Many shows as “id”.',
			);
		return {
			type: item.option('type'),
			recipients: {
				list_id: audienceId(item),
				...(segment === '' ? {} : { segment_opts: { saved_segment_id: Number(segment) } }),
			},
			settings: {
				subject_line: item.requiredText('subject'),
				...readSettings(item.collection('settings'), ['subject']),
			},
		};
	},
	async call(body, client) {
		const asked = Date.now();
		return withoutLinks(
			await client.send<IDataObject>({
				method: 'POST',
				path: '/campaigns',
				body,
				answer: ['id', 'status'],
				idempotent: false,
				reconcile: async () => await findDraft(client, body, asked),
				manualCheck: `Look in Mailchimp whether the draft “${body.settings.subject_line}” is there.`,
			}),
		);
	},
});

/** A draft like it that is not older than the request. */
async function findDraft(
	client: Client,
	body: { recipients: { list_id: string } },
	asked: number,
): Promise<IDataObject | undefined> {
	const query = { status: 'save', list_id: body.recipients.list_id, ...noLinks('campaigns') };
	for await (const draft of client.pages('/campaigns', listOf('campaigns'), query))
		if (!wasBefore(draft.create_time, asked) && differences(body, draft).length === 0) return draft;
	return undefined;
}

/** https://mailchimp.com/developer/marketing/api/campaigns/update-campaign-settings/ */
export const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update a campaign',
	description: 'Change the settings of a draft',
	fields: [
		campaignLocator,
		{
			displayName: 'Settings',
			name: 'settings',
			type: 'collection',
			placeholder: 'Add Setting',
			default: {},
			description: 'What is filled in here is set',
			options: [...settingFields.slice(0, 3), subjectField, ...settingFields.slice(3)],
		},
	],
	read(item) {
		const settings = readSettings(item.collection('settings'));
		if (Object.keys(settings).length === 0)
			throw item.fieldError('settings', 'names nothing to change', 'Add at least one setting.');
		return { id: campaignId(item), settings };
	},
	call: async ({ id, settings }, client) =>
		withoutLinks(
			await client.send<IDataObject>({
				method: 'PATCH',
				path: path`/campaigns/${id}`,
				body: { settings },
				answer: ['id', 'status'],
				idempotent: true,
			}),
		),
});

/** https://mailchimp.com/developer/marketing/api/campaigns/delete-campaign/ */
export const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a campaign',
	description: 'Delete a campaign with its report',
	fields: [campaignLocator],
	asTool: false,
	read: campaignId,
	async call(id, client) {
		await client.delete(path`/campaigns/${id}`);
		return { deleted: true, id };
	},
});
