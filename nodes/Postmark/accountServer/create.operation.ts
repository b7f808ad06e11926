import { ownOrTheirs } from '../../../core/http/wasThere';
import { perItem } from '../../../core/node/operation';
import { nameField, readSettings, settingFields } from '../server/fields';
import { withoutSecrets } from '../secrets';
import { servers } from './getAll.operation';

/** https://postmarkapp.com/developer/api/servers-api#create-a-server */
export const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create a server in the account',
	description: 'Create a server; its API tokens are shown in Postmark, never here',
	fields: [
		{ ...nameField, required: true },
		{
			displayName: 'Delivery',
			name: 'deliveryType',
			type: 'options',
			options: [
				{ name: 'Live', value: 'Live', description: 'Emails are delivered' },
				{ name: 'Sandbox', value: 'Sandbox', description: 'For tests: emails are accepted and dropped' },
			],
			default: 'Live',
			description: 'What happens to emails. It can never be changed.',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What may be added and can be left out',
			options: settingFields,
		},
	],
	read: (item) => ({
		Name: item.requiredText('name'),
		DeliveryType: item.text('deliveryType'),
		...readSettings(item.collection('additionalFields')),
	}),
	async call(body, client) {
		const made = await client.send({
			method: 'POST',
			path: '/servers',
			answer: ['ID', 'Name'],
			body,
			idempotent: false,
			// Names are unique (ErrorCode 603), and somebody else may have made one of this name.
			async reconcile() {
				for await (const known of client.pages('/servers', servers, { name: body.Name }))
					if (known.Name === body.Name)
						return ownOrTheirs(known, body, {
							service: 'Postmark',
							what: `the server “${body.Name}”`,
							field: 'Name',
						});
				return undefined;
			},
			manualCheck: `Look in Postmark whether the account has the server “${body.Name}”.`,
		});
		return withoutSecrets(made);
	},
});
