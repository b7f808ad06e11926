import { randomBytes } from 'node:crypto';
import { type Api, type Asked, listOf } from './api';
import { badRequest, GraphError, notFound } from './errors';
import { attachmentView } from './messageView';
import { select } from './odata';
import { rawOf } from './rawItem';
import type { Attachment, Item, Props } from './records';
import type { Uploads } from './uploads';

/** More than this goes by an upload session (learn.microsoft.com/graph/outlook-large-attachments). */
const IN_ONE_REQUEST = 3 * 1024 * 1024;

/** @throws {GraphError} 400, 413 */
export function putAttachment(
	item: Item,
	{ contentBytes, item: attached, ...props }: Props,
	whole?: Buffer,
): Attachment {
	if (props['@odata.type'] === undefined)
		throw badRequest("A type named 'microsoft.graph.attachment' is abstract: '@odata.type' is missing.");
	if (typeof props.name !== 'string' || props.name === '')
		throw badRequest("Required property 'name' is missing.", 'ErrorSchemaValidation');
	const isItem = String(props['@odata.type']).endsWith('itemAttachment');
	if (isItem && attached === undefined)
		throw badRequest("Required property 'item' is missing.", 'ErrorSchemaValidation');
	const content =
		whole ??
		(isItem
			? rawOf(attached as Props)
			: Buffer.from(typeof contentBytes === 'string' ? contentBytes : '', 'base64'));
	if (whole === undefined && content.length >= IN_ONE_REQUEST)
		throw new GraphError(413, 'RequestEntityTooLarge', 'The attachment is too large for one request.');
	const id = `AAMkAtt${randomBytes(8).toString('hex')}`;
	const attachment = { id, props, content };
	item.attachments.set(id, attachment);
	return attachment;
}

/** Of messages and events alike. */
export function attachmentRoutes(
	api: Api,
	owner: string,
	find: (asked: Asked) => Item,
	uploads: Uploads,
): void {
	const touch = ({ mailbox }: Asked, item: Item, attached?: Attachment) => {
		(owner === '/messages/:message' ? mailbox.messages : mailbox.events).touch(item);
		if (attached) attached.props.lastModifiedDateTime = item.props.lastModifiedDateTime;
	};
	const one = (asked: Asked): Attachment => {
		const found = find(asked).attachments.get(asked.params.attachment ?? '');
		if (found === undefined) throw notFound();
		return found;
	};
	api.on('GET', `${owner}/attachments`, (asked) => {
		const brief = asked.query.$select !== undefined && !asked.query.$select.includes('contentBytes');
		return listOf(
			[...find(asked).attachments.values()].map((each) => attachmentView(each, !brief)),
			asked,
			api.url,
			1000,
		);
	});
	api.on('POST', `${owner}/attachments`, (asked) => {
		const item = find(asked);
		const made = putAttachment(item, asked.body);
		touch(asked, item, made);
		asked.reply.code(201);
		return attachmentView(made);
	});
	api.on('GET', `${owner}/attachments/:attachment`, (asked) => {
		return select(attachmentView(one(asked)), asked.query.$select);
	});
	api.on('GET', `${owner}/attachments/:attachment/$value`, (asked) => {
		const { props, content } = one(asked);
		if (
			!String(props['@odata.type']).endsWith('fileAttachment') &&
			!String(props['@odata.type']).endsWith('itemAttachment')
		)
			throw new GraphError(405, 'ErrorInvalidOperation', 'A reference attachment has no content.');
		asked.reply.type(String(props.contentType ?? 'application/octet-stream'));
		return content;
	});
	api.on('DELETE', `${owner}/attachments/:attachment`, (asked) => {
		const item = find(asked);
		item.attachments.delete(one(asked).id);
		touch(asked, item);
		asked.reply.code(204);
		return undefined;
	});
	api.on('POST', `${owner}/attachments/createUploadSession`, (asked) => {
		const item = find(asked);
		const { attachmentItem, AttachmentItem = attachmentItem } = asked.body as {
			attachmentItem?: Props;
			AttachmentItem?: Props;
		};
		asked.reply.code(201);
		return uploads.open(AttachmentItem ?? {}, asked.mailbox.owner, (props, content) => {
			const made = putAttachment(item, props, content);
			touch(asked, item, made);
			return made.id;
		});
	});
}
