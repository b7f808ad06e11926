import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { numericId } from '../ids';
import { serverLocator } from '../locators';
import { withoutSecrets } from '../secrets';

/** https://postmarkapp.com/developer/api/servers-api#get-a-server. */
export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a server of the account',
	description: 'Get one server with its settings; its tokens are left out, sign-ins of its webhooks masked',
	fields: [serverLocator],
	read: (item) => numericId(item, 'server'),
	call: async (id, client) => withoutSecrets(await client.get(path`/servers/${id}`)),
});
