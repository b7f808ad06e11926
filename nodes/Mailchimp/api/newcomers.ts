import type { Client } from '../../../core/http/client';

const turns = new WeakMap<Client, Map<string, Promise<unknown>>>();

/**
 * Does what has the same key one after another within a run, whether or not the one before failed: what two items make at the same
 * time could be taken for one another.
 */
export async function inTurn<T>(client: Client, key: string, work: () => Promise<T>): Promise<T> {
	const ofRun = turns.get(client) ?? new Map<string, Promise<unknown>>();
	turns.set(client, ofRun);
	const mine = (ofRun.get(key) ?? Promise.resolve()).then(work, work);
	ofRun.set(key, mine);
	return await mine;
}

/**
 * For what Mailchimp lets be made any number of times, and gives no mark of one's own: what is there is looked at before, so that
 * what was made shows as new afterwards, without trusting any clock.
 *
 * @param list those among which it would be
 * @param isIt whether one that is new is what was asked for
 * @returns asks what has come: undefined when there is nothing new; throws when there is, and it is not one that is certainly it
 */
export async function newcomers<T extends { id: string | number }>(
	list: () => Promise<T[]>,
	isIt: (one: T) => boolean = () => true,
): Promise<() => Promise<T | undefined>> {
	const before = new Set((await list()).map(({ id }) => id));
	return async () => {
		const added = (await list()).filter(({ id }) => !before.has(id));
		const [found, another] = added.filter(isIt);
		if (added.length > 0 && (found === undefined || another !== undefined))
			throw new Error('No telling which it is.');
		return found;
	};
}
