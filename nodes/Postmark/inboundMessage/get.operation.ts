import type { IDataObject } from 'n8n-workflow';
import { path } from '../../../core/http/path';
import {
	perItem,
	WithFiles,
	type RunFeedback,
	type OutgoingFile,
	type Row,
} from '../../../core/node/operation';
import { inboundIdField, readInboundId } from './fields';

/** https://postmarkapp.com/developer/api/messages-api#inbound-message-details */
export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a received message',
	description: 'Get one received email with its content, headers and attachments',
	fields: [
		inboundIdField,
		{
			displayName: 'Attachments as Files',
			name: 'downloadAttachments',
			type: 'boolean',
			default: false,
			description: 'Whether to put the attachments into binary fields, for other nodes to store or send on',
		},
		{
			displayName: 'Attachment Prefix',
			name: 'attachmentPrefix',
			type: 'string',
			default: 'attachment_',
			placeholder: 'e.g. attachment_',
			displayOptions: { show: { downloadAttachments: [true] } },
			description: 'How the names of the binary fields begin; a number from 0 follows',
		},
	],
	read: (item) => ({
		id: readInboundId(item),
		prefix: item.boolean('downloadAttachments') ? item.text('attachmentPrefix') : undefined,
	}),
	async call({ id, prefix }, client, feedback) {
		const message = await client.get(path`/messages/inbound/${id}/details`);
		return prefix === undefined ? message : withAttachments(message, prefix, feedback);
	},
});

function withAttachments(message: IDataObject, prefix: string, feedback: RunFeedback): Row {
	const attachments = (Array.isArray(message.Attachments) ? message.Attachments : []) as IDataObject[];
	const files: Record<string, OutgoingFile> = {};
	const listed = attachments.map(({ Content, ...rest }, i) => {
		if (typeof Content !== 'string') {
			feedback.hint(
				'Postmark named attachments without giving their content. Inbound emails that arrive through the Postmark Trigger carry it.',
			);
			return rest;
		}
		const field = `${prefix}${i}`;
		files[field] = {
			content: Buffer.from(Content, 'base64'),
			fileName: String(rest.Name || field),
			mimeType: String(rest.ContentType || 'application/octet-stream'),
		};
		return { ...rest, BinaryField: field };
	});
	return new WithFiles({ ...message, Attachments: listed }, files);
}
