import { path } from '../../../core/http/path';
import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import { listOf, noLinks } from '../connection';
import { filtersOf, queryOf } from '../filters';
import { audienceId } from '../ids';
import { audienceLocator } from '../locators';

/** https://mailchimp.com/developer/marketing/api/lists/get-list-info/ */
export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get an audience',
	description: 'Get an audience with its numbers and settings',
	fields: [audienceLocator],
	read: (item) => audienceId(item),
	call: async (audience, client) =>
		await client.get(path`/lists/${audience}`, { include_total_contacts: 'true', ...noLinks() }),
});

/** https://mailchimp.com/developer/marketing/api/lists/get-lists-info/ */
export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many audiences',
	description: 'Get the audiences of the account',
	fields: [
		...limitFields,
		filtersOf([
			{
				displayName: 'Email Address',
				name: 'email',
				type: 'string',
				default: '',
				placeholder: 'e.g. ana@example.com',
				description: 'Only audiences that have this contact',
			},
		]),
	],
	read: (item) => ({ limit: item.limit(), query: queryOf(item.collection('filters'), { email: 'email' }) }),
	call: ({ limit, query }, client) =>
		client.pages('/lists', listOf('lists'), { ...query, ...noLinks('lists') }, limit),
});

/** https://mailchimp.com/developer/marketing/api/list-activity/list-recent-activity/ */
export const getActivity = perItem({
	name: 'Get Activity',
	value: 'getActivity',
	action: 'Get the activity of an audience',
	description:
		'Get what happened on each of the last 180 days: mails sent, opens, clicks, signups, unsubscribes',
	fields: [audienceLocator, ...limitFields],
	read: (item) => ({ audience: audienceId(item), limit: item.limit() }),
	call: ({ audience, limit }, client) =>
		client.pages(path`/lists/${audience}/activity`, listOf('activity'), noLinks('activity'), limit),
});
