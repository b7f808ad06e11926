import type { DeliveredIds } from '../../../core/webhook/deliveredIds';
import { firedAt, idOf, subjectOf, type Event } from './events';

/** Each kind of event has a shelf for those that were posted and one for those that were found. */
const POSTED = 'posted';
const FOUND = 'found';

/** As many as are looked up before the oldest is out of the overlap. */
export const REMEMBERED = Object.fromEntries(
	['campaign', 'cleaned', 'profile', 'subscribe', 'unsubscribe'].flatMap((type) => [
		[`${POSTED} ${type}`, 2_000],
		[`${POSTED} ${type} second`, 10_000],
		[`${FOUND} ${type}`, 10_000],
	]),
);

/** A post says when it was fired, a contact when it changed: seconds lie between them. A longer gap tells twice and loses nothing. */
const APART_S = 10;

const secondOf = (event: Event): number => Math.floor(firedAt(event) / 1000);
const mark = (event: Event, second: number) => `${subjectOf(event)} ${second}`;

/** Whether an event that was posted has been told: by an earlier call, or when it was found by looking. */
export function isToldPost(seen: DeliveredIds, event: Event): boolean {
	return seen.has(`${POSTED} ${event.type}`, idOf(event)) || isNear(seen, `${FOUND} ${event.type}`, event);
}

export function rememberPost(seen: DeliveredIds, event: Event): void {
	seen.add(`${POSTED} ${event.type}`, idOf(event));
	seen.add(`${POSTED} ${event.type} second`, mark(event, secondOf(event)));
}

/** Whether a change that was found has been told. */
export function isToldFind(seen: DeliveredIds, event: Event): boolean {
	return (
		seen.has(`${FOUND} ${event.type}`, mark(event, secondOf(event))) ||
		isNear(seen, `${POSTED} ${event.type} second`, event)
	);
}

export function rememberFind(seen: DeliveredIds, event: Event): void {
	seen.add(`${FOUND} ${event.type}`, mark(event, secondOf(event)));
}

function isNear(seen: DeliveredIds, shelf: string, event: Event): boolean {
	const second = secondOf(event);
	for (let apart = -APART_S; apart <= APART_S; apart++)
		if (seen.has(shelf, mark(event, second + apart))) return true;
	return false;
}
