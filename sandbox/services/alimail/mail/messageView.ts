import type { AlimailSettings } from '../settings';
import type { Attachment, Message } from './mailbox';

type Field = (message: Message) => unknown;

const fields: Record<string, Field> = {
	internetMessageId: (message) => message.internetMessageId,
	subject: (message) => message.subject,
	summary: ({ body, summary }) => summary ?? (body.bodyText ?? '').slice(0, 80),
	priority: (message) => message.priority,
	isReadReceiptRequested: (message) => message.isReadReceiptRequested,
	from: (message) => message.from,
	sender: (message) => message.from,
	toRecipients: (message) => message.toRecipients,
	ccRecipients: (message) => message.ccRecipients,
	bccRecipients: (message) => message.bccRecipients,
	replyTo: (message) => message.replyTo,
	body: (message) => message.body,
	internetMessageHeaders: (message) => message.internetMessageHeaders,
	folderId: (message) => message.folderId,
	conversationId: (message) => message.conversationId,
	hasAttachments: ({ attachments }) => attachments.length > 0,
	isRead: (message) => message.isRead,
	sentDateTime: (message) => message.sentDateTime,
	receivedDateTime: (message) => message.receivedDateTime,
	lastModifiedDateTime: (message) => message.lastModifiedDateTime,
	tags: (message) => message.tags,
	// 64-bit numbers may come as text.
	size: (message) => String(sizeOf(message)),
};

export const MESSAGE_FIELDS: ReadonlySet<string> = new Set(['id', ...Object.keys(fields)]);

/** What comes without a selection is not documented; the body and the headers were seen only when they were named. */
const DEFAULT = Object.keys(fields).filter(
	(field) => !['body', 'internetMessageHeaders', 'bccRecipients', 'replyTo', 'size'].includes(field),
);

/** A message as the service shows it; its id is always there, and what has no content may be missing. */
export function showMessage(
	message: Message,
	selected: string[] | undefined,
	{ headers }: { headers: AlimailSettings['showHeaders'] },
	isList = false,
): object {
	const shown: Record<string, unknown> = { id: message.id };
	for (const field of selected ?? DEFAULT) {
		if (field === 'internetMessageHeaders' && (headers === 'never' || (isList && headers === 'get')))
			continue;
		const value = fields[field]?.(message);
		const isEmpty =
			value === undefined ||
			value === '' ||
			(Array.isArray(value) && value.length === 0) ||
			(typeof value === 'object' && value !== null && Object.keys(value).length === 0);
		if (!isEmpty) shown[field] = value;
	}
	return shown;
}

export const showAttachment = ({
	id,
	name,
	contentId,
	isInline,
	extHeaders,
	content,
}: Attachment): object => ({
	id,
	name,
	size: content.length,
	...(contentId === undefined ? {} : { contentId }),
	isInline,
	extHeaders,
});

const sizeOf = ({ subject, body, attachments }: Message): number =>
	attachments.reduce(
		(sum, { content }) => sum + content.length,
		subject.length + (body.bodyHtml ?? '').length + (body.bodyText ?? '').length,
	);
