import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { streamLocator } from '../locators';

/** https://postmarkapp.com/developer/api/message-streams-api#get-a-message-stream */
export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a message stream',
	description: 'Get one message stream with its settings',
	fields: [streamLocator],
	read: (item) => item.resourceId('stream'),
	call: async (id, client) => await client.get(path`/message-streams/${id}`),
});
