import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { listRecords } from '../api/records';
import { prefer } from '../connection';
import { calendarsIn } from './calendars';
import type { Chosen } from './chosen';
import { ofPlace } from './missing';
import { calendarView, inCalendar } from './watch';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** What a trigger on events that are about to start remembers. */
export interface Told {
	/** When it looked last, in epoch milliseconds. */
	lookedAt?: number;
	/** Events that were told, each with its start: one that is moved is told again. */
	told?: Record<string, number>;
}

/**
 * Events whose start is near, each once; those that began since the last look too, so that none is lost while n8n is stopped.
 * Those that last all day start in no zone, and are left out. Times are in UTC.
 */
export async function startingSoon(
	before: Told,
	chosen: Chosen,
	client: Client,
	now: number,
): Promise<{ rows: IDataObject[]; state: Told }> {
	const from = Math.max(Math.min(before.lookedAt ?? now, now), now - DAY_MS);
	const until = now + chosen.minutes * MINUTE_MS;
	const known = Object.entries(before.told ?? {}).filter(([, start]) => start >= from);
	const told = Object.fromEntries(known);
	const rows: IDataObject[] = [];
	for (const event of await eventsBetween(chosen, from, until + 1, client)) {
		const start = startOf(event);
		const key = `${String(event.id)} ${start}`;
		const isDue = start >= from && start <= until;
		if (!isDue || event.isAllDay === true || event.isCancelled === true || key in told) continue;
		told[key] = start;
		rows.push(withMinutes(event, now));
	}
	return { rows, state: { lookedAt: now, told } };
}

/** The next events, to look at. */
export async function nextEvents(
	chosen: Chosen,
	limit: number,
	client: Client,
	now: number,
): Promise<IDataObject[]> {
	const events = await eventsBetween(chosen, now, now + 30 * DAY_MS, client, limit);
	const rows = events.map((event) => withMinutes(event, now));
	return rows.sort((a, b) => startOf(a) - startOf(b)).slice(0, limit);
}

/**
 * Those of each calendar, each event of a series by itself (https://learn.microsoft.com/graph/api/calendar-list-calendarview).
 *
 * @param limit of one calendar
 */
async function eventsBetween(
	chosen: Chosen,
	from: number,
	until: number,
	client: Client,
	limit = Infinity,
): Promise<IDataObject[]> {
	const query = { startDateTime: new Date(from).toISOString(), endDateTime: new Date(until).toISOString() };
	const eventsOf = async (name: string): Promise<IDataObject[]> => {
		const list = calendarView(chosen.mailbox, name, client);
		const events: IDataObject[] = [];
		for await (const event of listRecords(list, client, limit, query, prefer('outlook.timezone="UTC"')))
			events.push({ ...event, ...inCalendar(name) });
		return events;
	};
	// Side by side: Outlook works on four at a time.
	const lists = await Promise.all(
		calendarsIn(chosen).map(async (name) => await ofPlace(eventsOf(name), name, chosen)),
	);
	return lists.flat();
}

const startOf = ({ start }: IDataObject): number =>
	Date.parse(`${String((start as IDataObject | undefined)?.dateTime).slice(0, 19)}Z`);

const withMinutes = (event: IDataObject, now: number): IDataObject => ({
	...event,
	minutesUntilStart: Math.round((startOf(event) - now) / MINUTE_MS),
});
