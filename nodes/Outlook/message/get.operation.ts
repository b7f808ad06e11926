import type { INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { perItem, WithFiles } from '../../../core/node/operation';
import { getMessage, messagePath, SIMPLE, type Target } from '../api/messages';
import { downloadField, getWithAttached } from '../attachment/attached';
import { EVERYTHING, fieldsField, readSelect, SELECTED, SIMPLIFIED, simplifiedOutput } from '../chosenFields';
import { fileNamed } from '../fileName';
import { messageField } from '../locators';
import { mailboxField, readMailbox } from '../mailbox';
import { MESSAGE_LABELS } from './labels';

export const bodyAsTextField: INodeProperties = {
	displayName: 'Body as Plain Text',
	name: 'asText',
	type: 'boolean',
	default: false,
	description: 'Whether Outlook turns the body into plain text',
};

const fields: INodeProperties[] = [
	mailboxField,
	messageField,
	simplifiedOutput('How much of the message to get', [
		EVERYTHING,
		{ name: 'Headers', value: 'headers', description: 'With the lines that mail servers have added' },
		{ name: 'MIME File', value: 'mime', description: 'The whole message as an .eml file' },
		SELECTED,
		SIMPLIFIED,
	]),
	fieldsField(MESSAGE_LABELS),
	{ ...bodyAsTextField, displayOptions: { hide: { output: ['mime'] } } },
	{ ...downloadField, displayOptions: { hide: { output: ['mime'] } } },
];

export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a message',
	description: 'Get one message: its fields, its headers, or all of it as a file',
	fields,
	read: (item) => ({
		target: { mailbox: readMailbox(item), id: item.requiredText('messageId') },
		isFile: item.option('output') === 'mime',
		select: readSelect(item, { simple: SIMPLE, headers: [...SIMPLE, 'internetMessageHeaders'] }),
		asText: item.option('output') !== 'mime' && item.boolean('asText'),
		attachments: item.option('output') !== 'mime' && item.boolean('attachments'),
	}),
	async call({ target, isFile, select, asText, attachments }, client) {
		if (isFile) return await asFile(target, client);
		const message = await getMessage(target, client, { ...(select === undefined ? {} : { select }), asText });
		if (!attachments) return message;
		return await getWithAttached(message, messagePath(target, client), client);
	},
});

async function asFile(target: Target, client: Client): Promise<WithFiles> {
	const [content, json] = await Promise.all([
		client.send<Buffer>({ path: `${messagePath(target, client)}/$value`, as: 'bytes', answer: () => true }),
		getMessage(target, client, { select: ['id', 'subject', 'internetMessageId'] }),
	]);
	const fileName = fileNamed(json.subject, 'message', 'eml');
	return new WithFiles(json, { data: { content, fileName, mimeType: 'message/rfc822' } });
}
