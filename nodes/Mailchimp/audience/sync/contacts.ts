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

/** Reads on to the end: everybody, as the sync sees them, and whether these are all. */
export type ReadOn = (
	look: (contact: ListedContact) => Current,
) => Promise<{ records: Current[]; complete: boolean }>;

/**
 * Begins to read everybody in the audience, 1,000 in a request: the first page is on its way at once, and each is looked at
 * while the next ones are on theirs. Archived contacts are not among them: Mailchimp takes them back like new ones.
 */
export function beginReading(client: Client, audience: string, mapped: ReadonlySet<string>): ReadOn {
	const fields = fieldsFor(mapped);
	const pages = pagesOf('members');
	let total = 0;
	const page = async (offset: number): Promise<ListedContact[]> => {
		const watched: Paginator = {
			...pages,
			first: (size) => ({ ...pages.first(size), offset }),
			rows(answer) {
				total = Number((answer as { total_items?: unknown }).total_items ?? NaN);
				return pages.rows(answer);
			},
		};
		const at = path`/lists/${audience}/members`;
		const rows: unknown[] = [];
		for await (const row of client.pages(at, watched, { fields }, pages.maxSize)) rows.push(row);
		return rows as ListedContact[];
	};
	const first = page(0);
	// Told where it is waited for.
	first.catch(() => undefined);
	return async (look) => {
		const byId = new Map<string, Current>();
		const take = async (coming: Promise<ListedContact[]>): Promise<void> => {
			for (const contact of await coming) {
				const pause = breathe();
				if (pause) await pause;
				byId.set(contact.id, look(contact));
			}
		};
		// The first says how many there are; the others are asked for side by side, and those that came meanwhile after them.
		await first;
		let read = pages.maxSize;
		const others = (): Array<Promise<ListedContact[]>> => {
			const asked: Array<Promise<ListedContact[]>> = [];
			for (; read < total; read += pages.maxSize) asked.push(page(read));
			return asked;
		};
		for (let coming = [first, ...others()]; coming.length > 0; coming = others())
			await Promise.all(coming.map(take));
		return { records: [...byId.values()], complete: byId.size >= total };
	};
}

function fieldsFor(mapped: ReadonlySet<string>): string {
	const wanted = new Set(ALWAYS);
	for (const id of mapped) {
		const merge = mergeColumn(id);
		if (merge !== undefined) wanted.add(`merge_fields.${merge.tag}`);
		else if (id === 'language' || id === 'vip') wanted.add(id);
	}
	return ['total_items', ...[...wanted].map((name) => `members.${name}`)].join(',');
}

/** How the sync sees a contact. */
export function asCurrent(
	tags: ManagedTags,
	ownsAll: boolean,
	mapped: ReadonlySet<string>,
): (contact: ListedContact) => Current {
	const values = valuesOf(mapped);
	return (contact) => {
		const { id, email_address: email, status } = contact;
		const seen = tags.seen((contact.tags ?? []).map(({ name }) => name));
		const why = whyNeverBack(contact);
		return {
			id,
			label: email,
			fields: { email, ...seen, ...values(contact) },
			active: status === 'subscribed' || status === 'pending',
			owned: ownsAll || (seen[MARK] ?? '') !== '',
			adoptable: true,
			...(why === undefined ? {} : { rejoin: { allowed: false, reason: why } }),
		};
	};
}

/** Who is out of campaigns by a decision that is not a list's to undo (https://mailchimp.com/help/about-unsubscribes/). */
function whyNeverBack({ status, unsubscribe_reason: reason }: ListedContact): string | undefined {
	if (status === 'cleaned') return 'the address does not work any more, Mailchimp has cleaned it';
	if (status !== 'unsubscribed') return undefined;
	const said = reason ? ` (${reason})` : '';
	return `unsubscribed${said}, and only the person can come back, with a signup form of the audience`;
}

/** Of what is mapped, the values that a contact has. */
function valuesOf(mapped: ReadonlySet<string>): (contact: ListedContact) => Fields {
	const merged = [...mapped].flatMap((id) => {
		const merge = mergeColumn(id);
		return merge === undefined ? [] : [{ id, ...merge }];
	});
	return ({ language, vip, merge_fields: values = {} }) => {
		const fields: Fields = {};
		for (const { id, tag, part } of merged) {
			const whole = values[tag];
			const value = part === undefined ? whole : (whole as IDataObject | undefined)?.[part];
			fields[id] = typeof value === 'object' || value === undefined ? '' : String(value);
		}
		if (language !== undefined) fields.language = language;
		if (vip !== undefined) fields.vip = vip;
		return fields;
	};
}
