import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { removeRecord } from '../connection';
import { numericId } from '../ids';
import { domainLocator } from '../locators';

/** https://postmarkapp.com/developer/api/domains-api#delete-domain */
export const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a domain',
	description: 'Remove a domain; nothing can be sent from it any more',
	fields: [domainLocator],
	read: (item) => numericId(item, 'domain'),
	async call(id, client) {
		await removeRecord(client, path`/domains/${id}`);
		return { deleted: true, ID: id };
	},
});
