import { perItem, resource } from '../../../core/node/operation';
import { post } from '../post';

const PATH = /^\/(?!\/)[^?#\s]*$/;

/** These services take web forms and no JSON, so the call that other nodes share does not fit. */
const request = perItem({
	name: 'Make Request',
	value: 'request',
	action: 'Make a custom API request',
	description: 'Call any other function, with this node’s app key, rate limit, retry and errors',
	fields: [
		{
			displayName: 'Path',
			name: 'path',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. /index/api/check_account',
			description: 'The address below the service’s own, starting with a slash, without a query',
		},
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
		const path = item.requiredText('path');
		if (!PATH.test(path) || path.split('/').includes('..'))
			throw item.fieldError(
				'path',
				`must start with one slash and have no spaces, no “?” and no “..”: “${path}”`,
				'Enter only the path. What follows a question mark belongs to Form Fields.',
			);
		const fields = Object.entries(item.json('fields')).map(([name, value]) => [
			name,
			typeof value === 'object' ? JSON.stringify(value) : String(value),
		]);
		return {
			path,
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
