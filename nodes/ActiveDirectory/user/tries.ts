/** Who may try again. In this process only: with several workers each of them counts for itself. */
const tries = new Map<string, number[]>();
const MOST_KEPT = 10_000;
const MINUTE_MS = 60_000;

/**
 * Whether one more try is allowed within a minute. One that is not allowed does not count: whoever waits a minute gets in.
 *
 * @param keys what is counted by itself, each with how many tries a minute are allowed; none counts when one is used up
 */
export function mayTry(keys: Array<{ key: string; perMinute: number }>, now = Date.now()): boolean {
	const lists = keys.map(({ key, perMinute }) => ({
		key,
		perMinute,
		at: (tries.get(key) ?? []).filter((time) => now - time < MINUTE_MS),
	}));
	if (lists.some(({ at, perMinute }) => at.length >= perMinute)) return false;
	if (tries.size > MOST_KEPT) forgetOld(now);
	for (const { key, at } of lists) tries.set(key, [...at, now]);
	return true;
}

function forgetOld(now: number): void {
	for (const [key, times] of tries) if (times.every((time) => now - time >= MINUTE_MS)) tries.delete(key);
}
