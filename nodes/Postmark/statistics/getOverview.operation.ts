import { perItem } from '../../../core/node/operation';
import { readStatisticsQuery, statisticsFilters } from './fields';

/** https://postmarkapp.com/developer/api/stats-api#overview */
export const getOverview = perItem({
	name: 'Get Overview',
	value: 'getOverview',
	action: 'Get an overview of sending',
	description: 'Get the totals: sent, bounced, spam complaints, opens and clicks, with their rates',
	fields: [statisticsFilters],
	read: readStatisticsQuery,
	call: async (query, client) => await client.get('/stats/outbound', query),
});
