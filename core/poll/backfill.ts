import type { ServiceClock } from '../http/clock';

/** There is more between two moments than was asked for, or than a service's search can reach. */
export class TooManyRows extends Error {
	constructor() {
		super('There are more rows in this time than a search can reach');
		this.name = 'TooManyRows';
	}
}

/** Where a service keeps what happened. */
export interface Source<R> {
	/**
	 * What happened between two moments, in any order. Rows from outside do no harm, a missing row is lost.
	 *
	 * @param most rows wanted; Infinity for all that can be reached
	 * @throws {TooManyRows} when there are more: at once, or after those that can be reached when it is Infinity
	 */
	between(from: Date, until: Date, most: number): AsyncIterable<R>;
	id(row: R): string;
	/** When it happened, in epoch milliseconds. */
	at(row: R): number;
	/** The shortest time that a search can tell from the next, in milliseconds. A second when absent. */
	shortestMs?: number;
	/** The clock by which things happen there, once it has answered. n8n’s own when absent. */
	clock?: Pick<ServiceClock, 'at'>;
}

/** A time in which something may be missing. Tell of it: the cursor goes past it. */
export interface Gap {
	/** Epoch milliseconds. */
	from: number;
	until: number;
}

export interface Backfill<R> {
	/** What was not known yet, oldest first. */
	rows: R[];
	gaps: Gap[];
	/** Up to here all is in `rows` or in `gaps`, in epoch milliseconds. Store it as the very last step. */
	cursor: number;
	/** Whether there may be more before `until`. */
	isMore: boolean;
	/** How long windows were in the end: where much happens, the next look does well to begin with such ones. */
	windowMs: number;
	/** What ended it early, when something had been found before: the next look goes on there. */
	failure?: unknown;
}

export interface BackfillLimits {
	/** Rows given at a time. */
	most?: number;
	/** After how many milliseconds no other window is begun. At least one always is, so that each look gets further. */
	forMs?: number;
	/** How long the first window is, in milliseconds; twelve hours at most. */
	windowMs?: number;
}

const LONGEST_MS = 12 * 60 * 60_000;
/** Rows wanted of one window: few enough to be read at once, enough for a quiet service to be read in long windows. */
const AT_ONCE = 500;
const SHORTEST_MS = 1_000;

/**
 * What happened between two moments and is not known, oldest first. It goes some hours at a time, and in shorter windows
 * where more happened, so that it does not run into the end of what a search can reach; it stops when it has found or looked
 * enough. Nothing is stored here: when a request fails, the next look starts where this one came to.
 *
 * @param isKnown must know at least as many rows as a search can reach
 */
export async function backfill<R>(
	source: Source<R>,
	from: number,
	until: number,
	isKnown: (id: string) => boolean,
	{ most = Infinity, forMs = Infinity, windowMs = LONGEST_MS }: BackfillLimits = {},
): Promise<Backfill<R>> {
	const started = Date.now();
	const shortest = source.shortestMs ?? SHORTEST_MS;
	const found: Backfill<R> = { rows: [], gaps: [], cursor: from, isMore: from < until, windowMs };
	const goesOn = () => found.cursor === from || Date.now() - started <= forMs;
	try {
		while (found.isMore && found.rows.length < most && goesOn()) {
			// On whole seconds, if that is what a search can tell apart: otherwise windows would have their neighbours' rows.
			const end = Math.min(Math.floor((found.cursor + found.windowMs) / shortest) * shortest, until);
			const isShortest = end - found.cursor <= shortest;
			const window = await readWindow(source, found.cursor, end, isShortest);
			if (window === undefined) found.windowMs = Math.max(shortest, Math.floor((end - found.cursor) / 2));
			else {
				add(found, source, window, isKnown, most);
				if (window.rows.length < AT_ONCE / 4) found.windowMs = Math.min(2 * found.windowMs, LONGEST_MS);
				found.isMore = found.cursor < until;
			}
		}
	} catch (failure) {
		if (found.cursor === from && found.rows.length === 0) throw failure;
		return { ...found, isMore: true, failure };
	}
	return found;
}

interface Window<R> extends Gap {
	rows: R[];
	/** Whether some of it cannot be reached. */
	isCut: boolean;
}

/** A window's rows, or undefined when it has too many of them and can be made shorter. */
async function readWindow<R>(
	source: Source<R>,
	from: number,
	until: number,
	isShortest: boolean,
): Promise<Window<R> | undefined> {
	const window: Window<R> = { from, until, rows: [], isCut: false };
	const most = isShortest ? Infinity : AT_ONCE;
	try {
		for await (const row of source.between(new Date(from), new Date(until), most)) window.rows.push(row);
	} catch (error) {
		if (!(error instanceof TooManyRows)) throw error;
		if (!isShortest) return undefined;
		window.isCut = true;
	}
	return window;
}

function add<R>(
	found: Backfill<R>,
	source: Source<R>,
	{ from, until, rows, isCut }: Window<R>,
	isKnown: (id: string) => boolean,
	most: number,
): void {
	const fresh = rows
		.filter((row) => source.at(row) >= from && source.at(row) < until && !isKnown(source.id(row)))
		.sort((a, b) => source.at(a) - source.at(b));
	const room = most - found.rows.length;
	found.rows.push(...fresh.slice(0, room));
	if (fresh.length > room) {
		// The rest comes with the next look. What cannot be reached may lie anywhere in the window: it is told at its end.
		if (!isCut) found.cursor = source.at(found.rows.at(-1)!);
		return;
	}
	if (isCut) tell(found.gaps, { from, until });
	found.cursor = until;
}

function tell(gaps: Gap[], gap: Gap): void {
	const last = gaps.at(-1);
	if (last?.until === gap.from) last.until = gap.until;
	else gaps.push(gap);
}
