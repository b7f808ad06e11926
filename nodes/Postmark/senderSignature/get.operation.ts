import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { numericId } from '../ids';
import { signatureLocator } from '../locators';

/** https://postmarkapp.com/developer/api/signatures-api#sender-signature-details */
export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a sender signature',
	description: 'Get one sender, whether it is confirmed, and its DNS records',
	fields: [signatureLocator],
	read: (item) => numericId(item, 'signature'),
	call: async (id, client) => await client.get(path`/senders/${id}`),
});
