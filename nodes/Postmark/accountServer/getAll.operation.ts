import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import { withoutSecrets } from '../secrets';
import { listOf } from '../connection';

export const servers = listOf('Servers');

/** https://postmarkapp.com/developer/api/servers-api#list-servers */
export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many servers of the account',
	description: 'Get the servers of the account; their tokens are left out, sign-ins of webhooks masked',
	fields: [
		...limitFields,
		{
			displayName: 'Name Contains',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. production',
			description: 'Only servers whose name has this in it; empty for all',
		},
	],
	read: (item) => ({ limit: item.limit(), name: item.text('name') }),
	async *call({ limit, name }, client) {
		const filter = name === '' ? {} : { name };
		for await (const server of client.pages('/servers', servers, filter, limit)) yield withoutSecrets(server);
	},
});
