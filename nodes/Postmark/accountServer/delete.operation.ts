import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { removeRecord } from '../connection';
import { numericId } from '../ids';
import { serverLocator } from '../locators';

/** https://postmarkapp.com/developer/api/servers-api#delete-a-server: only for accounts that Postmark allows it. */
export const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a server of the account',
	description:
		'Delete a server with everything in it, for good; Postmark must have allowed it for the account',
	fields: [serverLocator],
	read: (item) => numericId(item, 'server'),
	async call(id, client) {
		await removeRecord(client, path`/servers/${id}`);
		return { deleted: true, ID: id };
	},
});
