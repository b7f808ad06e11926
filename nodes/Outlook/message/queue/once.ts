import { toServiceError } from '../../../../core/errors';
import type { Client } from '../../../../core/http/client';
import { shared, type Claim } from '../../../../core/shared';
import { claim } from './claim';

/** Longer than any run that puts messages into a queue. */
const REMEMBER_MS = 60 * 60_000;

/**
 * Does the work for one message while nobody else does it, in this process or, in queue mode, in another worker.
 *
 * @param isStillThere whether a message that somebody queued a moment ago still counts: one that was cancelled does not
 * @param work is told whether somebody may have done it and not known. @returns the ID of the message
 * @returns the ID, whoever queued it. @throws {ServiceError}
 */
export async function once(
	name: string,
	client: Client,
	isStillThere: (id: string) => Promise<boolean>,
	work: (isDoubtful: boolean) => Promise<string>,
): Promise<string> {
	for (let own = `outlook queue ${client.account} ${name}`; ;) {
		const claimed = (await claim(shared().claims, [own], REMEMBER_MS))[0]!;
		if ('mine' in claimed) return await settled(claimed.mine, work);
		const ending = await claimed.theirs;
		if (ending === undefined || !('done' in ending)) continue;
		if (await isStillThere(ending.done)) return ending.done;
		own += ` after ${ending.done}`;
	}
}

async function settled(mine: Claim, work: (isDoubtful: boolean) => Promise<string>): Promise<string> {
	try {
		const id = await work(mine.isDoubtful);
		mine.end({ done: id });
		return id;
	} catch (error) {
		const { message, outcome } = toServiceError(error, 'unknown');
		mine.end(outcome === 'unknown' ? { unknown: message } : { failed: message });
		throw error;
	}
}
