import type { Client } from '../../../core/http/client';

const turns = new WeakMap<Client, Turns>();

/** Work that waits for what came before it and has a key in common with it, whether or not that failed. */
export class Turns {
	private readonly last = new Map<string, Promise<unknown>>();

	async take<T>(keys: readonly string[], work: () => Promise<T>): Promise<T> {
		const mine = Promise.all(keys.map(async (key) => await this.last.get(key))).then(work);
		const over = mine.then(
			() => undefined,
			() => undefined,
		);
		for (const key of keys) this.last.set(key, over);
		return await mine;
	}
}

/**
 * Does what has a key in common one after another within a run, in the order of the calls, whether or not the one before failed:
 * what two items make at the same time could be taken for one another, and of two changes the later one counts.
 */
export async function inTurn<T>(client: Client, keys: readonly string[], work: () => Promise<T>): Promise<T> {
	const ofRun = turns.get(client) ?? new Turns();
	turns.set(client, ofRun);
	return await ofRun.take(keys, work);
}
