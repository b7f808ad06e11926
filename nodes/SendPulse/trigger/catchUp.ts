import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import type { DeliveredIds } from '../../../core/webhook/deliveredIds';
import { bouncePages, pages } from '../connection';
import { kindOf, marksNear, TOLD, type Event } from './events';
import type { Settings } from './settings';
import type { State } from './state';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A look costs two requests a day that it covers. */
const EVERY = HOUR;
/** Further back it is not looked: that would be many requests, and how long SendPulse keeps its lists is not published. */
const MOST_DAYS = 30;

/** What a look can find must be known, so that it is not reported twice. */
export const REMEMBERED = { [TOLD]: 20_000 };

export const isDue = ({ cursor, lookedAt = 0 }: State, { catchUp }: Settings, isWoken: boolean): boolean =>
	catchUp && cursor !== undefined && (isWoken || Date.now() - lookedAt >= EVERY);

export interface CaughtUp {
	events: Event[];
	/** {@link marksNear} what was found: to be remembered. */
	marks: string[];
	/** What to store, as the last step. */
	clock: Pick<State, 'cursor' | 'lookedAt' | 'isBased'>;
	isMore: boolean;
	/** What ended it early: what was found before is given all the same, and the next look goes on there. */
	failure?: unknown;
}

/**
 * Bounces, unsubscribes and spam complaints of the SMTP service that no call has brought, day by day, oldest first. The lists
 * have no id in common with the events: of an address that was told of on that day, or beside it, nothing more is told.
 * The first look only notes what was there before the trigger: its days have no hours that could be compared.
 *
 * @param forMs after how many milliseconds no other day is begun; one always is
 */
export async function catchUp(
	client: Client,
	settings: Settings,
	{ cursor = Date.now(), isBased = false }: State,
	seen: DeliveredIds,
	forMs: number,
): Promise<CaughtUp> {
	const now = Date.now();
	const from = Math.max(cursor - DAY, now - MOST_DAYS * DAY);
	const found: CaughtUp = { events: [], marks: [], clock: { lookedAt: now, cursor }, isMore: false };
	if (from > cursor) found.events.push(gap(cursor, from));
	for (let day = Math.floor(from / DAY) * DAY; day <= now; day += DAY) {
		if (day > from && Date.now() - now > forMs) return { ...found, isMore: true };
		try {
			for await (const event of eventsOf(client, new Date(day).toISOString().slice(0, 10), settings)) {
				const near = marksNear(event);
				if (near.some((mark) => seen.has(TOLD, mark))) continue;
				seen.add(TOLD, near[1]!);
				found.marks.push(near[1]!);
				if (isBased) found.events.push(event);
			}
		} catch (failure) {
			if (found.marks.length === 0) throw failure;
			return { ...found, failure };
		}
		found.clock.cursor = Math.min(now, day + DAY);
	}
	found.clock.isBased = true;
	return found;
}

/** Official description, smtp.yaml: `GET /smtp/bounces/day`, `GET /smtp/unsubscribe`. */
async function* eventsOf(client: Client, date: string, { events }: Settings): AsyncGenerator<Event> {
	const wants = (...kinds: string[]) => kinds.some((kind) => events.includes(kind));
	const read = async function* (path: string, how: typeof pages, toEvent: (row: IDataObject) => Event) {
		for await (const row of client.pages(path, how, { date })) {
			const event = { ...toEvent(row), caughtUp: true };
			if (events.includes(kindOf(event))) yield event;
		}
	};
	if (wants('hard_bounces', 'soft_bounces')) yield* read('/smtp/bounces/day', bouncePages, bounceOf(date));
	if (wants('unsubscribed', 'spam_by_user')) yield* read('/smtp/unsubscribe', pages, stopOf(date));
}

/** Named as the event is. An answer of 500 and more is for good (RFC 5321, 4.2.1). */
const bounceOf = (date: string) => (row: IDataObject) => ({
	event: Number(row.smtp_answer_code) >= 500 ? 'hard_bounces' : 'soft_bounces',
	email: row.email_to,
	sender: row.sender,
	subject: row.subject,
	send_date: row.send_date || date,
	smtp_server_response_code: row.smtp_answer_code,
	smtp_server_response_subcode: row.smtp_answer_subcode,
	smtp_server_response: row.smtp_answer_data,
});

const stopOf = (date: string) => (row: IDataObject) => ({
	event: Number(row.spam_complaint) > 0 ? 'spam_by_user' : 'unsubscribed',
	recipient: row.email,
	send_date: row.date || date,
});

/** An item that tells of a time in which something may be missing: its `event` is none of SendPulse's. */
function gap(from: number, until: number): Event {
	const [since, to] = [from, until].map((at) => new Date(at).toISOString());
	return {
		event: 'missed',
		message: `Bounces, unsubscribes and complaints from ${since!} to ${to!} were not looked for: that is too long ago`,
		remedy:
			'Look at this time in SendPulse (SMTP → Statistics), and do by hand what this workflow would have done.',
	};
}
