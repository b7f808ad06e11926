import type { DeliveredIds } from '../../../core/webhook/deliveredIds';
import { firedAt, idOf, subjectOf, type Event } from './events';

/** Each kind of event has a shelf for those that were posted and one for those that were found. */
const POSTED = 'posted';
const FOUND = 'found';
/** Of whom it was told in which hour, and of whom at all, however: for looks that must not be led on by what a program writes. */
const HOURS = 'hour';
const ONCE = 'once';

/** As many as are looked up before the oldest is out of the overlap. */
export const REMEMBERED = Object.fromEntries(
	['campaign', 'cleaned', 'profile', 'subscribe', 'unsubscribe'].flatMap((type) => [
		[`${POSTED} ${type}`, 2_000],
		[`${POSTED} ${type} second`, 10_000],
		[`${FOUND} ${type}`, 10_000],
		[`${HOURS} ${type}`, 10_000],
		[`${ONCE} ${type}`, 10_000],
	]),
);

/** A post says when it was fired, a contact when it changed: seconds lie between them. A longer gap tells twice and loses nothing. */
const APART_S = 10;

const secondOf = (event: Event): number => Math.floor(firedAt(event) / 1000);
const hourOf = (ms: number): number => Math.floor(ms / 3_600_000);
const mark = (event: Event, second: number) => `${subjectOf(event)} ${second}`;

/** Whether an event that was posted has been told: by an earlier call, or when it was found by looking. */
export function isToldPost(seen: DeliveredIds, event: Event): boolean {
	return seen.has(`${POSTED} ${event.type}`, idOf(event)) || isNear(seen, `${FOUND} ${event.type}`, event);
}

export function rememberPost(seen: DeliveredIds, event: Event): void {
	seen.add(`${POSTED} ${event.type}`, idOf(event));
	seen.add(`${POSTED} ${event.type} second`, mark(event, secondOf(event)));
	rememberSubject(seen, event);
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
	rememberSubject(seen, event);
}

function rememberSubject(seen: DeliveredIds, event: Event): void {
	if (event.type === 'unsubscribe') seen.add(`${HOURS} ${event.type}`, mark(event, hourOf(firedAt(event))));
	if (event.type === 'cleaned') seen.add(`${ONCE} ${event.type}`, subjectOf(event));
}

/** Whether it was told that this address does not work, whenever that was: it stays so, and a later change is another's doing. */
export const isToldOnce = (seen: DeliveredIds, event: Event): boolean =>
	seen.has(`${ONCE} ${event.type}`, subjectOf(event));

/** Whether it was told of the same contact since then (epoch milliseconds). */
export function isToldSince(seen: DeliveredIds, event: Event, since: number): boolean {
	for (let hour = hourOf(since); hour <= hourOf(Date.now()); hour++)
		if (seen.has(`${HOURS} ${event.type}`, mark(event, hour))) return true;
	return false;
}

function isNear(seen: DeliveredIds, shelf: string, event: Event): boolean {
	const second = secondOf(event);
	for (let apart = -APART_S; apart <= APART_S; apart++)
		if (seen.has(shelf, mark(event, second + apart))) return true;
	return false;
}
