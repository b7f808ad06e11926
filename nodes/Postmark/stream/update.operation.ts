import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { noChanges } from '../../../core/node/parameters/changes';
import { updateFieldsOf } from '../../../core/node/updateFieldsOf';
import { streamLocator } from '../locators';
import { descriptionField, readSettings, unsubscribeField } from './fields';

/** https://postmarkapp.com/developer/api/message-streams-api#edit-a-message-stream */
export const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update a message stream',
	description: 'Rename a message stream, or change its description or unsubscribe links',
	fields: [
		streamLocator,
		updateFieldsOf([
			descriptionField,
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				placeholder: 'e.g. Newsletter',
				description: 'The new name, up to 100 characters',
			},
			unsubscribeField,
		]),
	],
	read(item) {
		const body = readSettings(item.collection('updateFields'));
		if (Object.keys(body).length === 0) throw noChanges(item);
		return { id: item.resourceId('stream'), body };
	},
	call: async ({ id, body }, client) =>
		await client.send({
			method: 'PATCH',
			path: path`/message-streams/${id}`,
			answer: ['ID'],
			body,
			idempotent: true,
		}),
});
