import { perItem } from '../../../core/node/operation';
import { sendingStreamLocator } from '../locators';
import { withoutSecrets } from '../secrets';
import {
	eventsField,
	optionFields,
	readOptions,
	readSwitches,
	readUrl,
	triggersOf,
	urlField,
} from './fields';
import type { Webhook } from './model';

/** https://postmarkapp.com/developer/api/webhooks-api#create-a-webhook */
export const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create a webhook',
	description: 'Have Postmark tell a URL what becomes of the emails of one message stream',
	fields: [
		urlField,
		{ ...sendingStreamLocator, description: 'The stream it tells of: one webhook belongs to one stream' },
		eventsField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			description: 'What is seldom needed: the presets suit most',
			options: optionFields,
		},
	],
	read(item) {
		const events = item.list('events');
		if (events.length === 0) throw item.fieldError('events', 'is empty', 'Choose at least one event.');
		const options = item.collection('options');
		return {
			Url: readUrl(item),
			MessageStream: item.resourceId('stream'),
			...readOptions(options),
			Triggers: triggersOf(readSwitches(options, events)),
		};
	},
	async call(webhook, client) {
		const made = await client.send<Webhook>({
			method: 'POST',
			path: '/webhooks',
			answer: ['ID', 'Url'],
			body: webhook,
			idempotent: false,
			manualCheck: `Look on the Webhooks page of the message stream “${webhook.MessageStream}” whether it is there.`,
		});
		return withoutSecrets(made);
	},
});
