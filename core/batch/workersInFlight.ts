import type { IDataObject } from 'n8n-workflow';
import { ServiceError, type ErrorFacts } from '../errors';
import type { Claim, Claimed, Claims, Ending } from '../shared';
import type { KeyedMessage } from './idempotency';
import { mayBeSent, type Fate } from './inFlight';

/** Long enough for any search to catch up with what was accepted. */
const REMEMBER_MS = 10 * 60_000;

/** The right to send a message, among all workers. */
export interface WorkerClaim {
	/** A worker that died may have sent it: look before sending. */
	readonly isDoubtful: boolean;
	/** Whether it is certain at this moment that no other worker has taken it over. */
	readonly isHeld: boolean;
	settle(fate: Fate): void;
}

/** `others` ends with `undefined` when the message is free again and nothing is known of it. */
export type WorkerClaimed = { mine: WorkerClaim } | { others: Promise<Fate | undefined> };

/**
 * Which marked messages any worker is sending now or has sent in the last minutes: claims them between workers, as
 * `inFlight` does between the executions of one.
 *
 * @throws RedisAway when it cannot be known who holds them; the signal's reason
 */
export async function claimAmongWorkers(
	claims: Claims,
	ids: readonly string[],
	signal: AbortSignal | undefined,
): Promise<WorkerClaimed[]> {
	const names = ids.map((id) => `sending ${id}`);
	return (await claims.claim(names, { rememberMs: REMEMBER_MS, signal })).map(read);
}

function read(claimed: Claimed): WorkerClaimed {
	return 'mine' in claimed
		? { mine: toWorkerClaim(claimed.mine) }
		: { others: claimed.theirs.then((ending) => ending && toFate(ending)) };
}

const toWorkerClaim = (claim: Claim): WorkerClaim => ({
	isDoubtful: claim.isDoubtful,
	get isHeld() {
		return claim.isHeld;
	},
	settle: (fate) => claim.end(toEnding(fate, claim.isDoubtful)),
});

/** What one worker tells the others, as JSON. */
interface Told {
	message?: KeyedMessage | undefined;
}
type Sent = Told & { sent: IDataObject };
type Failed = Told & { facts: ErrorFacts };

function toEnding(fate: Fate, isDoubtful: boolean): Ending {
	const { message } = fate;
	if ('sent' in fate) return { done: JSON.stringify({ sent: fate.sent, message } satisfies Sent) };
	const { facts } = fate.failed;
	const words = JSON.stringify({ facts, message } satisfies Failed);
	return mayBeSent(fate, isDoubtful) ? { unknown: words } : { failed: words };
}

function toFate(ending: Ending): Fate | undefined {
	if ('done' in ending) return JSON.parse(ending.done) as Sent;
	const words = 'failed' in ending ? ending.failed : ending.unknown;
	// Given back without having been tried.
	if (words === '') return undefined;
	const { facts, message } = JSON.parse(words) as Failed;
	return { failed: new ServiceError(facts), message };
}
