import type { IDataObject } from 'n8n-workflow';
import { whenRead } from '../../../core/mail/compose';
import { perItem } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { createCampaign } from '../api/campaigns';
import { contentFields, nameField, optionsField, whenFields } from './fields';
import { readContent, readSendDate, requiredWords } from './read';

function readWhen(item: ParameterReader): IDataObject {
	switch (item.option('when')) {
		case 'draft':
			return { type: 'draft' };
		case 'later':
			return { send_date: readSendDate(item, 'sendDate') };
		default:
			return {};
	}
}

export const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create a campaign',
	description: 'Create a draft, schedule a campaign or send it now; four an hour at most',
	asTool: false,
	fields: [nameField, ...whenFields, ...contentFields, optionsField],
	read(item, feedback) {
		const name = requiredWords(item, 'name');
		const when = readWhen(item);
		return whenRead(readContent(item, feedback), (content) => ({ name, ...when, ...content }));
	},
	call: async (body, client) => ({ name: body.name, ...(await createCampaign(body, client)) }),
});

export const test = perItem({
	name: 'Test',
	value: 'test',
	action: 'Send a test of a campaign',
	description: 'Send one email of the campaign to its sender’s own address, and to nobody else',
	asTool: false,
	fields: [...contentFields, optionsField],
	read: (item, feedback) =>
		whenRead(readContent(item, feedback), (content) => ({ ...content, is_test: true })),
	call: async (body, client) => {
		const answer = await client.send({
			method: 'POST',
			path: '/campaigns',
			body,
			idempotent: false,
			answer: ['id'],
			manualCheck: `Look whether the test has come to ${String((body as IDataObject).sender_email)}.`,
		});
		return { ...answer, sentTo: (body as IDataObject).sender_email };
	},
});
