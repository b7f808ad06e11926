import { setImmediate as turn } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
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

/** Goes through everybody once, a page at a time, and says whether these were all. */
export type Reading = (look: (some: ListedContact[]) => Promise<void>) => Promise<{ complete: boolean }>;

/**
 * Begins to read everybody in the audience, 1,000 in a request: the first page is on its way at once, and so many others as
 * the connections take as soon as it says how many there are. Each is looked at while others travel. Archived contacts are
 * not among them: Mailchimp takes them back like new ones.
 */
export function beginReading(client: Client, audience: string, mapped: ReadonlySet<string>): Reading {
	const fields = fieldsFor(mapped);
	const pages = pagesOf('members');
	let total = 0;
	let asked = 0;
	const next = async (): Promise<ListedContact[]> => {
		const offset = asked;
		asked += pages.maxSize;
		const watched: Paginator = {
			...pages,
			first: (size) => ({ ...pages.first(size), offset }),
			rows(answer) {
				// Who went while they are read let others slide onto a page that was read before: then these are not all.
				total = Math.max(total, Number((answer as { total_items?: unknown }).total_items ?? NaN));
				return pages.rows(answer);
			},
		};
		const at = path`/lists/${audience}/members`;
		const rows: unknown[] = [];
		for await (const page of client.wholePages(at, watched, { fields }, pages.maxSize)) rows.push(...page);
		return rows as ListedContact[];
	};
	const others = async (most = Infinity): Promise<Array<Promise<ListedContact[]>>> => {
		const coming: Array<Promise<ListedContact[]>> = [];
		while (asked < total && coming.length < most) {
			coming.push(toldLater(next()));
			// Each leaves before the next is made ready, and all of them before a page is looked at.
			await turn();
		}
		return coming;
	};
	const first = toldLater(next());
	const ahead = toldLater(first.then(() => others(client.concurrency)));
	return async (look) => {
		const known = new Set<string>();
		// Who slides onto another page while they are read is on two.
		const take = async (coming: Promise<ListedContact[]>): Promise<void> => {
			const some = (await coming).filter(({ id }) => !known.has(id));
			for (const { id } of some) known.add(id);
			await look(some);
		};
		const second = await ahead;
		await take(first);
		// Those that came to the audience meanwhile are on further pages.
		for (let coming = [...second, ...(await others())]; coming.length > 0; coming = await others())
			await Promise.all(coming.map(take));
		return { complete: known.size >= total };
	};
}

/** What fails is told where it is waited for. */
function toldLater<T>(promise: Promise<T>): Promise<T> {
	promise.catch(() => undefined);
	return promise;
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
	const addValues = valuesOf(mapped);
	return (contact) => {
		const { id, email_address: email, status } = contact;
		const fields = tags.seen((contact.tags ?? []).map(({ name }) => name));
		fields.email = email;
		addValues(contact, fields);
		const current: Current = {
			id,
			label: email,
			fields,
			active: status === 'subscribed' || status === 'pending',
			owned: ownsAll || (fields[MARK] ?? '') !== '',
			adoptable: true,
		};
		const why = whyNeverBack(contact);
		if (why !== undefined) current.rejoin = { allowed: false, reason: why };
		return current;
	};
}

/** Who is out of campaigns by a decision that is not a list's to undo (https://mailchimp.com/help/about-unsubscribes/). */
function whyNeverBack({ status, unsubscribe_reason: reason }: ListedContact): string | undefined {
	if (status === 'cleaned') return 'the address does not work any more, Mailchimp has cleaned it';
	if (status !== 'unsubscribed') return undefined;
	const said = reason ? ` (${reason})` : '';
	return `unsubscribed${said}, and only the person can come back, with a signup form of the audience`;
}

/** Adds the values that a contact has of what is mapped. */
function valuesOf(mapped: ReadonlySet<string>): (contact: ListedContact, fields: Fields) => void {
	const merged = [...mapped].flatMap((id) => {
		const merge = mergeColumn(id);
		return merge === undefined ? [] : [{ id, ...merge }];
	});
	return ({ language, vip, merge_fields: values = {} }, fields) => {
		for (const { id, tag, part } of merged) {
			const whole = values[tag];
			const value = part === undefined ? whole : (whole as IDataObject | undefined)?.[part];
			fields[id] = typeof value === 'object' || value === undefined ? '' : String(value);
		}
		if (language !== undefined) fields.language = language;
		if (vip !== undefined) fields.vip = vip;
	};
}
