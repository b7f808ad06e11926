import type { INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { filtersOf, fromDayFilter, queryOf, streamFilter, tagFilter, toDayFilter } from '../filters';

export const statisticsFilters: INodeProperties = filtersOf(
	[
		fromDayFilter,
		{
			...streamFilter,
			description:
				'Only emails of this message stream; without it, all that send. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		tagFilter,
		toDayFilter,
	],
	'Which emails and days to count; without dates, all that Postmark still knows',
);

export const readStatisticsQuery = (item: ParameterReader) =>
	queryOf(item.collection('filters'), { tag: 'tag', messageStream: 'messagestream' }, 'days');
