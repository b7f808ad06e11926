import { perItem } from '../../../core/node/operation';
import { readChanges } from './fields';
import { withoutSecrets } from '../secrets';
import { updateFields } from './updateFields';

/** https://postmarkapp.com/developer/api/server-api#edit-server; what is not named stays as it is. */
export const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update the server',
	description: 'Change settings of the server that the token belongs to',
	fields: [updateFields],
	read: readChanges,
	async call(body, client) {
		return withoutSecrets(
			await client.send({ method: 'PUT', path: '/server', answer: ['ID', 'Name'], body, idempotent: true }),
		);
	},
});
