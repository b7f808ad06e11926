import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { numericId } from '../ids';
import { bounceLocator } from '../locators';
import { dumpFields, dumpRow, readDumpField } from '../message/fields';

/** https://postmarkapp.com/developer/api/bounce-api#bounce-dump: empty when Postmark no longer has it. */
export const getDump = perItem({
	name: 'Get Source',
	value: 'getDump',
	action: 'Get the source of a bounce',
	description: 'Get the raw answer of the recipient’s mail server, as text or as an .eml file',
	fields: [bounceLocator, ...dumpFields],
	read: (item) => ({ id: numericId(item, 'bounce'), field: readDumpField(item) }),
	async call({ id, field }, client) {
		const { Body } = await client.get(path`/bounces/${id}/dump`);
		return dumpRow({ ID: id }, Body, field);
	},
});
