import type { IDataObject } from 'n8n-workflow';
import { setTimeout as wait } from 'node:timers/promises';
import { ServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { limiterFor } from '../../../core/http/limiter';
import type { WriteRequest } from '../../../core/http/request';
import { expanded, FLAGS, isLetGo } from '../api/flags';
import { messagePath, type Target } from '../api/messages';
import { createMarked } from '../api/records';
import { attach } from '../attachment/attach';
import { rootOf } from '../mailbox';
import { draftOnly, extendedOf, type Outgoing } from './compose';
import { change } from './target';
import { asAttachment, type OutgoingFile } from './files';

/** What may stand in one request beside the words. */
const SMALL = 2 * 1024 * 1024;
/** Sent Items are a little behind; tests have less time. */
export const lag = { pausesMs: [500, 1_000, 2_000, 4_000, 8_000] };
const CHECK = 'Look in Sent Items and Drafts of the mailbox.';
const CHECK_DRAFTS =
	'Look whether it is in Drafts of the mailbox: a message that has gone leaves nothing behind.';

const sizeOf = (files: OutgoingFile[]): number => files.reduce((sum, { bytes }) => sum + bytes, 0);

/** Sends a message as a draft that is found again whatever happens: so it goes out once. */
export async function sendOnce(outgoing: Outgoing, client: Client): Promise<IDataObject> {
	const { mailbox, sendAt, leavesNoCopy = false } = outgoing;
	const draft = await makeDraft(outgoing, client);
	await sendOwnDraft(mailbox, String(draft.id), client, { leavesNoCopy });
	const { id, ...row } = told(draft);
	// One that waits for its time is there until then.
	return leavesNoCopy && sendAt === undefined ? row : { id, ...row };
}

/** Sends a small message in one request. Outlook does not tell its ID, nor can it be found again. */
export const sendAtOnce = async (outgoing: Outgoing, client: Client): Promise<IDataObject> =>
	await withFiles(outgoing, client, async () => await sendWhole(outgoing, client));

async function sendWhole(outgoing: Outgoing, client: Client): Promise<IDataObject> {
	const { mailbox, message, files, leavesNoCopy = false } = outgoing;
	const attachments = await Promise.all(files.map(asAttachment));
	await client.send({
		method: 'POST',
		path: `${rootOf(mailbox, client)}/sendMail`,
		body: {
			message: { ...message, ...(attachments.length === 0 ? {} : { attachments }) },
			// “Specify it only if the parameter is false” (https://learn.microsoft.com/graph/api/user-sendmail).
			...(leavesNoCopy ? { saveToSentItems: false } : {}),
		},
		idempotent: false,
		answer: 'anything',
		manualCheck: leavesNoCopy
			? 'Ask somebody who should have got it: the mailbox keeps nothing of it.'
			: 'Look in Sent Items of the mailbox.',
	});
	return { sent: true, subject: message.subject, toRecipients: message.toRecipients } as IDataObject;
}

/** Whether a message goes in one request: sendMail keeps no time, and no other property of MAPI. */
export const fitsInOne = (outgoing: Outgoing): boolean =>
	filesFit(outgoing) && draftOnly(outgoing).length === 0;

const filesFit = ({ files }: Outgoing): boolean => sizeOf(files) < SMALL;

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
	const inside = filesFit(outgoing);
	const extended = extendedOf(outgoing);
	const attachments = inside ? await Promise.all(files.map(asAttachment)) : [];
	const root = rootOf(mailbox, client);
	const draft = await createMarked(
		`${root}/messages`,
		{
			...message,
			...(attachments.length === 0 ? {} : { attachments }),
			...(extended.length === 0 ? {} : { singleValueExtendedProperties: extended }),
		},
		client,
		`${root}/mailFolders/drafts/messages`,
	);
	if (!inside) await attachAll(mailbox, String(draft.id), files, client);
	return draft;
}

/** Adds files to a draft; when one fails, the draft is removed, so that none is left half done. */
export async function attachAll(
	mailbox: string,
	id: string,
	files: OutgoingFile[],
	client: Client,
): Promise<void> {
	const owner = messagePath({ mailbox, id }, client);
	try {
		for (const file of files) await attach(owner, file, client);
	} catch (error) {
		await dropDraft(owner, client);
		throw error instanceof ServiceError ? error.with({ outcome: 'refused' }) : error;
	}
}

/** Nobody asked for what is left of a message that was not sent: another try would leave another one. */
const dropDraft = async (path: string, client: Client): Promise<unknown> =>
	await client
		.send({ method: 'POST', path: `${path}/permanentDelete`, idempotent: true, answer: 'anything' })
		.catch(() => undefined);

const isDraft = async (path: string, client: Client): Promise<boolean> =>
	!isLetGo(await client.get(path, { $select: 'isDraft', $expand: expanded(FLAGS) }));

/** Removes a draft that was never let go; one that has gone after all stays. */
export async function dropUnsent(target: Target, client: Client): Promise<void> {
	const path = messagePath(target, client);
	if (await isDraft(path, client).catch(() => false)) await dropDraft(path, client);
}

/** How a draft goes. */
interface Going extends Pick<WriteRequest, 'countedAs' | 'onAttempt'> {
	/** Whether nothing stays of it: one that is nowhere any more has gone. */
	leavesNoCopy?: boolean;
}

/** Does something with a draft that this node has made: when Outlook refuses it, the draft is removed. */
async function orDropped<T>(target: Target, client: Client, work: Promise<T>): Promise<T> {
	try {
		return await work;
	} catch (error) {
		if (error instanceof ServiceError && error.outcome === 'refused') await dropUnsent(target, client);
		throw error;
	}
}

export const changeOwnDraft = async (
	target: Target,
	changes: IDataObject,
	client: Client,
): Promise<IDataObject> => await orDropped(target, client, change(target, changes, client));

export const sendOwnDraft = async (
	mailbox: string,
	id: string,
	client: Client,
	going: Going = {},
): Promise<void> => await orDropped({ mailbox, id }, client, sendDraft(mailbox, id, client, going));

/** Lets a draft go. Whether it went is asked by the ID that stays; it is never let go twice. */
export async function sendDraft(
	mailbox: string,
	id: string,
	client: Client,
	going: Going = {},
): Promise<void> {
	const { leavesNoCopy = false, ...request } = going;
	const path = messagePath({ mailbox, id }, client);
	await client.send({
		method: 'POST',
		path: `${path}/send`,
		...request,
		idempotent: false,
		answer: 'anything',
		reconcile: async () => ((await isStillDraft(path, client, leavesNoCopy)) ? undefined : {}),
		manualCheck: leavesNoCopy ? CHECK_DRAFTS : CHECK,
	});
}

/** @throws {ServiceError} when it is found nowhere and should have stayed */
async function isStillDraft(path: string, client: Client, leavesNoCopy: boolean): Promise<boolean> {
	for (const pauseMs of [...lag.pausesMs, undefined]) {
		try {
			return await isDraft(path, client);
		} catch (error) {
			if (!client.isGone(error)) throw error;
			if (pauseMs !== undefined) await wait(pauseMs);
			else if (!leavesNoCopy) throw error;
		}
	}
	return false;
}
