import type { IDataObject } from 'n8n-workflow';
import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { chosenFields, chosenFieldsOption } from '../chosenFields';
import { audienceId, memberKey } from '../ids';
import { audienceLocator, memberField } from '../locators';

/** https://mailchimp.com/developer/marketing/api/list-members/get-member-info/ */
export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a member',
	description: 'Get a contact with its status, merge fields, interests and tags',
	fields: [audienceLocator, memberField, chosenFieldsOption],
	read: (item) => ({ audience: audienceId(item), member: memberKey(item), query: chosenFields(item) }),
	call: async ({ audience, member, query }, client) =>
		await client.get<IDataObject>(path`/lists/${audience}/members/${member}`, query),
});
