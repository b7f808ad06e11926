import type { IDataObject } from 'n8n-workflow';
import { perItem } from '../../../core/node/operation';
import { dataCenterOf, withoutLinks } from '../connection';
import { mayOf } from './roles';

/** https://mailchimp.com/developer/marketing/api/root/list-api-root-resources/ */
export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get the account',
	description: 'See whose account it is, and what its role may do',
	fields: [],
	read: () => ({}),
	async call(_, client) {
		const account = await client.get<IDataObject>('/');
		const dataCenter = dataCenterOf(client.credential.apiKey);
		return {
			...withoutLinks(account),
			// A token does not say it, and needs none.
			...(dataCenter === undefined ? {} : { data_center: dataCenter }),
			this_role: mayOf(account.role),
		};
	},
});
