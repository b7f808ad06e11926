import type { ILoadOptionsFunctions, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { loadOptions } from '../../../core/node/loadOptions';
import { foldersBelow } from '../api/folders';
import { listRecords } from '../api/records';
import { outlook } from '../connection';
import { rootOf } from '../mailbox';
import { kept } from './kept';

const chosenMailbox = (context: ILoadOptionsFunctions): string => {
	const mailbox = String(context.getCurrentNodeParameter('mailbox') ?? '').trim();
	// What an expression gives is not known in the editor: the own mailbox stands for it.
	return mailbox.startsWith('=') ? '' : mailbox;
};

interface Choice {
	name: string;
	value: string;
}

/** What a list holds whose name has the search in it. The list itself is read once a minute. */
async function searchIn(
	context: ILoadOptionsFunctions,
	kind: string,
	wanted: string,
	list: (client: Client, mailbox: string) => AsyncIterable<Choice>,
): Promise<INodeListSearchResult> {
	return await loadOptions(context, outlook, async (client) => {
		const mailbox = chosenMailbox(context);
		const whose = [client.account, mailbox.toLowerCase(), kind].join('\n');
		const choices = await kept(whose, async () => {
			const all: Choice[] = [];
			for await (const choice of list(client, mailbox)) all.push(choice);
			return all;
		});
		const letters = wanted.toLocaleLowerCase();
		return { results: choices.filter(({ name }) => name.toLocaleLowerCase().includes(letters)) };
	});
}

/** All folders with the way to each, so that two of one name are told apart. */
export async function searchFolders(
	this: ILoadOptionsFunctions,
	wanted = '',
): Promise<INodeListSearchResult> {
	return await searchIn(this, 'folders', wanted, async function* (client, mailbox) {
		for await (const { id, path, displayName } of foldersBelow(mailbox, undefined, client, { deep: true }))
			yield { name: path ?? displayName, value: id };
	});
}

/** The same for a field that takes several. */
export async function getFolders(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return (await searchFolders.call(this)).results;
}

/** Calendars and their groups are called by a `name`. */
async function* namedIn(list: string, client: Client): AsyncGenerator<Choice> {
	for await (const { id, name } of listRecords(list, client, Infinity))
		yield { name: String(name), value: String(id) };
}

export async function searchCalendars(
	this: ILoadOptionsFunctions,
	wanted = '',
): Promise<INodeListSearchResult> {
	return await searchIn(this, 'calendars', wanted, (client, mailbox) =>
		namedIn(`${rootOf(mailbox, client)}/calendars`, client),
	);
}

export async function searchCalendarGroups(
	this: ILoadOptionsFunctions,
	wanted = '',
): Promise<INodeListSearchResult> {
	return await searchIn(this, 'calendarGroups', wanted, (client, mailbox) =>
		namedIn(`${rootOf(mailbox, client)}/calendarGroups`, client),
	);
}

/** The same for a field that takes several. */
export async function getCalendars(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return (await searchCalendars.call(this)).results;
}

export async function searchContactFolders(
	this: ILoadOptionsFunctions,
	wanted = '',
): Promise<INodeListSearchResult> {
	return await searchIn(this, 'contactFolders', wanted, async function* (client, mailbox) {
		const list = `${rootOf(mailbox, client)}/contactFolders`;
		for await (const { id, displayName } of listRecords(list, client, Infinity))
			yield { name: String(displayName), value: String(id) };
	});
}
