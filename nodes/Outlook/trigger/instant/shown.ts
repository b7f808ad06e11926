import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { Client } from '../../../../core/http/client';
import { path } from '../../../../core/http/path';
import { getMessage, withoutNotes } from '../../api/messages';
import { outlook } from '../../connection';
import { eventPath } from '../../event/fields';
import { rootOf } from '../../mailbox';
import { hasSeveralFolders, readChosen, type Chosen } from '../chosen';
import { ofGone } from '../fate';
import { folderIds } from '../folders';
import { items } from '../items';
import { firstOf, inCalendar, watchOf } from '../watch';
import { instantFields } from './fields';
import type { Notice } from './notices';
import { stateOf } from './state';

/** What a test of the editor listens to. */
interface Listening {
	chosen: Chosen;
	client: Client;
	/** IDs of the folders, where Outlook tells of the whole mailbox. */
	folders?: string[];
	/** Since when, in epoch milliseconds. */
	since: number;
}

/** In a test of the editor: what the notifications are about, as it is now. Nothing is remembered. */
export async function shown(context: IWebhookFunctions, notices: Notice[]): Promise<IWebhookResponseData> {
	const chosen = readChosen(context, instantFields);
	const client = await outlook.open(context);
	const since = stateOf(context).place?.since ?? Date.now();
	const folders = hasSeveralFolders(chosen) ? [...(await folderIds(chosen, client)).keys()] : undefined;
	const listening = { chosen, client, since, ...(folders === undefined ? {} : { folders }) };
	const rows: IDataObject[] = [];
	for (const notice of notices) rows.push(...(await rowsOf(notice, listening)));
	const all = await items(rows, chosen, client, context);
	return all.length > 0 ? { workflowData: [all] } : {};
}

async function rowsOf({ changeType, resourceData }: Notice, listening: Listening): Promise<IDataObject[]> {
	const id = (resourceData as IDataObject | undefined)?.id;
	if (changeType === undefined || typeof id !== 'string') return [];
	if (changeType === 'deleted') return [{ id, change: 'gone' }];
	try {
		return await presentRows(id, listening);
	} catch (error) {
		// It has gone since.
		if (listening.client.isGone(error)) return [];
		throw error;
	}
}

/** The record, if it is in a folder or calendar that is chosen; or that it has left one of them. */
async function presentRows(
	id: string,
	{ chosen, client, folders, since }: Listening,
): Promise<IDataObject[]> {
	const { mailbox, event } = chosen;
	if (event === 'contactChanged')
		return [shownNow(await client.get(`${rootOf(mailbox, client)}${path`/contacts/${id}`}`))];
	if (event === 'eventChanged') return await eventRows(id, chosen, client);
	const { $select } = watchOf(chosen, firstOf(chosen), client, Date.now()).samples.query;
	const message = await getMessage({ mailbox, id }, client, { select: String($select).split(',') });
	const isInside = folders === undefined || folders.includes(String(message.parentFolderId));
	if (!ofGone.includes(event)) return isInside ? [shownNow(message)] : [];
	// What is told as created in another folder was moved there, or has just come.
	const isNew = Date.parse(String(message.receivedDateTime)) >= since;
	return isInside || isNew ? [] : [{ id, change: 'gone' }];
}

async function eventRows(id: string, { mailbox, calendars }: Chosen, client: Client): Promise<IDataObject[]> {
	const place = eventPath({ mailbox, id }, client);
	const event = shownNow(await client.get(place));
	if (calendars.length === 0) return [event];
	const { id: calendar } = await client.get<{ id: string }>(`${place}/calendar`, { $select: 'id' });
	return calendars.includes(calendar) ? [{ ...inCalendar(calendar), ...event }] : [];
}

const shownNow = (row: IDataObject): IDataObject => ({ ...withoutNotes(row), change: 'present' });
