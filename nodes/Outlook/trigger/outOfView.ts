import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import type { DeliveredIds } from '../../../core/webhook/deliveredIds';
import { withoutNotes } from '../api/messages';
import { eventPath } from '../event/fields';
import { isHidden } from '../errors';
import { justBefore, nameOf, TOLD, type Found, type Position } from './delta';
import { CALENDAR, DAY_MS, type Watch } from './watch';

/** A calendar that is looked at, before the look and after it. */
interface View {
	mailbox: string;
	watch: Watch;
	from: Position;
	to: Position;
	seen: DeliveredIds;
}

/**
 * What Graph tells as removed from the view of a calendar is deleted, or lies outside of its time, whether it was added, changed
 * or moved there (https://learn.microsoft.com/graph/api/event-delta); and what is missing in a new view may have passed. So each
 * is asked for: one that is not there is gone. One that has changed and was in the view before is told as it is now.
 */
export async function withoutThoseOutside(found: Found[], view: View, client: Client): Promise<Found[]> {
	// Side by side: the client has twenty of them travel together.
	const all = await Promise.all(
		found.map(async (one) => (one.row.change === 'gone' ? await judged(one, view, client) : one)),
	);
	return all.filter((one) => one !== undefined);
}

async function judged(one: Found, view: View, client: Client): Promise<Found | undefined> {
	const { mailbox, watch, from, seen } = view;
	const event = await eventNow({ mailbox, id: String(one.row.id) }, client);
	if (event === HIDDEN) return undefined;
	if (event === undefined || isInside(event, view)) return one;
	const changed = Date.parse(String(event.lastModifiedDateTime));
	// What was changed just before and told then is known.
	if (!one.wasThere || !(changed >= justBefore(from))) return undefined;
	const row = { ...watch.adds, ...event, change: 'present', isNew: false };
	const name = nameOf(row, watch);
	if (seen.has(TOLD, name)) return undefined;
	seen.add(TOLD, name);
	return { name, row };
}

/** It is there, where this sign-in may not look. */
const HIDDEN = Symbol('hidden');

async function eventNow(
	target: { mailbox: string; id: string },
	client: Client,
): Promise<IDataObject | typeof HIDDEN | undefined> {
	try {
		return withoutNotes(await client.send({ path: eventPath(target, client), answer: ['id'] }));
	} catch (error) {
		if (isHidden(error)) return HIDDEN;
		if (!client.isGone(error)) throw error;
		return undefined;
	}
}

/** Whether an event that is no longer in the view is at a time of it: then it has left the calendar. */
function isInside({ start, end }: IDataObject, { from, to }: View): boolean {
	const begun = [from.begunAt ?? to.begunAt!, to.begunAt!];
	const first = Math.max(...begun) - CALENDAR.before * DAY_MS;
	const last = Math.min(...begun) + CALENDAR.after * DAY_MS;
	return momentOf(end) > first && momentOf(start) < last;
}

/** In UTC, as no other zone was asked for. */
const momentOf = (time: unknown): number =>
	Date.parse(`${String((time as IDataObject | undefined)?.dateTime).slice(0, 19)}Z`);
