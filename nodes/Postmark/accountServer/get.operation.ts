import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { numericId } from '../ids';
import { serverLocator } from '../locators';
import { withoutTokens } from '../server/model';

/** https://postmarkapp.com/developer/api/servers-api#get-a-server; its API tokens are left out. */
export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a server of the account',
	description: 'Get one server with its settings; its API tokens are left out',
	fields: [serverLocator],
	read: (item) => numericId(item, 'server'),
	call: async (id, client) => withoutTokens(await client.get(path`/servers/${id}`)),
});
