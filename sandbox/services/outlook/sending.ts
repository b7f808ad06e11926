import type { Api, Asked } from './api';
import { badRequest } from './errors';
import { draft, messageOf } from './messages';
import { messageView } from './messageView';
import type { Post } from './post';
import { addressOf, type Item, type Props, textOf } from './records';

type Kind = 'reply' | 'replyAll' | 'forward';
const KINDS: Kind[] = ['reply', 'replyAll', 'forward'];
const PREFIX: Record<Kind, string> = { reply: 'RE: ', replyAll: 'RE: ', forward: 'FW: ' };

/** `sendMail`, and answers to messages: at once, or as drafts with the history in them. */
export function sendingRoutes(api: Api, post: Post): void {
	api.on('POST', '/sendMail', (asked) => {
		const { message, saveToSentItems = true } = asked.body as { message?: Props; saveToSentItems?: boolean };
		if (message === undefined)
			throw badRequest('Required parameter message is missing.', 'ErrorInvalidParameter');
		const made = draft(asked.mailbox, message);
		try {
			post.send(asked.mailbox, made, saveToSentItems);
		} catch (error) {
			asked.mailbox.messages.items.delete(made.id);
			throw error;
		}
		asked.reply.code(202);
		return undefined;
	});
	for (const kind of KINDS) {
		const name = kind.charAt(0).toUpperCase() + kind.slice(1);
		api.on('POST', `/messages/:message/create${name}`, (asked) => {
			asked.reply.code(201);
			return messageView(answer(kind, asked), asked);
		});
		api.on('POST', `/messages/:message/${kind}`, (asked) => {
			const made = answer(kind, asked);
			try {
				post.sendDraft(asked.mailbox, made);
			} catch (error) {
				asked.mailbox.messages.items.delete(made.id);
				throw error;
			}
			asked.reply.code(202);
			return undefined;
		});
	}
}

/** A draft that answers a message, with the message below it. @throws {GraphError} */
function answer(kind: Kind, asked: Asked): Item {
	const original = messageOf(asked);
	const {
		comment,
		message = {},
		toRecipients,
	} = asked.body as { comment?: string; message?: Props; toRecipients?: unknown[] };
	if (comment !== undefined && message.body !== undefined)
		throw badRequest('Either comment or the body of message may be given.', 'ErrorInvalidArgument');
	const own = asked.mailbox.address.toLowerCase();
	const others = (list: unknown): unknown[] =>
		kind === 'replyAll'
			? ((list as unknown[] | undefined) ?? []).filter((one) => addressOf(one).toLowerCase() !== own)
			: [];
	// To all: “the sender and all recipients” (learn.microsoft.com/graph/api/message-createreplyall), which says nothing
	// of the lists they come into. As in Outlook, who was in To stays there, and so does who was in Cc. Reply-To is left
	// to who answers.
	const to =
		kind === 'forward' ? (toRecipients ?? []) : [original.props.from, ...others(original.props.toRecipients)];
	const body = original.props.body as { content?: string; contentType?: string } | undefined;
	const history = body?.contentType === 'html' ? textOf(body.content) : `<pre>${textOf(body?.content)}</pre>`;
	const made = draft(asked.mailbox, {
		subject: `${PREFIX[kind]}${textOf(original.props.subject)}`,
		toRecipients: to,
		ccRecipients: others(original.props.ccRecipients),
		body: {
			contentType: 'html',
			content: `<html><body>${comment ?? ''}<hr><div id="history">${history}</div></body></html>`,
		},
		conversationId: original.props.conversationId,
		...message,
	});
	if (kind === 'forward')
		for (const [id, attachment] of original.attachments) made.attachments.set(id, attachment);
	return made;
}
