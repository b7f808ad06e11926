import { perItem } from '../../../core/node/operation';
import type { Directory } from '../connection';
import { findUser, userLocator } from './user';

export const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a user',
	description: 'Remove an account for good, with its groups and rights; to disable it is safer',
	fields: [userLocator],
	read: (item) => item.resourceId('user'),
	async call(user, directory: Directory) {
		const { dn } = await findUser(directory, user, ['cn']);
		await directory.delete(dn);
		return { deleted: true, dn };
	},
});
