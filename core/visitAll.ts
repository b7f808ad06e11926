import { breathe } from './breathe';

/** Entries between two looks at the clock: a look costs about as much as the work on one of them. */
const STRIDE = 32;

/** Visits all entries in order, and gives way to the event loop on the way: a hundred thousand hold nobody up. */
export async function visitAll<T>(
	entries: readonly T[],
	visit: (entry: T, index: number) => void,
): Promise<void> {
	// By their places: an iterator makes an object for each of a hundred thousand.
	for (let index = 0; index < entries.length; index++) {
		if (index % STRIDE === 0) {
			const pause = breathe();
			if (pause) await pause;
		}
		visit(entries[index]!, index);
	}
}
