import { perItem } from '../../../core/node/operation';
import type { Directory } from '../connection';
import { attributesField } from '../searching';
import { Decoder } from '../values/decode';
import { findUser, userLocator } from './user';

/** Constructed on request, and what people ask about most: is the account locked, has the password run out. */
const ON_REQUEST = ['msDS-User-Account-Control-Computed', 'msDS-UserPasswordExpiryTimeComputed'];

export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a user',
	description: 'Retrieve one person with everything that is known, locked or not',
	fields: [userLocator, attributesField],
	read: (item) => ({ user: item.resourceId('user'), attributes: item.list('attributes') }),
	async call({ user, attributes }, directory: Directory) {
		const isActiveDirectory = await directory.isActiveDirectory();
		const asked = attributes.length > 0 ? attributes : isActiveDirectory ? ['*', ...ON_REQUEST] : ['*', '+'];
		const entry = await findUser(directory, user, asked);
		return new Decoder(await directory.schema(), attributes).row(entry);
	},
});
