import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { removeRecord } from '../connection';
import { numericId } from '../ids';
import { inboundRuleLocator } from '../locators';

/** https://postmarkapp.com/developer/api/inbound-rules-triggers-api#delete-an-inbound-rule-trigger */
export const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete an inbound rule',
	description: 'Let a blocked sender or domain reach the server again',
	fields: [inboundRuleLocator],
	read: (item) => numericId(item, 'rule'),
	async call(id, client) {
		await removeRecord(client, path`/triggers/inboundrules/${id}`);
		return { deleted: true, ID: id };
	},
});
