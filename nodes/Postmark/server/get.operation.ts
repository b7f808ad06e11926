import { each } from '../../../core/node/operation';

/** https://postmarkapp.com/developer/api/server-api#get-server; its API tokens are left out. */
export const get = each({
	name: 'Get',
	value: 'get',
	action: 'Get a server',
	description: 'Get the server that the token belongs to, with its settings',
	fields: [],
	read: () => ({}),
	async call(_, client) {
		return withoutTokens(await client.get('/server'));
	},
});

export function withoutTokens<T extends object>(server: T): Omit<T, 'ApiTokens'> {
	const { ApiTokens: _tokens, ...rest } = server as T & { ApiTokens?: unknown };
	return rest;
}
