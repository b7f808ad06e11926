import { customPathField, readCustomPath } from '../../../core/node/customPath';
import { perItem, resource } from '../../../core/node/operation';
import { post } from '../post';

/** These services take web forms and no JSON, so the call that other nodes share does not fit. */
const request = perItem({
	name: 'Make Request',
	value: 'request',
	action: 'Make a custom API request',
	description: 'Call any other function, with this node’s app key, rate limit, retry and errors',
	fields: [
		customPathField('e.g. /index/api/check_account'),
		{
			displayName: 'Form Fields (JSON)',
			name: 'fields',
			type: 'json',
			default: '{}',
			description: 'What is sent, as a JSON object with a value for each field. The app key is added.',
		},
		{
			displayName: 'Safe to Repeat',
			name: 'safe',
			type: 'boolean',
			default: false,
			description:
				'Whether the request may be sent again when its answer got lost. Leave off when doing it twice would do harm, such as sending.',
		},
	],
	read(item) {
		const fields = Object.entries(item.json('fields')).map(([name, value]) => [
			name,
			typeof value === 'object' ? JSON.stringify(value) : String(value),
		]);
		return {
			path: readCustomPath(item, 'Form Fields'),
			fields: Object.fromEntries(fields) as Record<string, string>,
			idempotent: item.boolean('safe'),
		};
	},
	call: async (asked, client) => await post(client, asked),
});

export const custom = resource({
	name: 'Custom API Call',
	value: 'custom',
	description: 'For functions without an operation of their own',
	operations: [request],
});
