import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { pagesOf, prefer } from '../connection';
import { rootOf } from '../mailbox';

/** A message, or something else, in a mailbox. */
export interface Target {
	/** '' for the own one. */
	mailbox: string;
	id: string;
}

export const messagePath = ({ mailbox, id }: Target, client: Client): string =>
	`${rootOf(mailbox, client)}${path`/messages/${id}`}`;

/** What is told of a message unless everything is wanted. */
export const SIMPLE = [
	'id',
	'subject',
	'from',
	'toRecipients',
	'ccRecipients',
	'replyTo',
	'receivedDateTime',
	'sentDateTime',
	'bodyPreview',
	'body',
	'isRead',
	'isDraft',
	'hasAttachments',
	'importance',
	'categories',
	'flag',
	'conversationId',
	'internetMessageId',
	'parentFolderId',
	'webLink',
];

/** The same without what is long. */
export const BRIEF = SIMPLE.filter((name) => name !== 'body');

/** Bodies as plain text (https://learn.microsoft.com/graph/api/message-get). */
export const TEXT_BODY = 'outlook.body-content-type="text"';

export async function getMessage(
	target: Target,
	client: Client,
	{ select, expand, asText = false }: { select?: string[]; expand?: string; asText?: boolean } = {},
): Promise<IDataObject> {
	const query = {
		...(select === undefined ? {} : { $select: select.join(',') }),
		...(expand === undefined ? {} : { $expand: expand }),
	};
	return withoutNotes(
		await client.send({
			path: messagePath(target, client),
			...(Object.keys(query).length === 0 ? {} : { query }),
			...(asText ? { headers: prefer(TEXT_BODY) } : {}),
			answer: ['id'],
		}),
	);
}

/** What Graph adds for programs: context and ETag. */
export function withoutNotes(row: IDataObject): IDataObject {
	const { '@odata.context': _context, '@odata.etag': _etag, ...rest } = row;
	return rest;
}

/** Messages come up to 1,000 at a time; with their bodies fewer, lest Outlook takes too long. */
export const BRIEF_PAGE = 1_000;
export const WHOLE_PAGE = 100;
export const briefPages = pagesOf(BRIEF_PAGE);
