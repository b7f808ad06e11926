import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { backfill, TooManyRows, type Source } from '../../../core/poll/backfill';
import type { DeliveredIds } from '../../../core/webhook/deliveredIds';
import { listOf, noLinks } from '../connection';
import { firedAt, type Event, type EventType } from './events';
import { isToldFind } from './seen';
import type { Settings } from './settings';
import type { State } from './state';

const MINUTE = 60_000;
/** A look costs two requests: at most once an hour, or sooner before too many events have to be remembered. */
const EVERY = 60 * MINUTE;
const EVENTS_BETWEEN = 5_000;
/** A change may be seen later than it happened: each look goes over the end of the last one again. */
const OVERLAP = 5 * MINUTE;
/** Events given at a time. */
const MOST = 1_000;

/** What can be told from how contacts are now. An old address, a text message and who was erased leave no trace. */
const TRACED: EventType[] = ['cleaned', 'profile', 'subscribe', 'unsubscribe'];

const isTraced = ({ catchUp, types }: Settings): boolean =>
	catchUp && types.some((type) => TRACED.includes(type));

/** Starts looking when it is wanted from now on, and stops when it is not. To be called whenever the form may have changed. */
export function syncCursor(state: State, settings: Settings): void {
	if (isTraced(settings)) state.cursor ??= Date.now();
	else delete state.cursor;
}

export function isDue({ cursor, lookedAt = 0, since = 0 }: State, settings: Settings): boolean {
	return (
		isTraced(settings) && cursor !== undefined && (Date.now() - lookedAt >= EVERY || since >= EVENTS_BETWEEN)
	);
}

export interface CaughtUp {
	events: Event[];
	/** What to store, as the last step. */
	clock: Pick<State, 'cursor' | 'windowMs' | 'lookedAt' | 'since'>;
	isMore: boolean;
	/** What ended it early: what was found before is given all the same, and the next look goes on there. */
	failure?: unknown;
}

/**
 * Contacts that changed since the last look and of which no event came, each as the event that it must have been.
 *
 * @param forMs after how many milliseconds to come to an end; some progress is made in any case
 */
export async function catchUp(
	client: Client,
	settings: Settings,
	{ cursor = Date.now(), windowMs }: State,
	seen: DeliveredIds,
	forMs: number,
): Promise<CaughtUp> {
	const now = Date.now();
	const known = new Set<string>();
	const source: Source<Event> = {
		between: (from, until, most) => changesBetween(client, settings, { from, until, most, since: cursor }),
		id: (event) => `${event.type} ${String(event.data.id)} ${event.fired_at}`,
		at: firedAt,
	};
	const isKnown = (id: string) => known.has(id);
	const watched: Source<Event> = {
		...source,
		async *between(from, until, most) {
			for await (const event of source.between(from, until, most)) {
				if (!settings.types.includes(event.type as EventType) || isToldFind(seen, event))
					known.add(source.id(event));
				yield event;
			}
		},
	};
	const found = await backfill(watched, cursor - OVERLAP, now, isKnown, {
		most: MOST,
		forMs,
		...(windowMs === undefined ? {} : { windowMs }),
	});
	return {
		events: found.rows,
		// The overlap is gone over again: a look that has got further moves the cursor, and never back.
		clock: {
			cursor: Math.max(cursor, found.cursor),
			windowMs: found.windowMs,
			lookedAt: found.isMore ? 0 : now,
			since: 0,
		},
		isMore: found.isMore,
		...(found.failure === undefined ? {} : { failure: found.failure }),
	};
}

interface Span {
	from: Date;
	until: Date;
	most: number;
	/** From here on somebody who signed up is new. */
	since: number;
}

/** Archived contacts are in a list of their own. */
async function* changesBetween(
	client: Client,
	{ audience }: Settings,
	{ from, until, most, since }: Span,
): AsyncGenerator<Event> {
	let read = 0;
	for (const status of [undefined, 'archived']) {
		const rows = client.pages(path`/lists/${audience}/members`, listOf('members'), {
			// The bounds are not said to be inclusive: a second more on each side, and what is outside does no harm.
			since_last_changed: new Date(from.getTime() - 1_000).toISOString(),
			before_last_changed: new Date(until.getTime() + 1_000).toISOString(),
			...(status === undefined ? {} : { status }),
			...noLinks('members'),
		});
		for await (const member of rows) {
			read += 1;
			if (read > most) throw new TooManyRows();
			yield eventOf(member, since);
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
