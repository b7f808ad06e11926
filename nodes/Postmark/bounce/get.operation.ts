import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { numericId } from '../ids';
import { bounceLocator } from '../locators';

/** https://postmarkapp.com/developer/api/bounce-api#single-bounce */
export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a bounce',
	description: 'Get one bounce: who, why, and whether the address can be reactivated',
	fields: [bounceLocator],
	read: (item) => numericId(item, 'bounce'),
	call: async (id, client) => await client.get(path`/bounces/${id}`),
});
