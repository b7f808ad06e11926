import type { IDataObject } from 'n8n-workflow';
import type { ServiceError } from '../errors';
import type { KeyedMessage } from './idempotency';

/** What became of a message, and which it was. */
export type Fate = ({ sent: IDataObject } | { failed: ServiceError }) & {
	message?: KeyedMessage | undefined;
};

/** The right to send the message with an ID, which only one holds at a time. It must be settled, whatever happens. */
export interface Claim {
	settle(fate: Fate): void;
}

interface Entry {
	fate: Promise<Fate>;
	message: KeyedMessage | undefined;
	/** Epoch milliseconds; missing while it is under way. */
	sentAt?: number;
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
	if (entry !== undefined) return { others: entry.fate, message: entry.message };
	let tell!: (fate: Fate) => void;
	const own: Entry = { fate: new Promise<Fate>((resolve) => (tell = resolve)), message };
	known.set(id, own);
	return {
		mine: {
			settle(fate) {
				// What was not sent may be tried again, by anybody.
				if ('failed' in fate) known.delete(id);
				else own.sentAt = Date.now();
				tell(fate);
			},
		},
	};
}

/** As after a restart of the process. */
export const forgetClaims = (): void => known.clear();

function forgetOld(): void {
	const oldest = Date.now() - REMEMBER_MS;
	for (const [id, { sentAt }] of known) {
		if (sentAt !== undefined && (sentAt < oldest || known.size > MAX_REMEMBERED)) known.delete(id);
		else if (known.size <= MAX_REMEMBERED) return;
	}
}
