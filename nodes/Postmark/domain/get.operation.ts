import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { numericId } from '../ids';
import { domainLocator } from '../locators';

/** https://postmarkapp.com/developer/api/domains-api#get-domain-details */
export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a domain',
	description: 'Get one domain with its DNS records and whether they are verified',
	fields: [domainLocator],
	read: (item) => numericId(item, 'domain'),
	call: async (id, client) => await client.get(path`/domains/${id}`),
});
