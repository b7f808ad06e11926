import { RedisAway, shared, type Shared } from '../../../core/shared';

/** What is counted by itself, and how many tries a minute it is allowed. */
export interface TryLimit {
	key: string;
	perMinute: number;
}

/** What this process has let pass. */
const tries = new Map<string, number[]>();
const MOST_KEPT = 10_000;
const MINUTE_MS = 60_000;

/**
 * Whether one more try is allowed within a minute. One that is not allowed does not count: whoever waits a minute gets in.
 * n8n's workers count together; while they cannot, each counts for itself.
 *
 * @param limits the one that is most likely to be used up comes last: those before it are counted by then
 */
export async function mayTry(
	limits: TryLimit[],
	{ quota }: Pick<Shared, 'quota'> = shared(),
): Promise<boolean> {
	if (!isFree(limits)) return false;
	for (const { key, perMinute } of limits) {
		const together = quota(`tries ${key}`, MINUTE_MS);
		if (together === undefined) break;
		try {
			if ((await together.take(perMinute)) > 0) return false;
		} catch (error) {
			if (!(error instanceof RedisAway)) throw error;
			break;
		}
	}
	count(limits);
	return true;
}

const recent = (key: string, now: number): number[] =>
	(tries.get(key) ?? []).filter((time) => now - time < MINUTE_MS);

function isFree(limits: TryLimit[]): boolean {
	const now = Date.now();
	return limits.every(({ key, perMinute }) => recent(key, now).length < perMinute);
}

function count(limits: TryLimit[]): void {
	const now = Date.now();
	if (tries.size > MOST_KEPT)
		for (const key of [...tries.keys()]) if (recent(key, now).length === 0) tries.delete(key);
	for (const { key } of limits) tries.set(key, [...recent(key, now), now]);
}
