import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { noChanges } from '../../../core/node/parameters/changes';
import { updateFieldsOf } from '../../../core/node/updateFieldsOf';
import { numericId } from '../ids';
import { webhookLocator } from '../locators';
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

/** https://postmarkapp.com/developer/api/webhooks-api#edit-a-webhook; the stream cannot be changed. */
export const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update a webhook',
	description: 'Change the URL, the events or the sign-in of a webhook',
	fields: [
		webhookLocator,
		updateFieldsOf([...optionFields, { ...urlField, required: false }, { ...eventsField, required: false }]),
	],
	read(item) {
		const fields = item.collection('updateFields');
		const switches = readSwitches(
			fields,
			fields.value('events') === undefined ? undefined : fields.list('events'),
		);
		const body = {
			...(fields.value('url') === undefined ? {} : { Url: readUrl(fields) }),
			...readOptions(fields),
		};
		if (Object.keys(body).length === 0 && Object.keys(switches).length === 0) throw noChanges(item);
		return { id: numericId(item, 'webhook'), body, switches };
	},
	async call({ id, body, switches }, client) {
		const place = path`/webhooks/${id}`;
		// Whether events that are not named stay as they were is not documented: all six are sent.
		const Triggers =
			Object.keys(switches).length === 0
				? undefined
				: triggersOf(switches, (await client.get<Webhook>(place)).Triggers);
		const changed = await client.send<Webhook>({
			method: 'PUT',
			path: place,
			answer: ['ID', 'Url'],
			body: { ...body, ...(Triggers && { Triggers }) },
			idempotent: true,
		});
		return withoutSecrets(changed);
	},
});
