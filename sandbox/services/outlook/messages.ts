import { type Api, type Asked, listOf } from './api';
import { badRequest, GraphError, notFound } from './errors';
import { putAttachment } from './attachments';
import { type Mailbox, RECOVERABLE } from './mailbox';
import { filterView, messageView } from './messageView';
import { mimeOf } from './mime';
import { select } from './odata';
import type { Item, Props } from './records';
import type { Post } from './post';

/** @throws {GraphError} 400, 404 */
export function messageOf({ mailbox, params }: Asked): Item {
	const id = params.message ?? '';
	if (!/^AA(?:Mk|k)A/.test(id)) throw badRequest('Id is malformed.', 'ErrorInvalidIdMalformed');
	const found = mailbox.messages.find(id);
	if (found === undefined) throw notFound();
	return found;
}

/** Fields of messages that are not drafts which may be changed by everybody who may write. */
const ALWAYS = new Set([
	'isRead',
	'flag',
	'categories',
	'inferenceClassification',
	'singleValueExtendedProperties',
	'isDeliveryReceiptRequested',
	'isReadReceiptRequested',
]);

/** “Include custom message headers that start with x-” (learn.microsoft.com/graph/api/resources/message). @throws {GraphError} 400 */
function demandOwnHeaders({ internetMessageHeaders }: Props): void {
	const headers = (internetMessageHeaders as Array<{ name: string }> | undefined) ?? [];
	if (headers.some(({ name }) => !/^x-/i.test(name)))
		throw badRequest('The internet message header must start with x- or X-.', 'InvalidInternetMessageHeader');
}

/** A new draft, with what a new one has. @throws {GraphError} 400 */
export function draft(mailbox: Mailbox, { attachments, ...props }: Props, folder = 'drafts'): Item {
	demandOwnHeaders(props);
	const from = { emailAddress: { name: '', address: mailbox.address } };
	const made = mailbox.receive(
		{ toRecipients: [], from, sender: from, ...props, isDraft: true, isRead: true },
		folder,
	);
	for (const attachment of (attachments as Props[] | undefined) ?? []) putAttachment(made, attachment);
	return made;
}

export function messageRoutes(api: Api, post: Post): void {
	const rows = (asked: Asked, items: Iterable<Item>) => {
		const all = [...items].filter(({ props }) => !isHeldBack(props)).sort((a, b) => b.since - a.since);
		const list = listOf(
			all.map((item) => filterView(item, asked)),
			asked,
			api.url,
		);
		return { ...list, value: (list.value as Props[]).map(withoutHidden) };
	};
	api.on('GET', '/messages', (asked) =>
		rows(
			asked,
			[...asked.mailbox.messages.items.values()].filter(({ folder }) => folder !== RECOVERABLE),
		),
	);
	api.on('GET', '/mailFolders/:folder/messages', (asked) =>
		rows(asked, asked.mailbox.messages.in(asked.mailbox.folder(asked.params.folder ?? '').id)),
	);
	for (const path of ['/messages', '/mailFolders/:folder/messages'])
		api.on('POST', path, (asked) => {
			const { folder } = asked.params;
			const made = draft(
				asked.mailbox,
				asked.body,
				folder === undefined ? undefined : asked.mailbox.folder(folder).id,
			);
			asked.reply.code(201);
			return messageView(made, asked);
		});
	api.on('GET', '/messages/:message', (asked) =>
		select(messageView(messageOf(asked), asked), asked.query.$select, asked.query.$expand),
	);
	api.on('GET', '/messages/:message/$value', (asked) => {
		asked.reply.type('text/plain');
		return mimeOf(messageOf(asked));
	});
	api.on('PATCH', '/messages/:message', (asked) => {
		const item = messageOf(asked);
		const fixed = Object.keys(asked.body).find((name) => !name.includes('@odata') && !ALWAYS.has(name));
		if (item.props.isDraft !== true && fixed !== undefined)
			throw badRequest(
				`'${fixed}' of a message that is not a draft cannot be changed.`,
				'ErrorInvalidPropertySet',
			);
		demandOwnHeaders(asked.body);
		asked.mailbox.messages.touch(item, asked.body);
		return messageView(item, asked);
	});
	goingRoutes(api, post);
}

function goingRoutes(api: Api, post: Post): void {
	api.on('DELETE', '/messages/:message', (asked) => {
		const item = messageOf(asked);
		// “You may not be able to delete items in the recoverable items deletions folder” (learn.microsoft.com/graph/api/message-delete).
		if (item.folder === RECOVERABLE)
			throw new GraphError(403, 'ErrorCannotDeleteObject', 'Object cannot be deleted.');
		if (item.folder === 'deleteditems') asked.mailbox.deleteForGood(item);
		else asked.mailbox.messages.move(item, 'deleteditems');
		asked.reply.code(204);
		return undefined;
	});
	api.on('POST', '/messages/:message/permanentDelete', (asked) => {
		asked.mailbox.messages.remove(messageOf(asked));
		asked.reply.code(204);
		return undefined;
	});
	api.on('POST', '/messages/:message/move', (asked) => {
		const item = messageOf(asked);
		asked.mailbox.messages.move(item, destination(asked));
		asked.reply.code(201);
		return messageView(item, asked);
	});
	api.on('POST', '/messages/:message/copy', (asked) => {
		const item = messageOf(asked);
		const copy = asked.mailbox.messages.add(destination(asked), { ...item.props });
		for (const [id, attachment] of item.attachments) copy.attachments.set(id, attachment);
		asked.reply.code(201);
		return messageView(copy, asked);
	});
	api.on('POST', '/messages/:message/send', (asked) => {
		const item = messageOf(asked);
		if (item.props.isDraft !== true || item.isSubmitted)
			throw badRequest('The item is not a draft: it was sent already.', 'ErrorInvalidOperation');
		post.sendDraft(asked.mailbox, item);
		asked.reply.code(202);
		return undefined;
	});
}

/** @throws {GraphError} 400, 404 */
export function destination({ body, mailbox }: Asked): string {
	const { destinationId, DestinationId = destinationId } = body;
	if (typeof DestinationId !== 'string')
		throw badRequest('Required parameter destinationId is missing.', 'ErrorInvalidParameter');
	return mailbox.folder(DestinationId).id;
}

/** What was sent a moment ago is not found in Sent Items yet. */
const isHeldBack = ({ visibleAt }: Props): boolean => Number(visibleAt ?? 0) > Date.now();

const withoutHidden = ({
	visibleAt: _visibleAt,
	singleValueExtendedProperties: _own,
	expanded,
	...row
}: Props): Props => ({ ...row, ...(expanded as Props) });
