import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { ServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { isLike, loadOptions } from '../../../core/node/loadOptions';
import { readCategories } from '../api/categories';
import { foldersBelow } from '../api/folders';
import { kept, type Question } from '../api/kept';
import { listRecords } from '../api/records';
import { outlook } from '../connection';
import { rootOf } from '../mailbox';
import { quoted } from '../message/filters';

const chosenMailbox = (context: ILoadOptionsFunctions): string => {
	const mailbox = String(context.getCurrentNodeParameter('mailbox') ?? '').trim();
	// What an expression gives is not known in the editor: the own mailbox stands for it.
	return mailbox.startsWith('=') ? '' : mailbox;
};

interface Choice {
	name: string;
	value: string;
}

/** What a list holds, as long as it is good for. */
async function choicesOf(question: Question, list: AsyncIterable<Choice>): Promise<Choice[]> {
	return await kept(question, async () => {
		const all: Choice[] = [];
		for await (const choice of list) all.push(choice);
		return all;
	});
}

/** What a list of a mailbox holds whose name has the search in it. */
async function searchIn(
	context: ILoadOptionsFunctions,
	kind: Question['kind'],
	wanted: string,
	list: (client: Client, mailbox: string) => AsyncIterable<Choice>,
): Promise<INodeListSearchResult> {
	return await loadOptions(context, outlook, async (client) => {
		const mailbox = chosenMailbox(context);
		const choices = await choicesOf({ kind, mailbox, client }, list(client, mailbox));
		return { results: choices.filter(isLike(wanted)) };
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

export async function searchCategories(
	this: ILoadOptionsFunctions,
	wanted = '',
): Promise<INodeListSearchResult> {
	return await loadOptions(this, outlook, async (client) => {
		const all = await readCategories(chosenMailbox(this), client);
		return { results: all.map(({ id, name }) => ({ name, value: id })).filter(isLike(wanted)) };
	});
}

/**
 * The zones that the mailbox's server knows, by Windows' names (https://learn.microsoft.com/graph/api/outlookuser-supportedtimezones).
 * An app needs a right for it that it may well not have: then those that this machine knows, which Outlook takes too.
 */
export async function searchTimeZones(
	this: ILoadOptionsFunctions,
	wanted = '',
): Promise<INodeListSearchResult> {
	return await searchIn(this, 'timeZones', wanted, async function* (client, mailbox) {
		const list = `${rootOf(mailbox, client)}/outlook/supportedTimeZones`;
		try {
			for await (const { alias, displayName } of listRecords(list, client, Infinity))
				yield { name: String(displayName), value: String(alias) };
		} catch (error) {
			if (!(error instanceof ServiceError) || error.facts.status !== 403) throw error;
			for (const zone of Intl.supportedValuesOf('timeZone')) yield { name: zone, value: zone };
		}
	});
}

/** So many users are listed at most; typing more letters finds the others. */
const MOST_USERS = 100;

/** Users whose name or address begins with what was typed: an organization may have too many to read them all. */
export async function searchUsers(this: ILoadOptionsFunctions, wanted = ''): Promise<INodeListSearchResult> {
	return await loadOptions(this, outlook, async (client) => {
		const letters = wanted.trim().toLowerCase();
		const fields = ['displayName', 'surname', 'userPrincipalName'];
		const filter = fields.map((field) => `startswith(${field},${quoted(letters)})`).join(' or ');
		const query = {
			$select: 'id,displayName,userPrincipalName',
			...(letters === '' ? {} : { $filter: filter }),
		};
		const results = await choicesOf(
			{ kind: 'users', mailbox: '', client, detail: letters },
			choiceOfUser(listRecords('/users', client, MOST_USERS, query)),
		);
		return { results };
	});
}

async function* choiceOfUser(users: AsyncIterable<IDataObject>): AsyncGenerator<Choice> {
	for await (const { id, displayName, userPrincipalName } of users)
		yield { name: `${String(displayName)} (${String(userPrincipalName)})`, value: String(id) };
}
