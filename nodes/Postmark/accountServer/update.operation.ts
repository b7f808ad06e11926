import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { numericId } from '../ids';
import { serverLocator } from '../locators';
import { readChanges } from '../server/fields';
import { withoutSecrets } from '../secrets';
import { updateFields } from '../server/updateFields';

/** https://postmarkapp.com/developer/api/servers-api#edit-a-server; what is not named stays as it is. */
export const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update a server of the account',
	description: 'Rename a server, or change its settings',
	fields: [serverLocator, updateFields],
	read: (item) => ({ id: numericId(item, 'server'), body: readChanges(item) }),
	async call({ id, body }, client) {
		return withoutSecrets(
			await client.send({
				method: 'PUT',
				path: path`/servers/${id}`,
				answer: ['ID', 'Name'],
				body,
				idempotent: true,
			}),
		);
	},
});
