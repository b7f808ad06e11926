import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import { filtersOf, fromDateFilter, queryOf, streamFilter, tagFilter, toDateFilter } from '../filters';
import { REACH_HELP, search, type Search } from '../search';
import { BOUNCE_TYPES } from './types';

export const bounces: Search = { path: '/bounces', rows: 'Bounces', what: 'bounces' };

/** https://postmarkapp.com/developer/api/bounce-api#bounces */
export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many bounces',
	description: 'Search the emails that came back, newest first',
	fields: [
		...limitFields,
		filtersOf(
			[
				{
					displayName: 'Email Address',
					name: 'emailAddress',
					type: 'string',
					default: '',
					placeholder: 'e.g. ana@example.com',
					description: 'Only bounces of this recipient',
				},
				fromDateFilter,
				{
					displayName: 'Message ID',
					name: 'messageId',
					type: 'string',
					default: '',
					placeholder: 'e.g. 0a129aee-e1cd-480d-b08d-4f48548ff48d',
					description: 'Only bounces of this email',
				},
				streamFilter,
				{
					displayName: 'Still Sent To',
					name: 'inactive',
					type: 'options',
					options: [
						{ name: 'No, Address Is Inactive', value: 'true' },
						{ name: 'Yes, Address Is Active', value: 'false' },
					],
					default: 'true',
					description: 'Whether Postmark has stopped sending to the address because of the bounce',
				},
				tagFilter,
				toDateFilter,
				{
					displayName: 'Type',
					name: 'type',
					type: 'options',
					options: BOUNCE_TYPES,
					default: 'HardBounce',
					description: 'Only bounces of this type',
				},
			],
			`Only bounces that match all of these. ${REACH_HELP}`,
		),
	],
	read: (item) => ({ limit: item.limit(), query: queryOf(item.collection('filters'), NAMES) }),
	call: ({ limit, query }, client) => search(client, bounces, query, limit),
});

const NAMES = {
	type: 'type',
	inactive: 'inactive',
	emailAddress: 'emailFilter',
	tag: 'tag',
	messageId: 'messageID',
	messageStream: 'messagestream',
};
