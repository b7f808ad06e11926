import type { DeliveredIds } from '../../../core/webhook/deliveredIds';
import { APART_MS, firedAt, idOf, subjectOf, type Event } from './events';

/** Each kind of event has a shelf for those that were posted and one for those that were found. */
const POSTED = 'posted';
const FOUND = 'found';
/** Of whom it was told in which hour, and of whom at all, however: looks must not be led on by what a program writes. */
const HOURS = 'hour';
const ONCE = 'once';

/** As many as are looked up before the oldest is out of the overlap; of those found, also when a list is imported just then. */
export const REMEMBERED = Object.fromEntries(
	['campaign', 'cleaned', 'profile', 'subscribe', 'unsubscribe'].flatMap((type) => [
		[`${POSTED} ${type}`, 2_000],
		[`${POSTED} ${type} second`, 10_000],
		[`${FOUND} ${type}`, 25_000],
		[`${HOURS} ${type}`, 10_000],
		[`${ONCE} ${type}`, 10_000],
	]),
);

const APART_S = APART_MS / 1_000;

const secondOf = (event: Event): number => Math.floor(firedAt(event) / 1000);
const changedSecondOf = (event: Event): number => Math.floor((event.changed ?? firedAt(event)) / 1000);
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

/** Whether a contact was found as it is now, and told of, whatever it was told as. */
export const wasFound = (seen: DeliveredIds, event: Event): boolean =>
	seen.has(`${FOUND} ${event.type}`, mark(event, changedSecondOf(event)));

/**
 * Whether a change that was found has been told. A contact that is changed later does not unsubscribe, or bounce, again by that.
 *
 * @param since from when on it may have been told that somebody unsubscribed, in epoch milliseconds
 */
export function isToldFind(seen: DeliveredIds, event: Event, since: number): boolean {
	if (seen.has(`${FOUND} ${event.type}`, mark(event, secondOf(event)))) return true;
	if (isNear(seen, `${POSTED} ${event.type} second`, event)) return true;
	if (event.type === 'cleaned') return seen.has(`${ONCE} ${event.type}`, subjectOf(event));
	return hasUnsubscribed(event) && isToldSince(seen, event, since);
}

export function rememberFind(seen: DeliveredIds, event: Event): void {
	for (const second of new Set([secondOf(event), changedSecondOf(event)]))
		seen.add(`${FOUND} ${event.type}`, mark(event, second));
	rememberSubject(seen, event);
}

/** And was not archived or deleted, which can come after it. */
const hasUnsubscribed = ({ type, data }: Event): boolean =>
	type === 'unsubscribe' && data.action !== 'delete';

function rememberSubject(seen: DeliveredIds, event: Event): void {
	if (hasUnsubscribed(event)) seen.add(`${HOURS} ${event.type}`, mark(event, hourOf(firedAt(event))));
	if (event.type === 'cleaned') seen.add(`${ONCE} ${event.type}`, subjectOf(event));
}

function isToldSince(seen: DeliveredIds, event: Event, since: number): boolean {
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
