import { perItem } from '../../../core/node/operation';
import { userLocator } from './fields';
import { getUser } from './write';

export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a user',
	description: 'Retrieve one account with all its fields',
	fields: [userLocator],
	read: (item) => item.resourceId('user'),
	call: async (user, client) => ({ ...(await getUser(client, user)) }),
});
