import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import stringify from 'safe-stable-stringify';

/**
 * One event as SendPulse sends it: `{ event, timestamp, email, task_id, … }` of the mailing service,
 * `{ event, timestamp, message_id, recipient, … }` of the SMTP service, whose bounces have `email` and `task_id`.
 */
export type Event = IDataObject;

/** A call brings a list of them: one that waited a minute, or a full one. */
export const eventsIn = (body: unknown): Event[] =>
	(Array.isArray(body) ? body : [body]).filter(
		(event): event is Event => typeof event === 'object' && event !== null && !Array.isArray(event),
	);

export const kindOf = ({ event }: Event): string => String(event ?? '');

/** Events have no id. A repeat has every value of the first; two events of one moment differ in some. */
export const idOf = (event: Event): string =>
	createHash('sha256')
		.update(stringify(event) ?? '')
		.digest('base64url');

export const nameOf = (event: Event): string => `${kindOf(event)} ${idOf(event)}`;

const ABOUT: Record<string, string> = {
	hard_bounces: 'bounce',
	soft_bounces: 'bounce',
	spam_by_user: 'stop',
	unsubscribed: 'stop',
};
const DAY = 86_400_000;

/** Remembered for catching up. */
export const TOLD = 'Told';

const mark = (about: string, address: unknown, day: number) =>
	`${about} ${String(address).trim().toLowerCase()} ${day}`;

/** What the lists of the API know of an event: that this address bounced, or wants no more, on this day. Else undefined. */
export function markOf(event: Event): string | undefined {
	const about = ABOUT[kindOf(event)];
	if (about === undefined) return undefined;
	const at = typeof event.send_date === 'string' ? dayOf(event.send_date) : Number(event.timestamp) * 1_000;
	return mark(about, event.email ?? event.recipient, Math.floor(at / DAY));
}

/** The same of a day before and after: the zone in which SendPulse writes its days is not published. */
export function marksNear(event: Event): string[] {
	const about = ABOUT[kindOf(event)];
	if (about === undefined) return [];
	const day = Math.floor(dayOf(String(event.send_date)) / DAY);
	return [day - 1, day, day + 1].map((near) => mark(about, event.email ?? event.recipient, near));
}

const dayOf = (date: string): number => Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
