import type { Client } from '../../../core/http/client';

const turns = new WeakMap<Client, Map<string, Promise<unknown>>>();

/** Does what has the same key one after another within a run, whether or not the one before failed. */
export async function inTurn<T>(client: Client, key: string, work: () => Promise<T>): Promise<T> {
	const ofRun = turns.get(client) ?? new Map<string, Promise<unknown>>();
	turns.set(client, ofRun);
	const mine = (ofRun.get(key) ?? Promise.resolve()).then(work, work);
	ofRun.set(key, mine);
	return await mine;
}
