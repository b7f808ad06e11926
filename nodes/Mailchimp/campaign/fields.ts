import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { locator } from '../../../core/node/locator';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { noLinks } from '../connection';
import { pickedId } from '../ids';

export const campaignLocator = locator({
	displayName: 'Campaign',
	name: 'campaign',
	description: 'The campaign, by its title from the list or by its ID',
	search: 'searchCampaigns',
	example: 'a1b2c3d4e5',
});

export const campaignId = (item: ParameterReader): string =>
	pickedId(
		item,
		'campaign',
		'Choose the campaign from the list, or enter its ID, which Campaign → Get Many shows as “id”. It is not its title.',
	);

export interface Campaign extends IDataObject {
	id: string;
	status: string;
	type: string;
	send_time?: string;
	recipients?: { list_id?: string };
	settings?: IDataObject;
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

export const audienceOption: INodeProperties = {
	displayName: 'Audience Name or ID',
	name: 'list',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getAudiences' },
	default: '',
	description:
		'The audience it goes to. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

export const folderOption: INodeProperties = {
	displayName: 'Folder Name or ID',
	name: 'folder',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getCampaignFolders' },
	default: '',
	description:
		'The folder in Mailchimp that it is in. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

const flag = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'boolean',
	default: false,
	description,
});

export const settingFields: INodeProperties[] = [
	folderOption,
	text('From Name', 'fromName', 'e.g. Ana of MailOps', 'Who it comes from, as recipients read it'),
	text(
		'Google Analytics Name',
		'googleAnalytics',
		'e.g. newsletter-2026-11',
		'What the campaign is called in Google Analytics; links are marked with it',
	),
	flag('Inline CSS', 'inlineCss', 'Whether Mailchimp writes styles into the elements, for old mail programs'),
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
	{
		...flag('Track Clicks', 'trackClicks', 'Whether Mailchimp counts who clicks which link of the HTML'),
		default: true,
	},
	flag('Track Clicks in Plain Text', 'trackTextClicks', 'Whether links of the plain text are counted too'),
	{ ...flag('Track Opens', 'trackOpens', 'Whether Mailchimp counts who opens it'), default: true },
];

const NAMES: Record<string, string> = {
	folder: 'folder_id',
	fromName: 'from_name',
	inlineCss: 'inline_css',
	previewText: 'preview_text',
	replyTo: 'reply_to',
	subject: 'subject_line',
	title: 'title',
	toName: 'to_name',
};

const TRACKING: Record<string, string> = {
	googleAnalytics: 'google_analytics',
	trackClicks: 'html_clicks',
	trackTextClicks: 'text_clicks',
	trackOpens: 'opens',
};

/** The fields that were filled in, under Mailchimp's names. @param names field → name; those that the form lacks are passed over */
function readNamed(reader: ParameterReader, names: Record<string, string>): IDataObject {
	const named: IDataObject = {};
	for (const [field, name] of Object.entries(names)) {
		if (!reader.declares(field) || !reader.has(field)) continue;
		named[name] = typeof reader.value(field) === 'boolean' ? reader.boolean(field) : reader.text(field);
	}
	return named;
}

/** `settings` and `tracking` of a campaign, each only when something of it was filled in. */
export function readSettings(reader: ParameterReader): { settings?: IDataObject; tracking?: IDataObject } {
	const [settings, tracking] = [readNamed(reader, NAMES), readNamed(reader, TRACKING)];
	return {
		...(Object.keys(settings).length === 0 ? {} : { settings }),
		...(Object.keys(tracking).length === 0 ? {} : { tracking }),
	};
}

/** The number of a segment or tag; undefined when none was chosen. */
export function readSegment(reader: ParameterReader, chosen: string): number | undefined {
	if (chosen === '') return undefined;
	if (!/^\d{1,15}$/.test(chosen))
		throw reader.fieldError(
			'segment',
			`is not a number: “${chosen}”`,
			'Choose it from the list, or enter the number that Segment → Get Many or Tag → Get Many shows as “id”.',
		);
	return Number(chosen);
}

/** Campaigns of a kind; `description` says of what the filter is. */
export const typeFilter = (description: string): INodeProperties => ({
	displayName: 'Type',
	name: 'type',
	type: 'options',
	options: [
		{ name: 'A/B Test (Old)', value: 'absplit' },
		{ name: 'Multivariate', value: 'variate' },
		{ name: 'Plain Text', value: 'plaintext' },
		{ name: 'Regular', value: 'regular' },
		{ name: 'RSS', value: 'rss', description: 'Driven by a feed' },
	],
	default: 'regular',
	description,
});
