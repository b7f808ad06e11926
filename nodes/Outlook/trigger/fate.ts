import type { IDataObject } from 'n8n-workflow';
import { toServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { folderId } from '../api/folders';
import { BRIEF, getMessage } from '../api/messages';
import { isHidden } from '../errors';
import type { Chosen } from './chosen';

/** What each of these wants to hear of a message that is no longer in its folder. */
const WANTED: Record<string, Array<'deleted' | 'moved' | 'unknown'>> = {
	messageGone: ['deleted', 'moved', 'unknown'],
	messageDeleted: ['deleted'],
	messageMoved: ['moved'],
};
export const ofGone = Object.keys(WANTED);

/**
 * What became of messages that are no longer in a folder: `became` is `moved`, with what is told of a message where it is
 * now, `deleted`: to Deleted Items, from there, or for good, or `unknown`: where this sign-in may not look. Other rows stay as
 * they are.
 */
export async function withFate(
	rows: IDataObject[],
	{ event, mailbox }: Chosen,
	client: Client,
): Promise<IDataObject[]> {
	const wanted = WANTED[event];
	if (wanted === undefined || !rows.some(isGone)) return rows;
	// Side by side, here and below: the client has twenty of them travel together.
	const bins = await Promise.all([
		folderId(mailbox, 'deleteditems', client),
		recoverableItems(mailbox, client),
	]);
	const told = await Promise.all(
		rows.map(async (row) => (isGone(row) ? await fateOf(row, mailbox, bins, client) : row)),
	);
	return told.filter((row) => !isGone(row) || wanted.some((one) => one === row.became));
}

const isGone = ({ change }: IDataObject): boolean => change === 'gone';

const REFUSALS = [400, 403, 404];

/**
 * Where messages are that were deleted from Deleted Items, or with Shift+Delete (https://learn.microsoft.com/graph/api/resources/mailfolder);
 * they are found by their immutable IDs, as they have stayed in the mailbox. Undefined where Outlook does not show that folder, as
 * may be in the mailbox of somebody else: then it shows no message of it either.
 */
async function recoverableItems(mailbox: string, client: Client): Promise<string | undefined> {
	try {
		return await folderId(mailbox, 'recoverableitemsdeletions', client);
	} catch (error) {
		const { code, status } = toServiceError(error).facts;
		// In Outlook's own words: a proxy's page says nothing of the folder.
		if (code !== undefined && status !== undefined && REFUSALS.includes(status)) return undefined;
		throw error;
	}
}

async function fateOf(
	row: IDataObject,
	mailbox: string,
	bins: Array<string | undefined>,
	client: Client,
): Promise<IDataObject> {
	try {
		const now = await getMessage({ mailbox, id: String(row.id) }, client, { select: BRIEF });
		return { ...now, ...row, became: bins.includes(String(now.parentFolderId)) ? 'deleted' : 'moved' };
	} catch (error) {
		// It is where this sign-in may not look: if that failed the look, nothing would be told any more.
		if (isHidden(error)) return { ...row, became: 'unknown' };
		if (!client.isGone(error)) throw error;
		return { ...row, became: 'deleted' };
	}
}
