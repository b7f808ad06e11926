import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { streamLocator } from '../locators';

/** Done twice, Postmark may refuse the second time: after a lost answer the stream itself says whether it was done. */
async function change(client: Client, id: string, to: 'archive' | 'unarchive'): Promise<IDataObject> {
	return await client.send({
		method: 'POST',
		path: path`/message-streams/${id}/${to}`,
		answer: ['ID'],
		body: {},
		idempotent: false,
		async reconcile() {
			const stream = await client.get(path`/message-streams/${id}`);
			return Boolean(stream.ArchivedAt) === (to === 'archive') ? stream : undefined;
		},
		manualCheck: `Look in Postmark whether the message stream “${id}” is archived.`,
	});
}

/** https://postmarkapp.com/developer/api/message-streams-api#archive-a-message-stream */
export const archive = perItem({
	name: 'Archive',
	value: 'archive',
	action: 'Archive a message stream',
	description:
		'Stop a message stream; Postmark deletes it after 45 days, and until then it can be brought back',
	fields: [streamLocator],
	read: (item) => item.resourceId('stream'),
	call: async (id, client) => ({ archived: true, ...(await change(client, id, 'archive')) }),
});

/** https://postmarkapp.com/developer/api/message-streams-api#unarchive-a-message-stream */
export const unarchive = perItem({
	name: 'Unarchive',
	value: 'unarchive',
	action: 'Unarchive a message stream',
	description: 'Bring an archived message stream back, as long as Postmark has not deleted it',
	fields: [{ ...streamLocator, description: 'The stream to bring back; the list shows archived ones too' }],
	read: (item) => item.resourceId('stream'),
	call: async (id, client) => ({ archived: false, ...(await change(client, id, 'unarchive')) }),
});
