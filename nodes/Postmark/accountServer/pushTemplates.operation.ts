import { perItem } from '../../../core/node/operation';
import { numericId } from '../ids';
import { serverLocator } from '../locators';

/** https://postmarkapp.com/developer/api/templates-api#push-templates. Pushing twice changes nothing more. */
export const pushTemplates = perItem({
	name: 'Push Templates',
	value: 'pushTemplates',
	action: 'Push templates to another server',
	description: 'Copy the templates that have an alias from one server to another, such as from test to live',
	asTool: false,
	fields: [
		{
			...serverLocator,
			displayName: 'From Server',
			name: 'source',
			description: 'The server whose templates are copied',
		},
		{
			...serverLocator,
			displayName: 'To Server',
			name: 'destination',
			description: 'The server that gets them; templates with the same alias are replaced there',
		},
		{
			displayName: 'Apply Changes',
			name: 'apply',
			type: 'boolean',
			default: false,
			description:
				'Whether to really copy. When off, the result only lists what would be created and changed.',
		},
	],
	read(item) {
		const [source, destination] = [numericId(item, 'source'), numericId(item, 'destination')];
		if (source === destination)
			throw item.fieldError('destination', "is the same as 'From Server'", 'Choose another server.');
		return {
			SourceServerID: source,
			DestinationServerID: destination,
			PerformChanges: item.boolean('apply'),
		};
	},
	async call(body, client, feedback) {
		if (!body.PerformChanges)
			feedback.hint("A preview: nothing was copied. Switch on 'Apply Changes' to copy the templates.");
		const answer = await client.send({
			method: 'PUT',
			path: '/templates/push',
			answer: ['TotalCount', 'Templates'],
			body,
			idempotent: true,
		});
		return { applied: body.PerformChanges, ...answer };
	},
});
