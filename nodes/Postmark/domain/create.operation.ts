import type { IDataObject } from 'n8n-workflow';
import { path } from '../../../core/http/path';
import { ownOrTheirs } from '../../../core/http/wasThere';
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
			description: 'What may be added and can be left out',
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
			// A domain exists once (ErrorCode 512); a new one has no Return-Path that nobody asked for.
			async reconcile() {
				for await (const known of client.pages('/domains', domains))
					if (String(known.Name).toLowerCase() === body.Name.toLowerCase())
						return ownOrTheirs(
							await client.get(path`/domains/${String(known.ID)}`),
							{ ReturnPathDomain: '', ...body },
							{ service: 'Postmark', what: `the domain ${body.Name}`, field: 'Name' },
						);
				return undefined;
			},
			manualCheck: `Look in Postmark whether the account has the domain ${body.Name}.`,
		});
		sayIfUnverified(made, feedback);
		return made;
	},
});
