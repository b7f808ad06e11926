import { breathe } from '../breathe';

/** Entries between two looks at the clock: a look costs about as much as the work on one of them. */
const STRIDE = 32;

/** Visits all entries in order, and gives way to the event loop on the way: a hundred thousand hold nobody up. */
export async function visitAll<T>(
	entries: Iterable<T>,
	visit: (entry: T, index: number) => void,
): Promise<void> {
	let index = 0;
	for (const entry of entries) {
		if (index % STRIDE === 0) {
			const pause = breathe();
			if (pause) await pause;
		}
		visit(entry, index++);
	}
}
