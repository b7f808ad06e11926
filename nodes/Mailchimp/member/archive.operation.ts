import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { findMember } from '../api/members';
import { audienceId, memberKey } from '../ids';
import { audienceLocator, memberField } from '../locators';

/** https://mailchimp.com/developer/marketing/api/list-members/archive-list-member/ */
export const archive = perItem({
	name: 'Archive',
	value: 'archive',
	action: 'Archive a member',
	description: 'Take a contact out of the audience; it can be added again',
	fields: [audienceLocator, memberField],
	read: (item) => ({ audience: audienceId(item), member: memberKey(item) }),
	async call({ audience, member }, client) {
		await client.delete(path`/lists/${audience}/members/${member}`, {
			// An archived contact is still found at its path.
			async reconcile() {
				const found = await findMember(client, audience, member);
				return found === undefined || found.status === 'archived' ? {} : undefined;
			},
		});
		return { archived: true, id: member };
	},
});
