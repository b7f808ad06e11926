import type { IDataObject } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { ServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { limiterFor } from '../../../core/http/limiter';
import { withoutNotes } from '../api/messages';
import { IN_ONE_REQUEST, uploadFile } from '../api/upload';
import { rootOf } from '../mailbox';
import type { Outgoing } from './compose';
import { asAttachment, type OutgoingFile } from './files';

/** By which a draft is found again, should the answer to its making get lost. */
const MARK = 'String {6f1c2a52-9a52-4f0e-8d0e-4d61696c4f70} Name mailops';
/** What may stand in one request beside the words. */
const SMALL = 2 * 1024 * 1024;
/** Sent Items are a little behind. */
const PAUSES_MS = [500, 1_000, 2_000, 4_000, 8_000];
const CHECK = 'Look in Sent Items and Drafts of the mailbox.';

const sizeOf = (files: OutgoingFile[]): number => files.reduce((sum, { bytes }) => sum + bytes, 0);

/** Sends a message as a draft that is found again whatever happens: so it goes out once. */
export async function sendOnce(outgoing: Outgoing, client: Client): Promise<IDataObject> {
	const draft = await makeDraft(outgoing, client);
	await sendDraft(outgoing.mailbox, String(draft.id), client);
	return told(draft);
}

/** Sends a small message in one request. Outlook does not tell its ID, nor can it be found again. */
export const sendAtOnce = async (outgoing: Outgoing, client: Client): Promise<IDataObject> =>
	await withFiles(outgoing, client, async () => await sendWhole(outgoing, client));

async function sendWhole({ mailbox, message, files }: Outgoing, client: Client): Promise<IDataObject> {
	const attachments = await Promise.all(files.map(asAttachment));
	await client.send({
		method: 'POST',
		path: `${rootOf(mailbox, client)}/sendMail`,
		body: { message: { ...message, ...(attachments.length === 0 ? {} : { attachments }) } },
		idempotent: false,
		answer: 'anything',
		manualCheck: 'Look in Sent Items of the mailbox.',
	});
	return { sent: true, subject: message.subject, toRecipients: message.toRecipients } as IDataObject;
}

/** Whether a message goes in one request. */
export const fitsInOne = ({ files }: Outgoing): boolean => sizeOf(files) < SMALL;

/** What is told of a message that has gone. */
const told = ({
	id,
	subject,
	conversationId,
	internetMessageId,
	toRecipients,
}: IDataObject): IDataObject => ({
	id,
	sent: true,
	subject,
	conversationId,
	internetMessageId,
	toRecipients,
});

/** Files are read only for so many messages at a time: so they do not fill the memory. */
const withFiles = async <T>({ files }: Outgoing, client: Client, work: () => Promise<T>): Promise<T> =>
	files.length === 0 ? await work() : await limiterFor(client.account, { concurrency: 4 }, 'files').run(work);

/** A draft with its files. One that is not finished is removed again. @throws {ServiceError} */
export const makeDraft = async (outgoing: Outgoing, client: Client): Promise<IDataObject> =>
	await withFiles(outgoing, client, async () => await draftWithFiles(outgoing, client));

async function draftWithFiles(outgoing: Outgoing, client: Client): Promise<IDataObject> {
	const { mailbox, message, files } = outgoing;
	const inside = fitsInOne(outgoing);
	const attachments = inside ? await Promise.all(files.map(asAttachment)) : [];
	const draft = await create(
		mailbox,
		{ ...message, ...(attachments.length === 0 ? {} : { attachments }) },
		client,
	);
	if (!inside) await attachAll(mailbox, String(draft.id), files, client);
	return withoutNotes(draft);
}

async function create(mailbox: string, message: IDataObject, client: Client): Promise<IDataObject> {
	const root = rootOf(mailbox, client);
	const mark = { id: MARK, value: randomUUID() };
	const own = (message.singleValueExtendedProperties as IDataObject[] | undefined) ?? [];
	return await client.send({
		method: 'POST',
		path: `${root}/messages`,
		body: { ...message, singleValueExtendedProperties: [...own, mark] },
		idempotent: false,
		answer: ['id'],
		reconcile: async () => await draftOf(`${root}/mailFolders/drafts/messages`, mark, client),
		manualCheck: 'Look in Drafts of the mailbox. Nothing was sent.',
	});
}

/** The draft with a mark; undefined when there is none. */
export async function draftOf(list: string, { id, value }: { id: string; value: string }, client: Client) {
	const filter = `singleValueExtendedProperties/Any(ep: ep/id eq '${id}' and ep/value eq '${value}')`;
	const { value: found } = await client.get<{ value: IDataObject[] }>(list, { $filter: filter, $top: 1 });
	return found[0];
}

export const newMark = () => ({ id: MARK, value: randomUUID() });

/** Adds files to a draft; when one fails, the draft is removed, so that none is left half done. */
export async function attachAll(
	mailbox: string,
	id: string,
	files: OutgoingFile[],
	client: Client,
): Promise<void> {
	const owner = `${rootOf(mailbox, client)}/messages/${encodeURIComponent(id)}`;
	try {
		for (const file of files) await attach(owner, file, client);
	} catch (error) {
		await client
			.send({ method: 'POST', path: `${owner}/permanentDelete`, idempotent: true, answer: 'anything' })
			.catch(() => undefined);
		throw error instanceof ServiceError ? error.with({ outcome: 'refused' }) : error;
	}
}

/** One file at a message or event, in one request or piece by piece. @param owner the path of the message or event */
export async function attach(owner: string, file: OutgoingFile, client: Client): Promise<IDataObject> {
	if (file.bytes >= IN_ONE_REQUEST) return await uploadFile(owner, file, client);
	const body = await asAttachment(file);
	return withoutNotes(
		await client.send({
			method: 'POST',
			path: `${owner}/attachments`,
			body,
			idempotent: false,
			answer: ['id'],
			reconcile: async () => {
				const { value } = await client.get<{ value: IDataObject[] }>(`${owner}/attachments`, {
					$select: 'id,name,size,contentType,isInline',
				});
				return value.find(({ name }) => name === file.name);
			},
			manualCheck: 'Look at the files of the message.',
		}),
	);
}

/** Lets a draft go. Whether it went is asked by the ID that stays; it is never let go twice. */
export async function sendDraft(mailbox: string, id: string, client: Client): Promise<void> {
	const path = `${rootOf(mailbox, client)}/messages/${encodeURIComponent(id)}`;
	await client.send({
		method: 'POST',
		path: `${path}/send`,
		idempotent: false,
		answer: 'anything',
		reconcile: async () => ((await isStillDraft(path, client)) ? undefined : {}),
		manualCheck: CHECK,
	});
}

/** @throws {ServiceError} when it is found nowhere */
async function isStillDraft(path: string, client: Client): Promise<boolean> {
	for (const pauseMs of [...PAUSES_MS, undefined]) {
		try {
			const { isDraft } = await client.get<{ isDraft: boolean }>(path, { $select: 'isDraft' });
			return isDraft;
		} catch (error) {
			if (!client.isGone(error) || pauseMs === undefined) throw error;
			await wait(pauseMs);
		}
	}
	throw new Error('unreachable');
}
