import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { locator } from '../../../core/node/locator';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { noLinks } from '../connection';

export const campaignLocator = locator({
	displayName: 'Campaign',
	name: 'campaign',
	description: 'The campaign, by its title from the list or by its ID',
	search: 'searchCampaigns',
	example: 'a1b2c3d4e5',
});

export function campaignId(item: ParameterReader): string {
	const id = item.resourceId('campaign');
	if (!/^\w{6,40}$/.test(id))
		throw item.fieldError(
			'campaign',
			`is not an ID: “${id}”`,
			'Choose the campaign from the list, or enter its ID, which Campaign → Get Many shows as “id”. It is not its title.',
		);
	return id;
}

export interface Campaign extends IDataObject {
	id: string;
	status: string;
	send_time?: string;
}

/** https://mailchimp.com/developer/marketing/api/campaigns/get-campaign-info/ */
export const getCampaign = async (client: Client, id: string): Promise<Campaign> =>
	await client.get<Campaign>(path`/campaigns/${id}`, noLinks());

const text = (
	displayName: string,
	name: string,
	placeholder: string,
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder,
	description,
});

export const subjectField: INodeProperties = text(
	'Subject',
	'subject',
	'e.g. News of November',
	'What recipients read in their list of emails',
);

export const settingFields: INodeProperties[] = [
	text('From Name', 'fromName', 'e.g. Ana of MailOps', 'Who it comes from, as recipients read it'),
	text(
		'Preview Text',
		'previewText',
		'e.g. Three things to try',
		'What mail programs show behind the subject',
	),
	text(
		'Reply To',
		'replyTo',
		'e.g. news@example.com',
		'The address that answers go to; its domain must be verified',
	),
	text(
		'Title',
		'title',
		'e.g. Newsletter 2026-11',
		'What it is called in Mailchimp; recipients do not see it',
	),
	text('To Name', 'toName', 'e.g. *|FNAME|*', 'How recipients are addressed; merge tags are allowed'),
];

const NAMES: Record<string, string> = {
	fromName: 'from_name',
	previewText: 'preview_text',
	replyTo: 'reply_to',
	subject: 'subject_line',
	title: 'title',
	toName: 'to_name',
};

/** The settings that were filled in, under Mailchimp's names. @param leftOut fields that the form does not have */
export function readSettings(reader: ParameterReader, leftOut: readonly string[] = []): IDataObject {
	const settings: IDataObject = {};
	for (const [field, name] of Object.entries(NAMES)) {
		if (leftOut.includes(field)) continue;
		const value = reader.has(field) ? reader.text(field) : '';
		if (value !== '') settings[name] = value;
	}
	return settings;
}
