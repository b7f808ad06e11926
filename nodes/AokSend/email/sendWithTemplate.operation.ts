import type { INodeProperties } from 'n8n-workflow';
import { perItem } from '../../../core/node/operation';
import { notOffered, post, SEND_EMAIL } from '../post';
import { productOf } from '../products';
import { readAttachment } from './attachment';
import { readRecipient, readReplyTo, readValues, toField, valueFields } from './fields';

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	description: 'What most emails do without',
	options: [
		{
			displayName: 'Attachment',
			name: 'attachment',
			type: 'string',
			default: 'data',
			placeholder: 'e.g. data',
			description:
				'Name of the binary field to attach: one file of at most 1 MB. AokSend only, and with a paying account.',
		},
		{
			displayName: 'Random Sender',
			name: 'random',
			type: 'boolean',
			default: false,
			description: 'Whether the service may choose among the sender domains of your account for each email',
		},
		{
			displayName: 'Reply To',
			name: 'replyTo',
			type: 'string',
			default: '',
			placeholder: 'e.g. helpdesk@example.com',
			description: 'Where answers go, when not to the sender',
		},
		{
			displayName: 'Sender Name',
			name: 'alias',
			type: 'string',
			default: '',
			placeholder: 'e.g. Example Shop',
			description: 'The name readers see as the sender. Its address is the one bound to your account.',
		},
	],
};

/** https://www.aoksend.com/api.html, https://www.aotsend.com/doc/?id=86. There is no batch: one call an email. */
export const sendWithTemplate = perItem({
	name: 'Send With Template',
	value: 'sendWithTemplate',
	action: 'Send an email with a template',
	description: 'Send one email for each item, with a template of AokSend or AotSend',
	fields: [
		{
			displayName: 'Template ID',
			name: 'templateId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. E_1234567890',
			description: 'The number of an approved template. Subject, words and sender come from it.',
		},
		toField,
		...valueFields,
		options,
	],
	async read(item) {
		const more = item.collection('options');
		const replyTo = readReplyTo(more);
		return {
			fields: {
				template_id: item.requiredText('templateId'),
				to: readRecipient(item),
				data: JSON.stringify(readValues(item)),
				...(more.text('alias') === '' ? {} : { alias: more.text('alias') }),
				...(replyTo === '' ? {} : { reply_to: replyTo }),
				...(more.boolean('random') ? { is_random: '1' } : {}),
			},
			attachment: await readAttachment(item),
		};
	},
	async call({ fields, attachment }, client) {
		const { words, takesAttachments } = productOf(client.credential);
		if (words !== 'template')
			throw notOffered(
				client,
				'does not send by template',
				'Use the operation Send, or a credential of AokSend or AotSend.',
			);
		if (attachment !== undefined && !takesAttachments)
			throw notOffered(
				client,
				'takes no attachments, as far as is published',
				'Leave the attachment out, send a link to it, or use a credential of AokSend.',
			);
		const answer = await post(client, {
			path: SEND_EMAIL,
			fields,
			...(attachment === undefined ? {} : { file: { name: 'attachment', ...attachment } }),
			idempotent: false,
		});
		return { to: fields.to, ...answer };
	},
});
