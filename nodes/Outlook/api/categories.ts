import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { ownOrTheirs, wasThere } from '../../../core/http/wasThere';
import { rootOf } from '../mailbox';
import { kept } from './kept';
import { createRecord, listRecords } from './records';

export interface Category {
	id: string;
	name: string;
}

export const categoriesPath = (mailbox: string, client: Client): string =>
	`${rootOf(mailbox, client)}/outlook/masterCategories`;

export const categoryPath = (mailbox: string, id: string, client: Client): string =>
	`${categoriesPath(mailbox, client)}${path`/${id}`}`;

export const listCategories = (mailbox: string, client: Client, limit = Infinity) =>
	listRecords(categoriesPath(mailbox, client), client, limit);

/**
 * Makes a category. “The displayName value must be unique in a user's master list” (https://learn.microsoft.com/graph/api/resources/outlookcategory):
 * one whose answer got lost is looked for by that.
 */
export async function createCategory(
	mailbox: string,
	body: { displayName: string; color: string },
	client: Client,
): Promise<IDataObject> {
	const { displayName: name } = body;
	const made = { service: 'Outlook', what: `the category ${name}`, field: 'Name' };
	return await createRecord(categoriesPath(mailbox, client), body, client, async () => {
		for await (const found of listCategories(mailbox, client))
			if (String(found.displayName).toLowerCase() === name.toLowerCase())
				return found.displayName === name ? ownOrTheirs(found, body, made) : wasThere(made, ['displayName']);
		return undefined;
	});
}

/** The categories that a mailbox offers, as long as they are good for. @param mostAgeMs for who wants newer ones */
export const readCategories = async (
	mailbox: string,
	client: Client,
	mostAgeMs?: number,
): Promise<Category[]> =>
	await kept(
		{ kind: 'categories', mailbox, client },
		async () => {
			const all: Category[] = [];
			for await (const { id, displayName } of listCategories(mailbox, client))
				all.push({ id: String(id), name: String(displayName) });
			return all;
		},
		mostAgeMs,
	);

/** Somebody may have made one in Outlook meanwhile: for a name that is not known the list is read anew, so often at most. */
const NEW_ENOUGH_MS = 5_000;

/** The ID of the category of a name, large and small letters alike; undefined when there is none. */
export async function categoryNamed(
	name: string,
	mailbox: string,
	client: Client,
): Promise<string | undefined> {
	const find = (all: Category[]) => all.find((one) => one.name.toLowerCase() === name.toLowerCase())?.id;
	return (
		find(await readCategories(mailbox, client)) ?? find(await readCategories(mailbox, client, NEW_ENOUGH_MS))
	);
}
