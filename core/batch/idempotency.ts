import type { IDataObject } from 'n8n-workflow';
import { domainToASCII } from 'node:url';

/** What a message is known by, so that it can be found again at the service. */
export interface IdempotencyKey {
	/** Where the key counts: the same key from another node is another message. */
	scope: string;
	key: string;
	/** How many days back an earlier message with this key counts. */
	days: number;
	/** How long the search may be behind, in milliseconds, where somebody says so. */
	searchWaitMs?: number;
	/** Given when the key is the user's own, and so may be the same for messages that are not. */
	message?: KeyedMessage;
}

/** A message as far as it tells whether two that carry one key are the same. */
export interface KeyedMessage {
	/** All who get it: bare addresses in lower case, sorted. */
	recipients: string[];
	/** Missing where it is not known: a template's subject before it is sent, the template afterwards. */
	subject?: string;
	template?: string;
}

/** Who gets a message, for comparing. */
export const sortedAddresses = (addresses: string[]): string[] =>
	[...new Set(addresses.map((address) => plainAddress(address.toLowerCase())))].sort();

/** A service may answer with the other way of writing a domain with letters beyond ASCII. */
function plainAddress(address: string): string {
	if (/^[\x20-\x7e]*$/.test(address)) return address;
	const at = address.lastIndexOf('@') + 1;
	return address.slice(0, at) + (domainToASCII(address.slice(at)) || address.slice(at));
}

/** Services fold white space, and may write accents in the other way. */
const plainText = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();

/** What differs between two messages with one key; undefined when they are the same as far as is known. */
export function difference(
	a: KeyedMessage,
	b: KeyedMessage,
): 'recipients' | 'subject' | 'template' | undefined {
	if (a.recipients.join() !== b.recipients.join()) return 'recipients';
	for (const fact of ['subject', 'template'] as const) {
		const [one, other] = [a[fact], b[fact]];
		if (one && other && plainText(one) !== plainText(other)) return fact;
	}
	return undefined;
}

/** Messages that were found at the service, by `idOf(mark)`; each as the result its item would have had. */
export type Found = Map<string, FoundMessage>;

export interface FoundMessage {
	row: IDataObject;
	message?: KeyedMessage;
}

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

/** The pauses of a search that may be behind by `waitMs` in all. */
export function pausesOf(waitMs: number | undefined): number[] {
	const { pausesMs } = patience;
	if (waitMs === undefined) return pausesMs;
	const whole = pausesMs.reduce((sum, ms) => sum + ms, 0);
	return pausesMs.map((ms) => (ms * waitMs) / whole);
}

/** How often a message is handed over that turns out each time not to have arrived. */
export const MAX_TRIES = 3;
