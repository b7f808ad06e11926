import type { Client } from '../../../core/http/client';
import { ServiceError, toServiceError } from '../../../core/errors';
import { path } from '../../../core/http/path';
import { isData } from '../../../core/http/response';
import { attachmentsOf } from '../mail/attachments';
import { draftsWithMarks, MARK, markedIn, markOf, unreadable } from '../mail/marked';
import { messagePath } from '../mail/messages';
import type { Outgoing, OutgoingFile } from './compose';

/** The drafts that earlier runs have left behind, by mark: read once a run for each mailbox. */
const leftBehind = new WeakMap<Client, Map<string, Promise<Map<string, string>>>>();

/**
 * A draft with its files (help.aliyun.com/document_detail/2856076.html and 2856471.html). One that is not finished is
 * removed again. @returns its ID
 * @throws {ServiceError} when there is none; nothing was sent then
 */
export async function makeDraft(outgoing: Outgoing, client: Client): Promise<string> {
	if (outgoing.isKeyed) await removeLeftBehind(outgoing, client);
	const id = await createDraft(outgoing, client).catch((error: unknown) => {
		throw notSent(toServiceError(error));
	});
	try {
		if (outgoing.isKeyed && (await markOf(client, outgoing.mailbox, id)) !== outgoing.mark)
			throw unreadable();
		for (const [at, file] of outgoing.files.entries()) await attach(outgoing.mailbox, id, file, at, client);
		return id;
	} catch (error) {
		throw await withoutDraft(outgoing, id, notSent(toServiceError(error)), client);
	}
}

/** Whatever became of a draft: what was not let go has not been sent. */
const notSent = (error: ServiceError): ServiceError =>
	error.outcome === 'unknown'
		? error.with({ outcome: 'refused', canRetry: true, message: `Not sent: ${error.message}` })
		: error;

/** A run that was killed may have left this very message as a draft: it would stay for ever. */
async function removeLeftBehind({ mailbox, mark }: Outgoing, client: Client): Promise<void> {
	const ofClient = leftBehind.get(client) ?? new Map<string, Promise<Map<string, string>>>();
	leftBehind.set(client, ofClient);
	const list = ofClient.get(mailbox) ?? readLeftBehind(mailbox, client);
	ofClient.set(mailbox, list);
	const id = (await list).get(mark);
	if (id !== undefined) await removeDraft(mailbox, id, client);
}

async function readLeftBehind(mailbox: string, client: Client): Promise<Map<string, string>> {
	const found = new Map<string, string>();
	for await (const { mark, message } of draftsWithMarks(client, mailbox))
		if (mark !== undefined && mark !== '') found.set(mark, message.id);
	return found;
}

async function createDraft({ mailbox, mark, message }: Outgoing, client: Client): Promise<string> {
	const { message: draft } = await client.send<{ message: { id: string } }>({
		method: 'POST',
		path: path`/v2/users/${mailbox}/messages`,
		body: {
			message: { ...message, internetMessageHeaders: { ...message.internetMessageHeaders, [MARK]: mark } },
		},
		idempotent: false,
		answer: (body) => isData(body) && isData(body.message) && typeof body.message.id === 'string',
		async reconcile() {
			const drafts = draftsWithMarks(client, mailbox);
			const found = await markedIn(client, mailbox, drafts, { mark, subject: message.subject });
			return found && { message: found };
		},
		manualCheck: `Look in Drafts of ${mailbox} for “${message.subject}”, and delete it there.`,
	});
	return draft.id;
}

/** The whole file in one request. @param at how many files the draft has already */
async function attach(
	mailbox: string,
	id: string,
	{ name, mimeType, contentId, content }: OutgoingFile,
	at: number,
	client: Client,
): Promise<void> {
	const { uploadUrl } = await client.send<{ uploadUrl: string }>({
		method: 'POST',
		path: `${messagePath(mailbox, id)}/attachments/createUploadSession`,
		body: {
			attachment: {
				name,
				...(contentId === undefined ? {} : { contentId }),
				isInline: contentId !== undefined,
				extHeaders: { 'Content-Type': mimeType },
			},
		},
		// A session without a file adds nothing.
		idempotent: true,
		answer: ['uploadUrl'],
	});
	await client.send({
		method: 'POST',
		path: streamPath(uploadUrl),
		bytes: Buffer.from(content, 'base64'),
		idempotent: false,
		answer: 'nothing',
		reconcile: async () => ((await attachmentsOf(client, mailbox, id)).length > at ? {} : undefined),
		manualCheck: `It was not sent. Look in Drafts of ${mailbox}.`,
	});
}

/** The sign-in goes with the file, so it goes to the credential's own host, whatever the address says. */
function streamPath(uploadUrl: string): string {
	const session = /\/v2\/stream\/([^/?#]+)$/.exec(uploadUrl)?.[1];
	if (session !== undefined) return path`/v2/stream/${decodeURIComponent(session)}`;
	throw new ServiceError({
		service: 'Alimail',
		message: 'Alimail did not say where a file goes',
		remedy: 'Run it again: nothing was sent.',
		field: 'Attachments',
		canRetry: true,
	});
}

/** The error of a message that was not sent, whose draft is taken away. */
export async function withoutDraft(
	{ mailbox, message: { subject } }: Outgoing,
	id: string,
	error: ServiceError,
	client: Client,
): Promise<ServiceError> {
	const refused = error.with({ outcome: 'refused' });
	try {
		await removeDraft(mailbox, id, client);
		return refused;
	} catch {
		return refused.with({
			remedy:
				`${error.remedy ?? ''} Its draft “${subject}” is still in Drafts of ${mailbox}: delete it there.`.trim(),
		});
	}
}

async function removeDraft(mailbox: string, id: string, client: Client): Promise<void> {
	await client.send({
		method: 'POST',
		path: path`/v2/users/${mailbox}/messages/batchDelete`,
		body: { ids: [id], deleteType: 'USER_DELETED' },
		idempotent: true,
		answer: 'anything',
	});
}
