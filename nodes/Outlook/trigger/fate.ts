import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { folderId } from '../api/folders';
import { BRIEF, getMessage } from '../api/messages';
import type { Chosen } from './chosen';

/** What each of these wants to hear of a message that is no longer in its folder. */
const WANTED: Record<string, Array<'deleted' | 'moved'>> = {
	messageGone: ['deleted', 'moved'],
	messageDeleted: ['deleted'],
	messageMoved: ['moved'],
};
export const ofGone = Object.keys(WANTED);

/**
 * What became of messages that are no longer in a folder: `became` is `moved`, with what is told of a message where it is
 * now, or `deleted`: to Deleted Items, or for good. Other rows stay as they are.
 */
export async function withFate(
	rows: IDataObject[],
	{ event, mailbox }: Chosen,
	client: Client,
): Promise<IDataObject[]> {
	const wanted = WANTED[event];
	if (wanted === undefined || !rows.some(isGone)) return rows;
	const bin = await folderId(mailbox, 'deleteditems', client);
	// Side by side: the client has twenty of them travel together.
	const told = await Promise.all(
		rows.map(async (row) => (isGone(row) ? await fateOf(row, mailbox, bin, client) : row)),
	);
	return told.filter((row) => !isGone(row) || wanted.some((one) => one === row.became));
}

const isGone = ({ change }: IDataObject): boolean => change === 'gone';

async function fateOf(row: IDataObject, mailbox: string, bin: string, client: Client): Promise<IDataObject> {
	try {
		const now = await getMessage({ mailbox, id: String(row.id) }, client, { select: BRIEF });
		return { ...now, ...row, became: now.parentFolderId === bin ? 'deleted' : 'moved' };
	} catch (error) {
		if (!client.isGone(error)) throw error;
		return { ...row, became: 'deleted' };
	}
}
