import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { perItem } from '../../../core/node/operation';
import { readStatisticsQuery, statisticsFilters } from './fields';

const SERIES: INodePropertyOptions[] = [
	{ name: 'Bounces', value: 'bounces', description: 'Emails that came back, by type' },
	{
		name: 'Clicks',
		value: 'clicks',
		description: 'Clicks on tracked links, and how many were the first',
	},
	{
		name: 'Clicks by Browser',
		value: 'clicks/browserfamilies',
		description: 'Which browsers links were opened in',
	},
	{ name: 'Clicks by Device', value: 'clicks/platforms', description: 'Desktop, mobile or unknown' },
	{
		name: 'Clicks by Place in Email',
		value: 'clicks/location',
		description: 'Whether the link was in the HTML or the text part',
	},
	{
		name: 'Opens',
		value: 'opens',
		description: 'How often tracked emails were opened, and how many were',
	},
	{
		name: 'Opens by Device',
		value: 'opens/platforms',
		description: 'Desktop, mobile, web mail or unknown',
	},
	{
		name: 'Opens by Mail Program',
		value: 'opens/emailclients',
		description: 'Which mail programs emails were opened in',
	},
	{
		name: 'Read Times',
		value: 'opens/readtimes',
		description: 'How many seconds emails were looked at; only for servers that still record it',
	},
	{ name: 'Sent', value: 'sends', description: 'Emails that were sent' },
	{ name: 'Spam Complaints', value: 'spam', description: 'Emails that were reported as spam' },
	{ name: 'Tracked', value: 'tracked', description: 'Emails with open or link tracking' },
];

/** What a series always counts: where it counted nothing, Postmark answers without any totals. */
const TOTALS: Record<string, string[]> = {
	bounces: ['HardBounce', 'SMTPApiError', 'SoftBounce', 'Transient'],
	clicks: ['Clicks', 'Unique'],
	'clicks/location': ['HTML', 'Text'],
	'clicks/platforms': ['Desktop', 'Mobile', 'Unknown'],
	opens: ['Opens', 'Unique'],
	'opens/platforms': ['Desktop', 'Mobile', 'Unknown', 'WebMail'],
	sends: ['Sent'],
	spam: ['SpamComplaint'],
	tracked: ['Tracked'],
};

/** https://postmarkapp.com/developer/api/stats-api: each series has a path of its own below /stats/outbound. */
export const getSeries = perItem({
	name: 'Get Series',
	value: 'getSeries',
	action: 'Get numbers day by day',
	description: 'Get one kind of number for each day, or its totals',
	fields: [
		{
			displayName: 'Series',
			name: 'series',
			type: 'options',
			options: SERIES,
			default: 'sends',
			description: 'What is counted',
		},
		{
			displayName: 'Return',
			name: 'returnAs',
			type: 'options',
			options: [
				{
					name: 'Each Day',
					value: 'days',
					description: 'One item for each day on which something was counted',
				},
				{ name: 'Totals', value: 'totals', description: 'One item with the sum of all days' },
			],
			default: 'days',
			description: 'Whether to return the days or their sum',
		},
		statisticsFilters,
	],
	read: (item) => ({
		series: item.option('series'),
		isDaily: item.text('returnAs') === 'days',
		query: readStatisticsQuery(item),
	}),
	async call({ series, isDaily, query }, client) {
		const { Days = [], ...counted } = await client.get<IDataObject & { Days?: IDataObject[] }>(
			`/stats/outbound/${series}`,
			query,
		);
		return isDaily
			? Days
			: { ...Object.fromEntries((TOTALS[series] ?? []).map((name) => [name, 0])), ...counted };
	},
});
