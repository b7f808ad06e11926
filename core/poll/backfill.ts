const WINDOW_MS = 12 * 60 * 60_000;

/** Where a service keeps what happened. */
export interface Source<R> {
	/** What happened between two moments, in any order. Rows from outside do no harm, a missing row is lost. */
	between(from: Date, until: Date): AsyncIterable<R>;
	id(row: R): string;
	/** When it happened, in epoch milliseconds. */
	at(row: R): number;
}

export interface Backfill<R> {
	/** What was not known yet, oldest first. */
	rows: R[];
	/** Up to here nothing is missing any more, in epoch milliseconds. Store it as the very last step. */
	cursor: number;
	/** Whether there may be more before `until`. */
	isMore: boolean;
}

export interface BackfillLimits {
	/** Rows given at a time. */
	most?: number;
	/** How long to go on, in milliseconds. */
	forMs?: number;
}

/**
 * What happened between two moments and is not known, oldest first. It goes some hours at a time, so that a long absence
 * does not run into the end of what a service's search can reach, and stops when it has found or looked enough. Nothing
 * is stored here: when a request fails, the next look starts at the same place.
 */
export async function backfill<R>(
	source: Source<R>,
	from: number,
	until: number,
	isKnown: (id: string) => boolean,
	{ most = Infinity, forMs = Infinity }: BackfillLimits = {},
): Promise<Backfill<R>> {
	const started = Date.now();
	const found: R[] = [];
	let start = from;
	while (start < until) {
		const end = Math.min(start + WINDOW_MS, until);
		const rows: R[] = [];
		for await (const row of source.between(new Date(start), new Date(end)))
			if (source.at(row) >= start && source.at(row) < end && !isKnown(source.id(row))) rows.push(row);
		rows.sort((a, b) => source.at(a) - source.at(b));
		if (found.length + rows.length > most) {
			found.push(...rows.slice(0, most - found.length));
			return { rows: found, cursor: found.length > 0 ? source.at(found.at(-1)!) : start, isMore: true };
		}
		found.push(...rows);
		start = end;
		if (Date.now() - started > forMs) break;
	}
	return { rows: found, cursor: Math.max(from, start), isMore: start < until };
}
