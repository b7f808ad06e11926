import { perItem } from '../../../core/node/operation';
import { userLocator } from './fields';
import { ACTIVE, FROZEN } from './model';
import { deleteUser, patchUser } from './write';

export const freeze = perItem({
	name: 'Freeze',
	value: 'freeze',
	action: 'Freeze a user',
	description: 'Lock an account; its mail stays, it keeps its seat, and it can be unfrozen at any time',
	fields: [userLocator],
	read: (item) => item.resourceId('user'),
	call: async (user, client) => ({ ...(await patchUser(client, user, FROZEN)) }),
});

export const unfreeze = perItem({
	name: 'Unfreeze',
	value: 'unfreeze',
	action: 'Unfreeze a user',
	description: 'Open a frozen account again',
	fields: [userLocator],
	read: (item) => item.resourceId('user'),
	call: async (user, client) => ({ ...(await patchUser(client, user, ACTIVE)) }),
});

/** Its mail cannot be recovered after 30 days (alibabacloud.com, mail-handling-suggestions-for-leaving-employees). */
export const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a user',
	description: 'Delete an account with its mail; after 30 days nothing can be recovered. Freezing is safer.',
	fields: [userLocator],
	read: (item) => item.resourceId('user'),
	async call(user, client) {
		await deleteUser(client, user);
		return { deleted: true, user };
	},
});
