import type { IDataObject } from 'n8n-workflow';
import { perItem } from '../../../core/node/operation';
import { withoutLinks } from '../connection';
import { audienceId } from '../ids';
import { audienceLocator } from '../locators';

interface Found {
	exact_matches?: { members?: IDataObject[] };
	full_search?: { members?: IDataObject[] };
}

/** https://mailchimp.com/developer/marketing/api/search-members/search-members/ */
export const search = perItem({
	name: 'Search',
	value: 'getBySearch',
	action: 'Search members',
	description: 'Find contacts by a part of their address or name: up to 30, exact matches first',
	fields: [
		{
			displayName: 'Search For',
			name: 'query',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. ana',
			description: 'An address, a name or a part of one',
		},
		{
			displayName: 'In',
			name: 'scope',
			type: 'options',
			options: [
				{ name: 'All Audiences', value: 'all' },
				{ name: 'One Audience', value: 'one' },
			],
			default: 'all',
			description: 'Where to search',
		},
		{ ...audienceLocator, displayOptions: { show: { scope: ['one'] } } },
	],
	read: (item) => ({
		query: item.requiredText('query'),
		...(item.option('scope') === 'one' ? { list_id: audienceId(item) } : {}),
	}),
	async call(query, client) {
		const found = await client.get<Found>('/search-members', { ...query });
		const byId = new Map<string, IDataObject>();
		const rows = [...(found.exact_matches?.members ?? []), ...(found.full_search?.members ?? [])];
		for (const row of rows) byId.set(`${String(row.list_id)} ${String(row.id)}`, withoutLinks(row));
		return [...byId.values()];
	},
});
