import type { IDataObject } from 'n8n-workflow';
import { breathe } from '../../../../core/breathe';
import type { Client } from '../../../../core/http/client';
import type { Paginator } from '../../../../core/http/pagination';
import { path } from '../../../../core/http/path';
import type { Current, Fields } from '../../../../core/sync';
import { listOf as pagesOf } from '../../connection';
import { mergeColumn } from './columns';
import { MARK, type ManagedTags } from './tags';

/** A contact as much as a sync needs it. */
export interface ListedContact {
	id: string;
	email_address: string;
	status: string;
	unsubscribe_reason?: string;
	language?: string;
	vip?: boolean;
	merge_fields?: IDataObject;
	tags?: Array<{ name: string }>;
}

/** Asked for beside what is mapped: a whole contact is forty times as much. */
const ALWAYS = ['id', 'email_address', 'status', 'unsubscribe_reason', 'tags.name'];

/**
 * Everybody in the audience, 1,000 in a request, and whether these are all. Archived contacts are not among them: Mailchimp
 * takes them back like new ones.
 */
export async function readContacts(
	client: Client,
	audience: string,
	mapped: ReadonlySet<string>,
): Promise<{ contacts: ListedContact[]; complete: boolean }> {
	const wanted = new Set(ALWAYS);
	for (const id of mapped) {
		const merge = mergeColumn(id);
		if (merge !== undefined) wanted.add(`merge_fields.${merge.tag}`);
		else if (id === 'language' || id === 'vip') wanted.add(id);
	}
	const fields = ['total_items', ...[...wanted].map((name) => `members.${name}`)].join(',');
	const pages = pagesOf('members');
	const byId = new Map<string, ListedContact>();
	let total = 0;
	const page = async (offset: number): Promise<void> => {
		const watched: Paginator = {
			...pages,
			first: (size) => ({ ...pages.first(size), offset }),
			rows(answer) {
				total = Number((answer as { total_items?: unknown }).total_items ?? NaN);
				return pages.rows(answer);
			},
		};
		for await (const row of client.pages(
			path`/lists/${audience}/members`,
			watched,
			{ fields },
			pages.maxSize,
		))
			byId.set(String(row.id), row as unknown as ListedContact);
	};
	// The first says how many there are; the others are asked for side by side, and those that came meanwhile after them.
	await page(0);
	for (let read = pages.maxSize; read < total;) {
		const until = total;
		const offsets: number[] = [];
		for (; read < until; read += pages.maxSize) offsets.push(read);
		await Promise.all(offsets.map(page));
	}
	return { contacts: [...byId.values()], complete: byId.size >= total };
}

/** Contacts as the sync sees them. */
export async function toCurrent(
	contacts: ListedContact[],
	tags: ManagedTags,
	ownsAll: boolean,
	mapped: ReadonlySet<string>,
): Promise<Current[]> {
	const columns = [...mapped];
	const records: Current[] = [];
	for (const contact of contacts) {
		const pause = breathe();
		if (pause) await pause;
		const seen = tags.seen((contact.tags ?? []).map(({ name }) => name));
		const why = whyNeverBack(contact);
		records.push({
			id: contact.id,
			label: contact.email_address,
			fields: { email: contact.email_address, ...seen, ...valuesOf(contact, columns) },
			active: contact.status === 'subscribed' || contact.status === 'pending',
			owned: ownsAll || (seen[MARK] ?? '') !== '',
			adoptable: true,
			...(why === undefined ? {} : { rejoin: { allowed: false, reason: why } }),
		});
	}
	return records;
}

/** Who is out of campaigns by a decision that is not a list's to undo (https://mailchimp.com/help/about-unsubscribes/). */
function whyNeverBack({ status, unsubscribe_reason: reason }: ListedContact): string | undefined {
	if (status === 'cleaned') return 'the address does not work any more, Mailchimp has cleaned it';
	if (status !== 'unsubscribed') return undefined;
	const said = reason ? ` (${reason})` : '';
	return `unsubscribed${said}, and only the person can come back, with a signup form of the audience`;
}

function valuesOf({ language, vip, merge_fields: values = {} }: ListedContact, columns: string[]): Fields {
	const fields: Fields = {};
	for (const id of columns) {
		const merge = mergeColumn(id);
		if (merge === undefined) continue;
		const value = values[merge.tag];
		const part = merge.part === undefined ? value : (value as IDataObject | undefined)?.[merge.part];
		fields[id] = typeof part === 'object' || part === undefined ? '' : String(part);
	}
	return {
		...fields,
		...(language === undefined ? {} : { language }),
		...(vip === undefined ? {} : { vip }),
	};
}
