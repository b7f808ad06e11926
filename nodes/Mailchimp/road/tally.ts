import type { Client } from '../../../core/http/client';
import type { RunFeedback } from '../../../core/node/operation';
import { counted } from '../../../core/text';

/** How the requests of a run have gone so far. */
interface Tally {
	batches: number;
	inBatches: number;
	alone: number;
	bulkCalls: number;
	inBulk: number;
}

const tallies = new WeakMap<object, Tally>();

export function tallyOf(client: Client): Tally {
	const tally = tallies.get(client) ?? { batches: 0, inBatches: 0, alone: 0, bulkCalls: 0, inBulk: 0 };
	tallies.set(client, tally);
	return tally;
}

/** Notes that so many items go in one bulk call, for what {@link tellRoad} says. */
export function noteBulk(client: Client, items: number): void {
	const tally = tallyOf(client);
	tally.bulkCalls++;
	tally.inBulk += items;
}

/** Says which way the requests of a run went. */
export function tellRoad(client: Client, feedback: RunFeedback): void {
	const { batches, inBatches, alone, bulkCalls, inBulk } = tallyOf(client);
	if (inBatches + alone + inBulk < 2) return;
	const ways = [
		...(bulkCalls > 0
			? [`${counted(inBulk, 'item')} in ${counted(bulkCalls, 'bulk call')} of Mailchimp`]
			: []),
		...(batches > 0
			? [`${counted(inBatches, 'operation')} in ${counted(batches, 'batch', 'batches')} of Mailchimp`]
			: []),
		...(alone > 0 ? [`${counted(alone, 'operation')} one by one over ten connections`] : []),
	];
	feedback.hint(`${ways.join(', ')}: ${counted(client.stats.requests, 'request')} in all.`);
}
