import { perItem, resource } from '../../../core/node/operation';
import { update } from './update.operation';

const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get the organization',
	description: 'Retrieve name, address and main domain of your organization',
	fields: [],
	read: () => ({}),
	call: async (_, client) => await client.get('/v2/organization/$current'),
});

export const organization = resource({
	name: 'Organization',
	value: 'organization',
	operations: [get, update],
});
