import { limitFields } from '../../../core/node/limitFields';
import { path } from '../../../core/http/path';
import { perItem, resource } from '../../../core/node/operation';
import { domainLocator } from './fields';
import { add, addAlias, remove, removeAlias, verify } from './write.operations';

const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a domain',
	description: 'Retrieve one mail domain',
	fields: [domainLocator],
	read: (item) => item.resourceId('domain'),
	call: async (domain, client) => await client.get(path`/v2/domains/${domain}`),
});

const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many domains',
	description: 'List your mail domains',
	fields: [...limitFields],
	read: (item) => item.limit(),
	async call(limit, client) {
		const { domains = [] } = await client.get<{ domains?: Array<{ domain: string }> }>('/v2/domains');
		return domains.slice(0, limit);
	},
});

/** Renaming and releasing the main domain are left out: what they are told is not documented. */
export const domain = resource({
	name: 'Domain',
	value: 'domain',
	operations: [getAll, get, add, verify, addAlias, removeAlias, remove],
});
