import type { IDataObject } from 'n8n-workflow';
import type { ServiceError } from '../errors';
import type { KeyedMessage } from './idempotency';

/** What became of a message, and which it was. */
export type Fate = ({ sent: IDataObject } | { failed: ServiceError }) & {
	message?: KeyedMessage | undefined;
};

/** The right to send the message with an ID, which only one holds at a time. It must be settled, whatever happens. */
export interface Claim {
	/** Whoever held it before may have sent it: look for it, with patience, before sending. */
	readonly isDoubtful: boolean;
	settle(fate: Fate): void;
}

interface Entry {
	fate: Promise<Fate>;
	message: KeyedMessage | undefined;
	/** When it was sent, or may have been, in epoch milliseconds; missing while it is under way. */
	settledAt?: number;
	/** Nobody knows whether it was sent. */
	isDoubtful?: boolean;
}

/** Long enough for any search to catch up with what was accepted. */
const REMEMBER_MS = 10 * 60_000;
const MAX_REMEMBERED = 50_000;

/**
 * Which marked messages this process is sending now or has sent in the last minutes. A search at the service cannot tell
 * of those yet: it is behind, and two executions that start together would both find nothing.
 */
const known = new Map<string, Entry>();

/** The claim, or the message that someone else holds or has sent, and its fate. */
export function claim(
	id: string,
	message?: KeyedMessage,
): { mine: Claim } | { others: Promise<Fate>; message: KeyedMessage | undefined } {
	forgetOld();
	const entry = known.get(id);
	if (entry !== undefined && entry.isDoubtful !== true) return { others: entry.fate, message: entry.message };
	const isDoubtful = entry !== undefined;
	let tell!: (fate: Fate) => void;
	const own: Entry = { fate: new Promise<Fate>((resolve) => (tell = resolve)), message };
	known.delete(id);
	known.set(id, own);
	return {
		mine: {
			isDoubtful,
			settle(fate) {
				own.settledAt = Date.now();
				own.isDoubtful = mayBeSent(fate, isDoubtful);
				// What was not sent may be tried again, by anybody.
				if ('failed' in fate && !own.isDoubtful) known.delete(id);
				tell(fate);
			},
		},
	};
}

/** What was not sent now may have been sent by whoever held it before, as long as nobody could look. */
export function mayBeSent(fate: Fate, wasDoubtful: boolean): boolean {
	if ('sent' in fate) return false;
	const { outcome } = fate.failed;
	return outcome === 'unknown' || (wasDoubtful && outcome === 'notSent');
}

/** As after a restart of the process. */
export const forgetClaims = (): void => known.clear();

function forgetOld(): void {
	const oldest = Date.now() - REMEMBER_MS;
	for (const [id, { settledAt }] of known) {
		if (settledAt !== undefined && (settledAt < oldest || known.size > MAX_REMEMBERED)) known.delete(id);
		else if (known.size <= MAX_REMEMBERED) return;
	}
}
