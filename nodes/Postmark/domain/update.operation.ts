import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { numericId } from '../ids';
import { domainLocator } from '../locators';
import { returnPathField } from './fields';

/** https://postmarkapp.com/developer/api/domains-api#edit-domain: nothing else can be changed. */
export const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update a domain',
	description: 'Change the subdomain that bounces go to',
	fields: [
		domainLocator,
		{ ...returnPathField, description: `${returnPathField.description} Empty to use Postmark’s own.` },
	],
	read: (item) => ({
		id: numericId(item, 'domain'),
		body: { ReturnPathDomain: item.text('returnPathDomain') },
	}),
	call: async ({ id, body }, client) =>
		await client.send({
			method: 'PUT',
			path: path`/domains/${id}`,
			answer: ['ID', 'Name'],
			body,
			idempotent: true,
		}),
});
