import type { Client } from '../../../core/http/client';
import { backfill, type Backfill, type Source } from '../../../core/poll/backfill';
import type { DeliveredIds } from '../../../core/webhook/deliveredIds';
import { changesBetween, ownChangesBetween, OVERLAP, tracedOf } from './changes';
import { firedAt, subjectOf, type Event, type EventType } from './events';
import { isToldFind, wasFound } from './seen';
import { isFromAll, type Settings } from './settings';
import type { State } from './state';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** A look costs two requests: at most once an hour, or sooner before too many events have to be remembered. */
const EVERY = 60 * MINUTE;
const EVENTS_BETWEEN = 5_000;
/** Events given at a time. */
const MOST = 1_000;

const isTraced = (settings: Settings): boolean =>
	settings.catchUp && settings.types.some((type) => tracedOf(settings).includes(type));

/** Mailchimp's, once it has answered: where n8n's is ahead, what comes next is older than n8n's present. */
type Clock = Client['clock'];

/** Starts looking when it is wanted from now on, and stops when it is not. To be called whenever the form may have changed. */
export function syncCursor(state: State, settings: Settings, clock: Clock): void {
	// What changed in another audience before it was chosen is not looked for.
	if (state.audience !== undefined && state.audience !== settings.audience)
		for (const name of ['cursor', 'completeTo', 'windowMs'] as const) delete state[name];
	state.audience = settings.audience;
	if (state.cursor === undefined || !isTraced(settings)) delete state.completeTo;
	if (isTraced(settings)) state.cursor ??= clock.at(Date.now());
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
	const from = cursor - OVERLAP;
	const reached = () => Math.min(now, client.clock.at(now));
	const source = untold(client, settings, seen, sinceOf({ cursor, completeTo }));
	const limits = { most: MOST, forMs, ...(windowMs === undefined ? {} : { windowMs }) };
	const found = await wholeSecond(source, from, now, await backfill(source, from, now, isNew, limits));
	return {
		events: found.rows,
		clock: {
			// The last minutes are gone over again by the next look, and no more than those by the next part of this one.
			cursor: Math.max(cursor, Math.min(found.cursor + OVERLAP, reached())),
			completeTo: found.isMore ? Math.min(cursor, completeTo) : reached(),
			windowMs: found.windowMs,
			lookedAt: found.isMore ? 0 : now,
			since: 0,
		},
		isMore: found.isMore,
		...(found.failure === undefined ? {} : { failure: found.failure }),
	};
}

/** From when on a look may find what is new to it, in epoch milliseconds: all parts of a long one from the same time on. */
export const sinceOf = ({ cursor = Date.now(), completeTo = cursor }: State): number =>
	Math.min(cursor, completeTo) - OVERLAP;

/** The source has left out already what was told. */
const isNew = () => false;

/** Changes of which nothing was told, each as the event to tell. */
function untold(client: Client, settings: Settings, seen: DeliveredIds, since: number): Source<Event> {
	const read = isFromAll(settings) ? changesBetween : ownChangesBetween;
	const isWanted = (event: Event) =>
		settings.types.includes(event.type as EventType) && !isToldFind(seen, event, since);
	return {
		async *between(from, until, most) {
			for await (const change of read(client, settings, { from, until, most, since })) {
				const event = change.some((as) => wasFound(seen, as)) ? undefined : change.find(isWanted);
				if (event !== undefined) yield event;
			}
		},
		id: (event) => `${event.type} ${subjectOf(event)} ${event.fired_at}`,
		at: (event) => event.changed ?? firedAt(event),
	};
}

/**
 * A look ends within a second of which there is more: the next one would begin with that second again. Where a look has got no
 * further than that, as when a list is imported, the rest of the second comes along, so that it ends for certain.
 */
async function wholeSecond(
	source: Source<Event>,
	from: number,
	until: number,
	found: Backfill<Event>,
): Promise<Backfill<Event>> {
	const isStuck = found.rows.length >= MOST && found.cursor - from < SECOND;
	if (!isStuck || found.failure !== undefined) return found;
	const told = new Set(found.rows.map(source.id));
	const rest = await backfill(source, found.cursor, until, (id) => told.has(id), {
		forMs: 0,
		windowMs: SECOND,
	});
	return { ...rest, rows: [...found.rows, ...rest.rows] };
}
