import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { dumpFields, dumpRow, messageIdField, readDumpField, readMessageId } from './fields';

/** https://postmarkapp.com/developer/api/messages-api#outbound-message-dump */
export const getDump = perItem({
	name: 'Get Source',
	value: 'getDump',
	action: 'Get the source of a sent message',
	description: 'Get the raw email as it travelled, with all headers, as text or as an .eml file',
	fields: [messageIdField, ...dumpFields],
	read: (item) => ({ id: readMessageId(item), field: readDumpField(item) }),
	async call({ id, field }, client) {
		const { Body } = await client.get(path`/messages/outbound/${id}/dump`);
		return dumpRow({ MessageID: id }, Body, field);
	},
});
