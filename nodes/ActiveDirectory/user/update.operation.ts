import { perItem } from '../../../core/node/operation';
import type { Directory } from '../connection';
import { changeFields, isRepeatable, readChanges, toChanges } from './changes';
import { findUser, userLocator, userRow } from './user';

export const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update a user',
	description: 'Change what the directory says of somebody',
	fields: [userLocator, changeFields],
	read: (item) => ({ user: item.resourceId('user'), wanted: readChanges(item) }),
	async call({ user, wanted }, directory: Directory) {
		const { dn } = await findUser(directory, user, ['cn']);
		await directory.modify(dn, await toChanges(directory, wanted), { idempotent: isRepeatable(wanted) });
		return await userRow(directory, dn);
	},
});
