import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { removeRecord } from '../connection';
import { numericId } from '../ids';
import { signatureLocator } from '../locators';

/** https://postmarkapp.com/developer/api/signatures-api#delete-signature */
export const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a sender signature',
	description:
		'Remove a sender; nothing can be sent from the address any more, unless its domain is verified',
	fields: [signatureLocator],
	read: (item) => numericId(item, 'signature'),
	async call(id, client) {
		await removeRecord(client, path`/senders/${id}`);
		return { deleted: true, ID: id };
	},
});
