import type { IDataObject } from 'n8n-workflow';
import { perItem } from '../../../core/node/operation';
import { counted } from '../../../core/text';
import { withoutLinks } from '../connection';

interface Found {
	results?: Array<{ campaign?: IDataObject; snippet?: string }>;
	total_items?: number;
}

/** https://mailchimp.com/developer/marketing/api/search-campaigns/search-campaigns/: not paged. */
export const search = perItem({
	name: 'Search',
	value: 'getBySearch',
	action: 'Search campaigns',
	description: 'Find campaigns by words in their title, subject or content, with the place where they stand',
	fields: [
		{
			displayName: 'Search For',
			name: 'query',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. autumn sale',
			description: 'A word or several, as they stand in the campaign',
		},
	],
	read: (item) => item.requiredText('query'),
	async call(query, client, feedback) {
		const { results = [], total_items: total = 0 } = await client.get<Found>('/search-campaigns', { query });
		if (total > results.length)
			feedback.hint(
				`Mailchimp found ${counted(total, 'campaign')} for “${query}”, and gives the first ${results.length}. Search for more words, or use Get Many with filters.`,
			);
		return results.map(({ campaign = {}, snippet = '' }) => ({ ...withoutLinks(campaign), snippet }));
	},
});
