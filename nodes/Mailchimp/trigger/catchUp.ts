import type { Client } from '../../../core/http/client';
import { backfill, type Source } from '../../../core/poll/backfill';
import type { DeliveredIds } from '../../../core/webhook/deliveredIds';
import { changesBetween, ownChangesBetween, OVERLAP, tracedOf } from './changes';
import { firedAt, type Event, type EventType } from './events';
import { isToldFind, isToldOnce, isToldSince } from './seen';
import { isFromAll, type Settings } from './settings';
import type { State } from './state';

const MINUTE = 60_000;
/** A look costs two requests: at most once an hour, or sooner before too many events have to be remembered. */
const EVERY = 60 * MINUTE;
const EVENTS_BETWEEN = 5_000;
/** Events given at a time. */
const MOST = 1_000;

const isTraced = (settings: Settings): boolean =>
	settings.catchUp && settings.types.some((type) => tracedOf(settings).includes(type));

/** Starts looking when it is wanted from now on, and stops when it is not. To be called whenever the form may have changed. */
export function syncCursor(state: State, settings: Settings): void {
	if (state.cursor === undefined || !isTraced(settings)) delete state.completeTo;
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
	clock: Pick<State, 'cursor' | 'completeTo' | 'windowMs' | 'lookedAt' | 'since'>;
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
	{ cursor = Date.now(), completeTo = cursor, windowMs }: State,
	seen: DeliveredIds,
	forMs: number,
): Promise<CaughtUp> {
	const now = Date.now();
	const known = new Set<string>();
	const unsubscribedSince = Math.min(cursor, completeTo) - OVERLAP;
	const source: Source<Event> = {
		between: (from, until, most) =>
			isFromAll(settings)
				? changesBetween(client, settings, { from, until, most, since: cursor })
				: ownChangesBetween(client, settings, { from, until, most, since: unsubscribedSince }),
		id: (event) => `${event.type} ${String(event.data.id)} ${event.fired_at}`,
		at: firedAt,
	};
	const isKnown = (id: string) => known.has(id);
	const isTold = (event: Event) =>
		isToldFind(seen, event) || (!isFromAll(settings) && isToldOwn(seen, event, unsubscribedSince));
	const watched: Source<Event> = {
		...source,
		async *between(from, until, most) {
			for await (const event of source.between(from, until, most)) {
				if (!settings.types.includes(event.type as EventType) || isTold(event)) known.add(source.id(event));
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
			completeTo: found.isMore ? Math.min(cursor, completeTo) : now,
			windowMs: found.windowMs,
			lookedAt: found.isMore ? 0 : now,
			since: 0,
		},
		isMore: found.isMore,
		...(found.failure === undefined ? {} : { failure: found.failure }),
	};
}

/** Whoever unsubscribed, or bounced, and is changed by a program afterwards did not do so again. */
const isToldOwn = (seen: DeliveredIds, event: Event, since: number): boolean =>
	event.type === 'cleaned' ? isToldOnce(seen, event) : isToldSince(seen, event, since);
