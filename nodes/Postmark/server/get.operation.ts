import { perItem } from '../../../core/node/operation';
import { withoutTokens } from './model';

/** https://postmarkapp.com/developer/api/server-api#get-server; its API tokens are left out. */
export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get the server',
	description: 'Get the server that the token belongs to, with its settings',
	fields: [],
	read: () => ({}),
	async call(_, client) {
		return withoutTokens(await client.get('/server'));
	},
});
