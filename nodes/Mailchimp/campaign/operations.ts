import { isResourceLocatorValue, type IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { differences, wasBefore } from '../../../core/http/wasThere';
import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import { byDisplayName } from '../../../core/node/properties';
import { change } from '../api/change';
import { chosenFields, chosenFieldsOption } from '../chosenFields';
import { listOf, noLinks, withoutLinks } from '../connection';
import { filtersOf, queryOf, timeFilter, timesOf } from '../filters';
import { audienceId, memberKey } from '../ids';
import { audienceLocator } from '../locators';
import {
	audienceOption,
	campaignId,
	campaignLocator,
	folderOption,
	getCampaign,
	readSegment,
	readSettings,
	settingFields,
	subjectField,
	typeFilter,
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
			audienceOption,
			folderOption,
			{
				displayName: 'Sent to Member',
				name: 'member',
				type: 'string',
				default: '',
				placeholder: 'e.g. ana@example.com',
				description: 'Only campaigns that went to this contact, by its email address or ID',
			},
			{
				displayName: 'Sort By',
				name: 'sortBy',
				type: 'options',
				options: [
					{ name: 'Creation', value: 'create_time' },
					{ name: 'Sending', value: 'send_time' },
				],
				default: 'send_time',
				description: 'Which time decides about the order',
			},
			{
				displayName: 'Sort Order',
				name: 'sortOrder',
				type: 'options',
				options: [
					{ name: 'Newest First', value: 'DESC' },
					{ name: 'Oldest First', value: 'ASC' },
				],
				default: 'DESC',
				description: 'What comes first; it goes with Sort By',
			},
			typeFilter('Only campaigns of this kind'),
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
		chosenFieldsOption,
	],
	read(item) {
		const filters = item.collection('filters');
		return {
			limit: item.limit(),
			query: {
				...queryOf(filters, {
					list: 'list_id',
					folder: 'folder_id',
					status: 'status',
					type: 'type',
					sortBy: 'sort_field',
					sortOrder: 'sort_dir',
				}),
				...(filters.has('member') ? { member_id: memberKey(filters) } : {}),
				...timesOf(filters, {
					createdAfter: 'since_create_time',
					createdBefore: 'before_create_time',
					sentAfter: 'since_send_time',
					sentBefore: 'before_send_time',
				}),
				...chosenFields(item, 'campaigns'),
			},
		};
	},
	call: ({ limit, query }, client) => client.pages('/campaigns', listOf('campaigns'), query, limit),
});

export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a campaign',
	description: 'Get a campaign with its state, recipients and settings',
	fields: [campaignLocator, chosenFieldsOption],
	read: (item) => ({ id: campaignId(item), query: chosenFields(item) }),
	call: async ({ id, query }, client) => await client.get<IDataObject>(path`/campaigns/${id}`, query),
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
			displayName: 'Segment or Tag',
			name: 'segment',
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			description: 'Only to who is in this segment or has this tag; empty is everybody in the audience',
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					typeOptions: { searchListMethod: 'searchRecipients', searchable: true },
				},
				{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 2905' },
			],
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
		const { settings, tracking } = readSettings(item.collection('settings'));
		return {
			type: item.option('type'),
			recipients: recipientsOf(audienceId(item), readSegment(item, chosenIn(item.value('segment')))),
			settings: { subject_line: item.requiredText('subject'), ...settings },
			...(tracking === undefined ? {} : { tracking }),
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
	description: 'Change the recipients and settings of a draft',
	fields: [
		campaignLocator,
		{
			displayName: 'Settings',
			name: 'settings',
			type: 'collection',
			placeholder: 'Add Setting',
			default: {},
			description: 'What is filled in here is set',
			options: byDisplayName([
				audienceOption,
				{
					displayName: 'Segment or Tag ID',
					name: 'segment',
					type: 'string',
					default: '',
					placeholder: 'e.g. 2905',
					description:
						'Only to who is in this segment or has this tag: the number that Segment → Get Many or Tag → Get Many shows',
				},
				subjectField,
				...settingFields,
			]),
		},
	],
	read(item) {
		const fields = item.collection('settings');
		const body = readSettings(fields);
		const list = fields.text('list');
		const segment = readSegment(fields, fields.text('segment'));
		if (Object.keys(body).length === 0 && list === '' && segment === undefined)
			throw item.fieldError('settings', 'names nothing to change', 'Add at least one setting.');
		return { id: campaignId(item), body, list, segment };
	},
	async call({ id, body, list, segment }, client) {
		const isMoved = list !== '' || segment !== undefined;
		// A segment is of an audience, which Mailchimp wants named with it.
		const audience =
			list !== '' || !isMoved ? list : String((await getCampaign(client, id)).recipients?.list_id ?? '');
		return await change(
			client,
			path`/campaigns/${id}`,
			{ ...body, ...(isMoved ? { recipients: recipientsOf(audience, segment) } : {}) },
			['id', 'status'],
		);
	},
});

/** What an optional picker holds; '' for nothing. */
const chosenIn = (value: unknown): string =>
	String((isResourceLocatorValue(value) ? value.value : value) ?? '').trim();

const recipientsOf = (audience: string, segment: number | undefined) => ({
	list_id: audience,
	...(segment === undefined ? {} : { segment_opts: { saved_segment_id: segment } }),
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
