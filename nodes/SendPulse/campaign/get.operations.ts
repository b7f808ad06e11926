import type { IDataObject } from 'n8n-workflow';
import { path } from '../../../core/http/path';
import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import { isData } from '../../../core/http/response';
import { emailField, readEmail } from '../contact/fields';
import { pages } from '../connection';
import { campaignLocator } from '../locators';

export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many campaigns',
	description: 'Get the campaigns of the account, the latest first',
	fields: [
		...limitFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			description: 'Which campaigns to get; all when there is no filter',
			options: [
				{
					displayName: 'Mailing List ID',
					name: 'list',
					type: 'string',
					default: '',
					placeholder: 'e.g. 756589',
					description: 'Only campaigns to this list, with less about each',
				},
				{
					displayName: 'Scheduled Only',
					name: 'planned',
					type: 'boolean',
					default: true,
					description: 'Whether to get only those that are still to be sent',
				},
			],
		},
	],
	read(item) {
		const filters = item.collection('filters');
		const list = filters.text('list');
		if (list !== '' && filters.boolean('planned'))
			throw filters.fieldError(
				'list',
				`cannot be together with '${filters.label('planned')}'`,
				'Remove one of the two filters.',
			);
		return { list, isPlanned: filters.boolean('planned'), limit: item.limit() };
	},
	call: ({ list, isPlanned, limit }, client) =>
		list === ''
			? client.pages('/campaigns', pages, { order: 'desc', ...(isPlanned ? { planed: true } : {}) }, limit)
			: client.pages(path`/addressbooks/${list}/campaigns`, pages, {}, limit),
});

export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a campaign',
	description: 'Get one campaign with its state and how many were sent, delivered and opened',
	fields: [campaignLocator],
	read: (item) => item.resourceId('campaign'),
	call: async (campaign, client) => await client.get(path`/campaigns/${campaign}`),
});

export const getStatistics = perItem({
	name: 'Get Statistics',
	value: 'getStatistics',
	action: 'Get statistics of a campaign',
	description:
		'Get who opened a campaign by country, which links were followed, or what became of one recipient',
	fields: [
		campaignLocator,
		{
			displayName: 'By',
			name: 'by',
			type: 'options',
			options: [
				{ name: 'Country', value: 'countries', description: 'How many opened it in each country' },
				{ name: 'Link', value: 'referrals', description: 'How many followed each link' },
				{ name: 'Recipient', value: 'email', description: 'What became of it for one address' },
			],
			default: 'referrals',
			description: 'What to count',
		},
		{ ...emailField, displayOptions: { show: { by: ['email'] } } },
	],
	read(item) {
		const by = item.option('by');
		return { campaign: item.resourceId('campaign'), by, email: by === 'email' ? readEmail(item) : '' };
	},
	async call({ campaign, by, email }, client) {
		if (by === 'email') return { email, ...(await client.get(path`/campaigns/${campaign}/email/${email}`)) };
		const answer = await client.get<IDataObject | IDataObject[]>(path`/campaigns/${campaign}/${by}`);
		// Countries are keys with their numbers; a list when there are none.
		if (Array.isArray(answer) || !isData(answer)) return answer;
		return Object.entries(answer).map(([country, count]) => ({ country, count }));
	},
});
