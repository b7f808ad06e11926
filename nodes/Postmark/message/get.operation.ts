import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { messageIdField, readMessageId } from './fields';

/** https://postmarkapp.com/developer/api/messages-api#outbound-message-details */
export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a sent message',
	description:
		'Get one sent email with its content and what became of it: delivered, bounced, opened, clicked',
	fields: [messageIdField],
	read: readMessageId,
	call: async (id, client) => await client.get(path`/messages/outbound/${id}/details`),
});
