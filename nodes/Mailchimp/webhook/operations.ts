import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { noChanges } from '../../../core/node/parameters/changes';
import { updateFieldsOf } from '../../../core/node/updateFieldsOf';
import { change } from '../api/change';
import { make } from '../api/newcomers';
import { listWebhooks } from '../api/webhooks';
import { audienceId } from '../ids';
import { audienceLocator } from '../locators';
import { eventsField, readWebhook, shown, sourcesField, urlField, webhookId, webhookLocator } from './fields';

/** https://mailchimp.com/developer/marketing/api/list-webhooks/list-webhooks/: not paged. */
export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many webhooks',
	description: 'Get all webhooks of an audience, those of triggers too; what is secret in them is masked',
	fields: [audienceLocator],
	read: (item) => audienceId(item),
	call: async (audience, client) => (await listWebhooks(client, audience)).map(shown),
});

/** https://mailchimp.com/developer/marketing/api/list-webhooks/get-webhook-info/ */
export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a webhook',
	description: 'Get a webhook with its events and sources; what is secret in it is masked',
	fields: [audienceLocator, webhookLocator],
	read: (item) => ({ audience: audienceId(item), id: webhookId(item) }),
	call: async ({ audience, id }, client) => shown(await client.get(path`/lists/${audience}/webhooks/${id}`)),
});

/** https://mailchimp.com/developer/marketing/api/list-webhooks/add-webhook/ */
export const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create a webhook',
	description: 'Have Mailchimp tell a URL what happens in an audience',
	fields: [
		audienceLocator,
		{ ...urlField, required: true },
		{ ...eventsField, required: true },
		{ ...sourcesField, required: true, default: ['admin', 'api', 'user'] },
		{
			displayName: 'Show Signing Secret',
			name: 'showSecret',
			type: 'boolean',
			default: false,
			description:
				'Whether the output has the secret by which the receiver can tell that a call is from Mailchimp. It is told only now, and whoever may see the execution sees it.',
		},
	],
	read(item) {
		for (const name of ['events', 'sources'])
			if (item.list(name).length === 0)
				throw item.fieldError(name, 'is empty', 'Choose at least one, or nothing would ever be told.');
		item.requiredText('url');
		return { audience: audienceId(item), body: readWebhook(item), showsSecret: item.boolean('showSecret') };
	},
	async call({ audience, body, showsSecret }, client) {
		const { signing_secret: secret, ...webhook } = await make(client, {
			key: `webhooks of ${audience}`,
			path: path`/lists/${audience}/webhooks`,
			body,
			answer: ['id', 'url'],
			list: async () => await listWebhooks(client, audience),
			isIt: ({ url }) => new URL(url).href === new URL(String(body.url)).href,
			async whole(found) {
				if (!showsSecret) return found;
				// The answer alone had the secret: one whose answer got lost is of no use, and makes room for another.
				await client.delete(path`/lists/${audience}/webhooks/${found.id}`);
				return undefined;
			},
			manualCheck: 'Look at the webhooks of the audience in Mailchimp.',
		});
		return { ...shown(webhook), ...(showsSecret && secret ? { signing_secret: secret } : {}) };
	},
});

/** https://mailchimp.com/developer/marketing/api/list-webhooks/update-webhook/ */
export const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update a webhook',
	description: 'Change the URL, the events or the sources of a webhook',
	fields: [audienceLocator, webhookLocator, updateFieldsOf([eventsField, sourcesField, urlField])],
	read(item) {
		const body = readWebhook(item.collection('updateFields'));
		if (Object.keys(body).length === 0) throw noChanges(item);
		return { audience: audienceId(item), id: webhookId(item), body };
	},
	call: async ({ audience, id, body }, client) =>
		shown(await change(client, path`/lists/${audience}/webhooks/${id}`, body, ['id', 'url'])),
});

/** https://mailchimp.com/developer/marketing/api/list-webhooks/delete-webhook/ */
export const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a webhook',
	description: 'Stop Mailchimp from telling a URL of an audience; a trigger whose webhook this is goes deaf',
	fields: [audienceLocator, webhookLocator],
	asTool: false,
	read: (item) => ({ audience: audienceId(item), id: webhookId(item) }),
	async call({ audience, id }, client) {
		await client.delete(path`/lists/${audience}/webhooks/${id}`);
		return { deleted: true, id };
	},
});
