import type { INodeProperties } from 'n8n-workflow';
import { path } from '../../../core/http/path';
import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import { pages } from '../connection';

export const emailIdField: INodeProperties = {
	displayName: 'Email ID',
	name: 'id',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. pzkic9-0afezp-fc',
	description: 'The ID that sending has given',
};

export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get an email',
	description: 'Get what became of one email: how it was answered, opened and clicked',
	fields: [emailIdField],
	read: (item) => item.requiredText('id'),
	call: async (id, client) => await client.get(path`/smtp/emails/${id}`),
});

export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many emails',
	description: 'Get the emails that were sent, the latest first',
	fields: [
		...limitFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			description: 'Which emails to get; all when there is no filter',
			options: [
				{
					displayName: 'Recipient',
					name: 'recipient',
					type: 'string',
					default: '',
					placeholder: 'e.g. ana@example.com',
					description: 'Only emails to this address',
				},
				{
					displayName: 'Sender',
					name: 'sender',
					type: 'string',
					default: '',
					placeholder: 'e.g. shop@example.com',
					description: 'Only emails from this address',
				},
			],
		},
	],
	read(item) {
		const filters = item.collection('filters');
		const wanted = Object.fromEntries(
			['recipient', 'sender'].filter((name) => filters.has(name)).map((name) => [name, filters.text(name)]),
		);
		return { filters: wanted, limit: item.limit() };
	},
	call: ({ filters, limit }, client) => client.pages('/smtp/emails', pages, filters, limit),
});
