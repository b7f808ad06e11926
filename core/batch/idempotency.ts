import type { IDataObject } from 'n8n-workflow';

/** What a message is known by, so that it can be found again at the service. */
export interface IdempotencyKey {
	/** Where the key counts: the same key from another node is another message. */
	scope: string;
	key: string;
	/** How many days back an earlier message with this key counts. */
	days: number;
}

/** Messages that were found at the service, by `idOf(mark)`; each as the result its item would have had. */
export type Found = Map<string, IDataObject>;

export const idOf = ({ scope, key }: IdempotencyKey): string => `${scope} ${key}`;

/** Looks for marked messages at the service, for one run. A look-up that fails throws: "not found" must be certain. */
export interface Finder {
	/** Those that went out before this run; may answer from what it has read in this run. */
	before(marks: IdempotencyKey[]): Promise<Found>;
	/** Those that went out up to this moment, asked anew. */
	now(marks: IdempotencyKey[]): Promise<Found>;
}

/**
 * Pauses before each look-up of messages whose fate is unknown, in milliseconds: a service's search is a little behind
 * what it has accepted. Only when the last look-up does not find a message either, it counts as not sent.
 */
export const patience = { pausesMs: [1_000, 2_000, 4_000, 8_000] };

/** How often a message is handed over that turns out each time not to have arrived. */
export const MAX_TRIES = 3;
