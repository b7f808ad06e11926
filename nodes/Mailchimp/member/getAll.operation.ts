import { path } from '../../../core/http/path';
import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import { chosenFields, chosenFieldsOption } from '../chosenFields';
import { listOf } from '../connection';
import { audienceId } from '../ids';
import { audienceLocator } from '../locators';
import { memberFilters, readMemberFilters } from './filters';

const members = listOf('members');

/** https://mailchimp.com/developer/marketing/api/list-members/list-members-info/: up to 1,000 in one request. */
export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many members',
	description: 'Get the contacts of an audience, 1,000 in one request',
	fields: [audienceLocator, ...limitFields, memberFilters, chosenFieldsOption],
	read: (item) => ({
		audience: audienceId(item),
		limit: item.limit(),
		query: { ...readMemberFilters(item.collection('filters')), ...chosenFields(item, 'members') },
	}),
	call: ({ audience, limit, query }, client) =>
		client.pages(path`/lists/${audience}/members`, members, query, limit),
});
