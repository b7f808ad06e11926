import { path } from '../../../core/http/path';
import { each } from '../../../core/node/operation';
import { streamLocator } from '../locators';

/** https://postmarkapp.com/developer/api/message-streams-api#get-a-message-stream */
export const get = each({
	name: 'Get',
	value: 'get',
	action: 'Get a message stream',
	description: 'Get one message stream with its settings',
	fields: [streamLocator],
	read: (item) => item.picked('stream'),
	call: async (id, client) => await client.get(path`/message-streams/${id}`),
});
