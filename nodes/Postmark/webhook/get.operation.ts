import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { numericId } from '../ids';
import { webhookLocator } from '../locators';
import { withoutSecrets } from '../secrets';
import type { Webhook } from './model';

/** https://postmarkapp.com/developer/api/webhooks-api#get-a-webhook */
export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a webhook',
	description: 'Get one webhook with its events; its password and the values of its headers are left out',
	fields: [webhookLocator],
	read: (item) => numericId(item, 'webhook'),
	call: async (id, client) => withoutSecrets(await client.get<Webhook>(path`/webhooks/${id}`)),
});
