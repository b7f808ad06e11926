import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { brokeOff, cursorPagination, type Paginator } from '../../../core/http/pagination';
import { path } from '../../../core/http/path';
import { isData } from '../../../core/http/response';
import { select } from '../assumed';

/** Somebody as Alimail writes one. */
export interface Person {
	email: string;
	name?: string;
}

/** A message, as far as it was asked for (github.com/eryajf/go-alimail, alimail/message.go); any field may be missing. */
export interface Message extends IDataObject {
	id: string;
	folderId?: string;
	subject?: string;
	isRead?: boolean;
	hasAttachments?: boolean;
	/** RFC 3339. */
	receivedDateTime?: string;
	/** RFC 3339. */
	sentDateTime?: string;
	internetMessageHeaders?: Record<string, string>;
}

/**
 * What lists show of a message, as public clients select it (github.com/yamatu/yaerp2.0, mail_alimail.go). The ID comes by
 * itself.
 */
export const BRIEF = [
	'internetMessageId',
	'subject',
	'summary',
	'from',
	'toRecipients',
	'ccRecipients',
	'folderId',
	'conversationId',
	'hasAttachments',
	'isRead',
	'sentDateTime',
	'receivedDateTime',
	'tags',
	'size',
];
/** One message in full. */
export const WHOLE = [
	...BRIEF,
	'bccRecipients',
	'sender',
	'replyTo',
	'priority',
	'isReadReceiptRequested',
	'body',
	'internetMessageHeaders',
];

const listPages = cursorPagination({
	rows: 'messages',
	cursor: 'cursor',
	size: 'size',
	next: 'nextCursor',
	hasMore: 'hasMore',
	maxSize: 100,
});

/** What has no content may be missing: an answer that says there is no more is a page, with messages or without. */
export const messagePages: Paginator = {
	...listPages,
	rows: (answer) => listPages.rows(answer) ?? (isData(answer) && answer.hasMore === false ? [] : undefined),
};

export const messagePath = (mailbox: string, id: string): string => path`/v2/users/${mailbox}/messages/${id}`;

/** @throws {ServiceError} when it is not there */
export async function getMessage(
	client: Client,
	mailbox: string,
	id: string,
	fields: string[],
): Promise<Message> {
	const { message } = await client.send<{ message: Message }>({
		path: messagePath(mailbox, id),
		query: select(client, fields),
		answer: ['message'],
	});
	return { ...told(message), id };
}

/** 64-bit numbers may come as text. */
export function told<T extends IDataObject>(message: T): T {
	const { size } = message;
	return typeof size === 'string' && /^\d+$/.test(size) ? { ...message, size: Number(size) } : message;
}

export interface Times {
	/** RFC 3339. */
	startTime?: string;
	/** RFC 3339. */
	endTime?: string;
}

/**
 * Messages of a folder, the newest first (help.aliyun.com/document_detail/2856396.html; with times as public clients ask
 * for them).
 */
export async function* messagesIn(
	client: Client,
	mailbox: string,
	folder: string,
	{ fields = BRIEF, limit = Infinity, ...times }: Times & { fields?: string[]; limit?: number } = {},
): AsyncGenerator<Message> {
	const isTimed = times.startTime !== undefined || times.endTime !== undefined;
	const query = {
		...select(client, fields),
		...(isTimed ? { isAscending: false, ...times } : { orderby: 'DES' }),
	};
	const list = path`/v2/users/${mailbox}/mailFolders/${folder}/messages`;
	for await (const row of client.pages(list, messagePages, query, limit)) yield told(row as Message);
}

const PAGE = 100;

/** Messages that a search in Alimail's own language finds. */
export async function* searchMessages(
	client: Client,
	mailbox: string,
	query: string,
	limit = Infinity,
): AsyncGenerator<Message> {
	let cursor = '';
	for (let left = limit; left > 0;) {
		const answer = await client.send<{ messages?: Message[]; nextCursor?: string }>({
			method: 'POST',
			path: path`/v2/users/${mailbox}/messages/query`,
			query: select(client, BRIEF),
			body: { query, cursor, size: Math.min(PAGE, left) },
			// It only reads.
			idempotent: true,
			answer: (body) => isData(body) && (Array.isArray(body.messages) || Number(body.total) === 0),
		});
		for (const message of answer.messages ?? []) {
			if (left-- <= 0) return;
			yield told(message);
		}
		const next = answer.nextCursor ?? '';
		if (next === '' || next === '$') return;
		if (next === cursor) throw brokeOff('the same page came twice');
		cursor = next;
	}
}
