import { limitFields } from '../../../core/node/limitFields';
import { path } from '../../../core/http/path';
import { perItem, resource } from '../../../core/node/operation';

/** Only reading: adding and releasing domains is documented too thinly to be safe in a workflow. */
const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a domain',
	description: 'Retrieve one mail domain',
	fields: [
		{
			displayName: 'Domain',
			name: 'domain',
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			required: true,
			description: 'The mail domain',
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					typeOptions: { searchListMethod: 'searchDomains', searchable: true },
				},
				{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. example.com' },
			],
		},
	],
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

export const domain = resource({
	name: 'Domain',
	value: 'domain',
	operations: [getAll, get],
});
