import { perItem } from '../../../core/node/operation';
import { archiveMember } from '../api/members';
import { audienceId, memberKey } from '../ids';
import { audienceLocator, memberField } from '../locators';

export const archive = perItem({
	name: 'Archive',
	value: 'archive',
	action: 'Archive a member',
	description: 'Take a contact out of the audience; it can be added again',
	fields: [audienceLocator, memberField],
	read: (item) => ({ audience: audienceId(item), member: memberKey(item) }),
	async call({ audience, member }, client) {
		await archiveMember(client, audience, member);
		return { archived: true, id: member };
	},
});
