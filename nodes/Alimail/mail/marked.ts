import { ServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { FOLDERS } from './folders';
import { getMessage, messagesIn, type Message } from './messages';

/** The header line that a message is found again by. */
export const MARK = 'X-MailOps-Mark';

const FIELDS = ['subject', 'toRecipients', 'ccRecipients', 'sentDateTime', 'internetMessageHeaders'];

/** Clocks may be apart by this much. */
const APART_MS = 5 * 60_000;

/** The mark of a message; '' when it certainly has none, undefined when its header lines are not shown. */
function markIn({ internetMessageHeaders: headers }: Message): string | undefined {
	if (typeof headers !== 'object' || headers === null) return undefined;
	const name = Object.keys(headers).find((one) => one.toLowerCase() === MARK.toLowerCase());
	return name === undefined ? '' : String(headers[name]).trim();
}

/** What is known of a message of a list: its mark ('' for none), or that its header lines are not shown there. */
export interface Listed {
	mark: string | undefined;
	message: Message;
}

/** Drafts that are looked through, the newest first. */
const MOST_DRAFTS = 500;

/** Messages that a mailbox has sent, with their marks, the newest first. @param since epoch milliseconds */
export async function* sentWithMarks(client: Client, mailbox: string, since: number): AsyncGenerator<Listed> {
	const startTime = new Date(since - APART_MS).toISOString().replace(/\.\d+/, '');
	yield* listed(messagesIn(client, mailbox, FOLDERS.sent, { startTime, fields: FIELDS }));
}

/** The drafts of a mailbox with their marks. Without times: whether a draft has one to be listed by is not documented. */
export async function* draftsWithMarks(client: Client, mailbox: string): AsyncGenerator<Listed> {
	yield* listed(messagesIn(client, mailbox, FOLDERS.drafts, { limit: MOST_DRAFTS, fields: FIELDS }));
}

async function* listed(messages: AsyncIterable<Message>): AsyncGenerator<Listed> {
	for await (const message of messages) yield { mark: markIn(message), message };
}

/**
 * The message of a list with a mark; undefined when there is certainly none. Whether a list shows header lines is not
 * documented: those without them are asked for by themselves, where the subject is the same.
 *
 * @throws {ServiceError} when no header lines are shown at all
 */
export async function markedIn(
	client: Client,
	mailbox: string,
	rows: AsyncIterable<Listed> | Listed[],
	{ mark, subject }: { mark: string; subject: string },
): Promise<Message | undefined> {
	const hidden: Message[] = [];
	for await (const row of rows) {
		if (row.mark === mark) return row.message;
		if (row.mark === undefined && (row.message.subject ?? '') === subject) hidden.push(row.message);
	}
	for (const message of hidden) {
		const shown = await markOf(client, mailbox, message.id);
		if (shown === undefined) throw unreadable();
		if (shown === mark) return message;
	}
	return undefined;
}

/** The mark of one message; undefined when there is none, or when its header lines are not shown. */
export async function markOf(client: Client, mailbox: string, id: string): Promise<string | undefined> {
	return markIn(await getMessage(client, mailbox, id, ['internetMessageHeaders']));
}

/** That Alimail does not show the line by which a message would be found again. */
export const unreadable = (): ServiceError =>
	new ServiceError({
		service: 'Alimail',
		message: 'Alimail does not show the header line by which a message is found again. It was not sent',
		remedy:
			"Set 'Prevent Double Sending' to None, or give the app the permission Mail.ReadWrite.All besides the one to send.",
		field: 'Prevent Double Sending',
		outcome: 'notSent',
	});
