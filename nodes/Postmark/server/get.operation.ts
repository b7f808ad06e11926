import { perItem } from '../../../core/node/operation';
import { withoutSecrets } from '../secrets';

/** https://postmarkapp.com/developer/api/server-api#get-server. */
export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get the server',
	description:
		'Get the server that the token belongs to, with its settings; tokens are left out, sign-ins masked',
	fields: [],
	read: () => ({}),
	async call(_, client) {
		return withoutSecrets(await client.get('/server'));
	},
});
