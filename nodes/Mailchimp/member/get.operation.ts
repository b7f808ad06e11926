import { perItem } from '../../../core/node/operation';
import { getMember } from '../api/members';
import { audienceId, memberKey } from '../ids';
import { audienceLocator, memberField } from '../locators';

/** https://mailchimp.com/developer/marketing/api/list-members/get-member-info/ */
export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a member',
	description: 'Get a contact with its status, merge fields, interests and tags',
	fields: [audienceLocator, memberField],
	read: (item) => ({ audience: audienceId(item), member: memberKey(item) }),
	call: async ({ audience, member }, client) => await getMember(client, audience, member),
});
