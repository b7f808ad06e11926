import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import { domains } from './fields';

/** https://postmarkapp.com/developer/api/domains-api#list-domains */
export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many domains',
	description: 'Get the domains of the account and whether they are verified',
	fields: [...limitFields],
	read: (item) => item.limit(),
	call: (limit, client) => client.pages('/domains', domains, {}, limit),
});
