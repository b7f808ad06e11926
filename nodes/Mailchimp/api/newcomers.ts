import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { inTurn } from '../../../core/http/inTurn';

/**
 * For what Mailchimp lets be made any number of times, and gives no mark of one's own: what is there is looked at before, so that
 * what was made shows as new afterwards, without trusting any clock.
 *
 * @param list those among which it would be
 * @param isIt whether one that is new is what was asked for
 * @returns asks what has come: undefined when there is nothing new; throws when there is, and it is not one that is certainly it
 */
async function newcomers<T extends { id: string | number }>(
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

/** Something to be made, and how it is known again when the answer got lost. */
export interface Creation<T extends { id: string | number }> {
	/** What two items of a run must not make at the same time. */
	key: string;
	path: string;
	body?: IDataObject;
	/** The fields that the answer must have. */
	answer: string[];
	/** Those among which it would be. */
	list(): Promise<T[]>;
	/** Whether one that is new is what was asked for. */
	isIt?(one: T): boolean;
	/** What was found, as the answer would have told it; undefined when it is to be made once more. As it is listed by default. */
	whole?(found: T): Promise<IDataObject | undefined>;
	manualCheck: string;
}

/** Makes it, once. @returns the answer. @throws {ServiceError} of unknown outcome when there is no telling */
export async function make<T extends IDataObject & { id: string | number }>(
	client: Client,
	{ key, path, body, answer, list, isIt, whole, manualCheck }: Creation<T>,
): Promise<IDataObject> {
	return await inTurn(client, [key], async () => {
		const look = await newcomers(list, isIt);
		return await client.send<IDataObject>({
			method: 'POST',
			path,
			...(body === undefined ? {} : { body }),
			answer,
			idempotent: false,
			async reconcile() {
				const found = await look();
				return found && whole ? await whole(found) : found;
			},
			manualCheck,
		});
	});
}
