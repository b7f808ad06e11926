import type { IDataObject } from 'n8n-workflow';
import { patience } from '../../../core/batch/idempotency';
import { toServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { FOLDERS } from '../mail/folders';
import { markedIn, markOf, sentWithMarks, unreadable } from '../mail/marked';
import { getMessage, messagePath } from '../mail/messages';
import type { Outgoing } from './compose';
import { makeDraft, withoutDraft } from './draft';

/** Drafts of which nobody could say whether they went, by mark: a later attempt of this run lets the same one go. */
const doubtful = new WeakMap<Client, Map<string, string>>();

/**
 * Sends a message as a draft that goes once: a draft that has gone is no draft any more, so that it cannot go again.
 *
 * @param beforeSending what it throws keeps the message from going out
 */
export async function deliver(
	outgoing: Outgoing,
	client: Client,
	beforeSending: () => void,
): Promise<IDataObject> {
	const { mailbox, mark, message } = outgoing;
	const known = doubtful.get(client) ?? new Map<string, string>();
	doubtful.set(client, known);
	const before = known.get(mark);
	const draft = before ?? (await makeDraft(outgoing, client));
	try {
		if (before === undefined || (await isDraft(client, mailbox, draft)))
			await sendDraft(outgoing, draft, client, beforeSending);
		known.delete(mark);
	} catch (error) {
		const failure = toServiceError(error, 'unknown');
		if (failure.outcome !== 'unknown') {
			known.delete(mark);
			throw await withoutDraft(outgoing, draft, failure, client);
		}
		known.set(mark, draft);
		throw failure;
	}
	return { sent: true, mailbox, subject: message.subject, toRecipients: message.toRecipients };
}

async function sendDraft(
	outgoing: Outgoing,
	draft: string,
	client: Client,
	onAttempt: () => void,
): Promise<void> {
	const { mailbox, message } = outgoing;
	const asked = Date.now();
	await client.send({
		method: 'POST',
		path: `${messagePath(mailbox, draft)}/send`,
		body: { saveToSentItems: true },
		onAttempt,
		idempotent: false,
		answer: 'nothing',
		reconcile: async () => ((await hasGone(outgoing, draft, asked, client)) ? {} : undefined),
		manualCheck: `Look in Sent and Drafts of ${mailbox} for “${message.subject}”.`,
	});
}

/**
 * Whether a draft went. It did when it is no draft any more, or when its copy is among the sent messages; it did not when it
 * is still a draft after some time (whether it leaves at once is not documented), and certainly has no copy there.
 *
 * @throws {ServiceError} when nobody can say
 */
async function hasGone(
	{ mailbox, mark, message: { subject } }: Outgoing,
	draft: string,
	asked: number,
	client: Client,
): Promise<boolean> {
	const until = Date.now() + patience.pausesMs.reduce((sum, ms) => sum + ms, 0);
	const look = async () => {
		const isLast = Date.now() >= until;
		if (!(await isDraft(client, mailbox, draft))) return { isAway: true, isLast };
		const sent = sentWithMarks(client, mailbox, asked);
		return { isAway: (await markedIn(client, mailbox, sent, { mark, subject })) !== undefined, isLast };
	};
	const [firstMs] = patience.pausesMs;
	const { isAway } = await client.until(look, (seen) => seen.isAway || seen.isLast, {
		firstMs: firstMs ?? 1_000,
		slowestMs: 4_000,
	});
	// Where the line is not shown, a copy could be there without being known.
	if (!isAway && (await markOf(client, mailbox, draft)) !== mark) throw unreadable();
	return isAway;
}

async function isDraft(client: Client, mailbox: string, id: string): Promise<boolean> {
	try {
		const { folderId } = await getMessage(client, mailbox, id, ['folderId']);
		return folderId !== FOLDERS.sent;
	} catch (error) {
		if (client.isGone(error)) return false;
		throw error;
	}
}
