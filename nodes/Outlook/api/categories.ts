import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { rootOf } from '../mailbox';
import { kept } from './kept';
import { listRecords } from './records';

export interface Category {
	id: string;
	name: string;
}

export const categoriesPath = (mailbox: string, client: Client): string =>
	`${rootOf(mailbox, client)}/outlook/masterCategories`;

export const categoryPath = (mailbox: string, id: string, client: Client): string =>
	`${categoriesPath(mailbox, client)}${path`/${id}`}`;

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
			for await (const { id, displayName } of listRecords(categoriesPath(mailbox, client), client, Infinity))
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
