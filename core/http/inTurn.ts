import type { Client } from './client';

const turns = new WeakMap<Client, Map<string, Promise<void>>>();

/**
 * Does what has a key in common one after another within a run, in the order of the calls, whether or not the one before failed:
 * what two items make at the same time could be taken for one another, and of two changes the later one counts.
 */
export async function inTurn<T>(client: Client, keys: readonly string[], work: () => Promise<T>): Promise<T> {
	const ofRun = turns.get(client) ?? new Map<string, Promise<void>>();
	turns.set(client, ofRun);
	const mine = Promise.all(keys.map(async (key) => await ofRun.get(key))).then(work);
	// What it comes to is nobody's here, and would stay in memory.
	const over = mine.then(
		() => undefined,
		() => undefined,
	);
	for (const key of keys) ofRun.set(key, over);
	return await mine;
}
