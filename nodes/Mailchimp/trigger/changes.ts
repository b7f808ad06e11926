import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { TooManyRows } from '../../../core/poll/backfill';
import { listOf, noLinks } from '../connection';
import { justAfter, justBefore } from '../times';
import type { Event, EventType } from './events';
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

/** Archived contacts are in a list of their own. */
export async function* changesBetween(
	client: Client,
	{ audience }: Settings,
	{ from, until, most, since }: Span,
): AsyncGenerator<Event> {
	const changed = contactsBetween(client, audience, { from, until, most }, [{}, { status: 'archived' }]);
	for await (const member of changed) yield eventOf(member, since);
}

/**
 * What the workflow itself cannot have done, as far as a record tells: somebody unsubscribed and gave a reason, since then
 * (`unsubscribed_since`, which later writes do not move); or an address does not work.
 */
export async function* ownChangesBetween(
	client: Client,
	settings: Settings,
	{ from, until, most, since }: Span,
): AsyncGenerator<Event> {
	const filters: Record<string, IDataObject> = {
		cleaned: { status: 'cleaned' },
		unsubscribe: { status: 'unsubscribed', unsubscribed_since: new Date(since).toISOString() },
	};
	const wanted = tracedOf(settings).filter((type) => settings.types.includes(type));
	const asked = wanted.map((type) => filters[type] ?? {});
	for await (const member of contactsBetween(client, settings.audience, { from, until, most }, asked))
		if (member.status === 'cleaned' || hasReasonOfTheirOwn(member)) yield eventOf(member, since);
}

/** Whom a program or a user of the account unsubscribed has “N/A (Unsubscribed by an admin)” instead. */
function hasReasonOfTheirOwn({ unsubscribe_reason: reason }: IDataObject): boolean {
	const text = typeof reason === 'string' ? reason.trim() : '';
	return text !== '' && !/^n\/a\b|\bby (?:an )?admin\b/i.test(text);
}

async function* contactsBetween(
	client: Client,
	audience: string,
	{ from, until, most }: Omit<Span, 'since'>,
	filters: IDataObject[],
): AsyncGenerator<IDataObject> {
	let read = 0;
	for (const filter of filters) {
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
}

/** The event that a contact's present state must come from, with what a post of it would have. */
function eventOf(member: IDataObject, since: number): Event {
	const changed = Date.parse(String(member.last_changed));
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
	const type = typeOf(member, since);
	const unsubscribed = {
		action: member.status === 'archived' ? 'delete' : 'unsub',
		// As an event says it; a contact keeps it in Mailchimp's own words.
		reason: /spam|abuse/i.test(String(member.unsubscribe_reason ?? '')) ? 'abuse' : 'manual',
	};
	return {
		type,
		fired_at: new Date(changed).toISOString().slice(0, 19).replace('T', ' '),
		data: {
			...common,
			...(type === 'unsubscribe' ? unsubscribed : {}),
			...(type === 'cleaned' ? { reason: 'hard' } : {}),
		} as IDataObject,
		caughtUp: true,
	};
}

function typeOf({ status, timestamp_opt: opted }: IDataObject, since: number): string {
	if (status === 'unsubscribed' || status === 'archived') return 'unsubscribe';
	if (status === 'cleaned') return 'cleaned';
	if (status !== 'subscribed') return String(status);
	return Date.parse(String(opted)) >= since - OVERLAP ? 'subscribe' : 'profile';
}
