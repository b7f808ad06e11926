/** For how long it is asked again for a file that can be had at times, as Outlook says, and not now. Tests have less time. */
export const patience = { ms: 60 * 60_000 };

/**
 * What was not asked for in so many days is forgotten: a month is the longest that polls are apart, so nobody asks any more (the
 * message was deleted, the workflow switched off), or what failed long ago has nothing to do with what fails now, which would be
 * told without its file at once.
 */
const KEPT_MS = 35 * 86_400_000;
/** So that memory stays bounded while much fails; the one that was asked for longest ago goes first, and never a new one. */
const MOST = 1_000;

/** Files that could not be had: since when, and when they were asked for last, in epoch milliseconds. */
const failing = new Map<string, { since: number; askedAt: number }>();

/** Takes note that a file could not be had. @returns whether to ask for it again */
export function hasPatience(file: string, now = Date.now()): boolean {
	for (const [one, { askedAt }] of failing) if (askedAt < now - KEPT_MS) failing.delete(one);
	const since = failing.get(file)?.since ?? now;
	failing.delete(file);
	failing.set(file, { since, askedAt: now });
	const [oldest] = failing.keys();
	if (failing.size > MOST && oldest !== undefined) failing.delete(oldest);
	return now - since < patience.ms;
}

/** It could be had after all, or is not asked for any more. */
export const forgive = (file: string): void => void failing.delete(file);
