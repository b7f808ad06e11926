import { DeliveredIds, type KeptIds } from '../webhook/deliveredIds';
import { backfill, TooManyRows, type Gap, type Source } from './backfill';

export interface PollLimits {
	/** How far back each poll looks again: rows can become visible later than their time says. */
	overlapMs: number;
	/** Rows given at a time. */
	most: number;
}

/** What a poll has found: at least one row or one gap. */
export interface Polled<R> {
	/** Oldest first. */
	rows: R[];
	/** Times in which rows may be missing: to be told as items of their own. */
	gaps: Gap[];
}

/** How many rows a poll has told, and when the newest of them happened. */
interface Told {
	until: number;
	rows: number;
}

/** What a poll remembers for the next one. */
export interface PollState {
	/** When the trigger was switched on: what happened before is none of its business. */
	startedAt?: number;
	/** Where the next poll begins. */
	cursor?: number;
	seen?: KeptIds;
	/** By the polls of the overlap, the latest last. */
	told?: Told[];
}

const LIMITS: PollLimits = { overlapMs: 5 * 60_000, most: 500 };
/** More than a search reaches: what is looked at again must be known. */
const REMEMBERED = 20_000;
const KIND = 'row';
const SAMPLE = 3;
const SHORT_MS = 1_000;
const HOUR_MS = 60 * 60_000;
const SAMPLE_FROM_MS = [1, 24, 7 * 24, 30 * 24].map((hours) => hours * HOUR_MS);

/**
 * What is new since the last poll, or null. The cursor goes on as the last step, and at once with the ids: after a fault the
 * next poll repeats the same window and loses nothing. The first poll only takes note of the time.
 *
 * @param state is changed; to be stored once what was found has been told
 */
export async function poll<R>(
	state: PollState,
	source: Source<R>,
	limits: Partial<PollLimits> = {},
): Promise<Polled<R> | null> {
	const { overlapMs, most } = { ...LIMITS, ...limits };
	const now = Date.now();
	if (state.cursor === undefined) {
		const begun = await beginning(source, now);
		// Where a time stands for all of its second, what was just before is told rather than what comes now is lost.
		state.startedAt = begun - (begun % (source.shortestMs ?? 1));
		state.cursor = state.startedAt;
		return null;
	}
	const seen = DeliveredIds.of(state.seen, { most: { [KIND]: REMEMBERED } });
	const look = await backfill(source, state.cursor, now, (id) => seen.has(KIND, id), { most });
	const hasNews = look.rows.length + look.gaps.length > 0;
	if (look.failure !== undefined && !hasNews) throw look.failure;
	for (const row of look.rows) seen.add(KIND, source.id(row));
	state.seen = seen.kept();
	// Only a look that came to its end is gone over again: within a flood that would come to the same rows forever.
	// Where n8n's clock is ahead, what comes next there is older than n8n's present.
	const reached = Math.min(look.cursor, source.clock?.at(now) ?? now);
	const told = [...(state.told ?? []), ...countOf(source, look.rows)];
	const again = Math.max(reached - overlapMs, state.startedAt ?? 0, forgottenUntil(told));
	state.cursor = look.isMore ? look.cursor : Math.min(again, reached);
	// The one that was forgotten last says from where on all are known.
	state.told = told.filter(({ until }) => until + 1 >= again);
	return hasNews ? { rows: look.rows, gaps: look.gaps } : null;
}

/** @param rows oldest first */
function countOf<R>(source: Source<R>, rows: R[]): Told[] {
	const newest = rows.at(-1);
	return newest === undefined ? [] : [{ until: source.at(newest), rows: rows.length }];
}

/** Rows from before this moment may have been told and forgotten: they are not looked at again. */
function forgottenUntil(told: Told[]): number {
	let rows = 0;
	for (const poll of told.toReversed()) {
		rows += poll.rows;
		if (rows > REMEMBERED) return poll.until + 1;
	}
	return 0;
}

/** Now, by the clock of the service: it is asked, as its answers tell the time. */
async function beginning<R>({ between, clock }: Source<R>, now: number): Promise<number> {
	if (clock === undefined) return now;
	try {
		for await (const _row of between(new Date(now - SHORT_MS), new Date(now), 1)) break;
	} catch (error) {
		if (!(error instanceof TooManyRows)) throw error;
	}
	return clock.at(now);
}

/** The newest few rows to look at, from as short a time as has some: a busy service would take long to go through a month. */
export async function sample<R>(source: Source<R>): Promise<R[]> {
	const now = Date.now();
	for (const ms of SAMPLE_FROM_MS) {
		const { rows } = await backfill(source, now - ms, now, () => false);
		if (rows.length > 0) return rows.slice(-SAMPLE);
	}
	return [];
}
