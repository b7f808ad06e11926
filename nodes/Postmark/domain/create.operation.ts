import type { IDataObject } from 'n8n-workflow';
import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { domains, returnPathField, sayIfUnverified } from './fields';

/** https://postmarkapp.com/developer/api/domains-api#create-domain */
export const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create a domain',
	description: 'Add a domain to send from; the result has the DNS records to set',
	fields: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. example.com',
			description: 'The domain, one of your own',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [returnPathField],
		},
	],
	read(item) {
		const ReturnPathDomain = item.collection('additionalFields').text('returnPathDomain');
		return { Name: item.requiredText('name'), ...(ReturnPathDomain !== '' && { ReturnPathDomain }) };
	},
	async call(body, client, feedback) {
		const made = await client.send<IDataObject>({
			method: 'POST',
			path: '/domains',
			answer: ['ID', 'Name'],
			body,
			idempotent: false,
			// A domain exists once (ErrorCode 512): had it been there before, Postmark would have refused the request.
			async reconcile() {
				for await (const known of client.pages('/domains', domains))
					if (String(known.Name).toLowerCase() === body.Name.toLowerCase())
						return await client.get(path`/domains/${Number(known.ID)}`);
				return undefined;
			},
			manualCheck: `Look in Postmark whether the account has the domain ${body.Name}.`,
		});
		sayIfUnverified(made, feedback);
		return made;
	},
});
