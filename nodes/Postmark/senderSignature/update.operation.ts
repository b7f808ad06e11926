import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { noChanges } from '../../../core/node/parameters/changes';
import { updateFieldsOf } from '../../../core/node/updateFieldsOf';
import { numericId } from '../ids';
import { signatureLocator } from '../locators';
import { moreFields, readMore } from './fields';

/** https://postmarkapp.com/developer/api/signatures-api#edit-signature: the address itself cannot be changed. */
export const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update a sender signature',
	description: 'Change the name, the reply address or the return path of a sender',
	fields: [
		signatureLocator,
		updateFieldsOf([
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				placeholder: 'e.g. Ana Bauer',
				description: 'The name that recipients see',
			},
			...moreFields,
		]),
	],
	read(item) {
		const fields = item.collection('updateFields');
		const name = fields.value('name') === undefined ? undefined : fields.requiredText('name');
		const changes = readMore(fields);
		if (name === undefined && Object.keys(changes).length === 0) throw noChanges(item);
		return { id: numericId(item, 'signature'), name, changes };
	},
	async call({ id, name, changes }, client) {
		const place = path`/senders/${id}`;
		// Postmark wants the name with every change, also when it stays.
		const Name = name ?? (await client.get<{ Name?: string }>(place)).Name;
		return await client.send({
			method: 'PUT',
			path: place,
			answer: ['ID', 'EmailAddress'],
			body: { Name, ...changes },
			idempotent: true,
		});
	},
});
