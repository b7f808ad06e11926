import { perItem } from '../../../core/node/operation';
import { numericId } from '../ids';
import { webhookLocator } from '../locators';
import { removeWebhook } from './model';

/** https://postmarkapp.com/developer/api/webhooks-api#delete-a-webhook */
export const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a webhook',
	description: 'Stop Postmark from telling a URL of events',
	fields: [webhookLocator],
	read: (item) => numericId(item, 'webhook'),
	async call(id, client) {
		await removeWebhook(client, id);
		return { deleted: true, ID: id };
	},
});
