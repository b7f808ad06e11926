/** How long a list of a dropdown is good for: somebody who types a few letters asks for it with each of them. */
export const LIFE_MS = 60_000;
/** Lists of so many mailboxes and kinds are kept at most; the oldest goes first. */
const MOST = 50;

const lists = new Map<string, { until: number; list: Promise<unknown> }>();

/**
 * A list, read once a minute for all who ask. One that could not be read is not kept.
 *
 * @param key says whose list of what it is, and never a secret
 */
export async function kept<T>(key: string, read: () => Promise<T[]>, now = Date.now()): Promise<T[]> {
	const known = lists.get(key);
	if (known !== undefined && known.until > now) return (await known.list) as T[];
	lists.delete(key);
	const list = read();
	lists.set(key, { until: now + LIFE_MS, list });
	for (const oldest of lists.keys()) {
		if (lists.size <= MOST) break;
		lists.delete(oldest);
	}
	try {
		return await list;
	} catch (error) {
		if (lists.get(key)?.list === list) lists.delete(key);
		throw error;
	}
}
