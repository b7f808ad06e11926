import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { TooManyRows } from '../../../core/poll/backfill';
import { listOf, noLinks } from '../connection';
import { justAfter, justBefore } from '../times';
import { APART_MS, type Event, type EventType } from './events';
import { isFromAll, type Settings } from './settings';

/** A change may be seen later than it happened: each look goes over the end of the last one again. */
export const OVERLAP = 5 * 60_000;

/** What can be told from how contacts are now. An old address, a text message and who was erased leave no trace; campaigns are not looked for. */
const TRACED: EventType[] = ['cleaned', 'profile', 'subscribe', 'unsubscribe'];

/** The same where not everybody's changes start the workflow: what no program can have done, see ownChangesBetween. */
export const tracedOf = (settings: Settings): EventType[] => {
	if (isFromAll(settings)) return TRACED;
	return settings.sources.includes('user') ? ['cleaned', 'unsubscribe'] : ['cleaned'];
};

interface Span {
	from: Date;
	until: Date;
	most: number;
	/** From here on somebody who signed up is new, or unsubscribed just now. Epoch milliseconds. */
	since: number;
}

/**
 * A contact that changed, as the events that it may come from: the first that is wanted and was not told is the one.
 * Several changes are seen as one.
 */
export type Change = [Event, ...Event[]];

/**
 * Archived contacts are in a list of their own. Whether somebody unsubscribed just now, the record does not say: who left long
 * ago and was written to by a program has changed too. The list of those who did (`unsubscribed_since`) says it.
 */
export async function* changesBetween(
	client: Client,
	{ audience, types }: Settings,
	{ since, ...span }: Span,
): AsyncGenerator<Change> {
	let haveSomeLeft = false;
	for await (const member of contactsBetween(client, audience, span, {}))
		if (member.status === 'unsubscribed') haveSomeLeft = true;
		else yield* changeOf(member, since);
	if (!types.includes('unsubscribe')) return;
	const left = [...(haveSomeLeft ? [unsubscribedSince(since)] : []), { status: 'archived' }];
	for (const filter of left)
		for await (const member of contactsBetween(client, audience, span, filter))
			yield* changeOf(member, since);
}

/**
 * What the workflow itself cannot have done, as far as a record tells: somebody unsubscribed and gave a reason, since then
 * (`unsubscribed_since`, which later writes do not move); or an address does not work.
 */
export async function* ownChangesBetween(
	client: Client,
	settings: Settings,
	{ since, ...span }: Span,
): AsyncGenerator<Change> {
	const filters: Record<string, IDataObject> = {
		cleaned: { status: 'cleaned' },
		unsubscribe: unsubscribedSince(since),
	};
	const wanted = tracedOf(settings).filter((type) => settings.types.includes(type));
	for (const type of wanted)
		for await (const member of contactsBetween(client, settings.audience, span, filters[type] ?? {}))
			if (member.status === 'cleaned' || hasReasonOfTheirOwn(member)) yield* changeOf(member, since);
}

const unsubscribedSince = (since: number): IDataObject => ({
	status: 'unsubscribed',
	unsubscribed_since: new Date(since).toISOString(),
});

/** Whom a program or a user of the account unsubscribed has “N/A (Unsubscribed by an admin)” instead. */
function hasReasonOfTheirOwn({ unsubscribe_reason: reason }: IDataObject): boolean {
	const text = typeof reason === 'string' ? reason.trim() : '';
	return text !== '' && !/^n\/a\b|\bby (?:an )?admin\b/i.test(text);
}

async function* contactsBetween(
	client: Client,
	audience: string,
	{ from, until, most }: Omit<Span, 'since'>,
	filter: IDataObject,
): AsyncGenerator<IDataObject> {
	let read = 0;
	const rows = client.pages(path`/lists/${audience}/members`, listOf('members'), {
		since_last_changed: justBefore(from),
		before_last_changed: justAfter(until),
		...filter,
		...noLinks('members'),
	});
	for await (const member of rows) {
		read += 1;
		if (read > most) throw new TooManyRows();
		yield member;
	}
}

/** Nothing for who is pending, or only gets what an order brings along. */
function* changeOf(member: IDataObject, since: number): Generator<Change> {
	const changed = Date.parse(String(member.last_changed));
	const opted = Date.parse(String(member.timestamp_opt));
	const as = (type: EventType, at = changed) => eventOf(member, type, at, changed);
	const { status } = member;
	if (status === 'unsubscribed' || status === 'archived') yield [as('unsubscribe')];
	else if (status === 'cleaned') yield [as('cleaned')];
	else if (status !== 'subscribed') return;
	// Whoever signed up since then may have been told of, and have changed afterwards.
	else if (opted >= since && opted < changed - APART_MS) yield [as('subscribe', opted), as('profile')];
	else yield [opted >= since ? as('subscribe', opted) : as('profile')];
}

/** An event as a post of it would have been. @param at when it happened @param changed when the contact changed last */
function eventOf(member: IDataObject, type: EventType, at: number, changed: number): Event {
	const {
		unique_email_id: id,
		email_address: email,
		email_type,
		ip_opt,
		ip_signup,
		web_id,
		list_id,
	} = member;
	const merges = { EMAIL: email, ...(member.merge_fields as IDataObject | undefined) };
	const common = { id, list_id, email, email_type, ip_opt, ip_signup, web_id, merges };
	const unsubscribed = {
		action: member.status === 'archived' ? 'delete' : 'unsub',
		// As an event says it; a contact keeps it in Mailchimp's own words.
		reason: /spam|abuse/i.test(String(member.unsubscribe_reason ?? '')) ? 'abuse' : 'manual',
	};
	return {
		type,
		fired_at: new Date(at).toISOString().slice(0, 19).replace('T', ' '),
		data: {
			...common,
			...(type === 'unsubscribe' ? unsubscribed : {}),
			...(type === 'cleaned' ? { reason: 'hard' } : {}),
		} as IDataObject,
		changed,
	};
}
