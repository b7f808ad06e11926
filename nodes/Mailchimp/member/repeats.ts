import type { Client } from '../../../core/http/client';
import type { RunFeedback } from '../../../core/node/operation';
import { counted } from '../../../core/text';

const addresses = new WeakMap<Client, { items: number; seen: Set<string> }>();

/** Notes which contacts so many items of a run are about, for what {@link tellRepeats} says. */
export function noteAddresses(client: Client, keys: ReadonlySet<string>, items: number): void {
	const ofRun = addresses.get(client) ?? { items: 0, seen: new Set<string>() };
	addresses.set(client, ofRun);
	ofRun.items += items;
	for (const key of keys) ofRun.seen.add(key);
}

/** Says how many items of the run were about a contact that an item before them was about. */
export function tellRepeats(client: Client, feedback: RunFeedback): void {
	const { items, seen } = addresses.get(client) ?? { items: 0, seen: new Set() };
	if (items > seen.size)
		feedback.hint(
			`${counted(items - seen.size, 'item')} had the address of an item before: the later values won, and each has the answer of the contact.`,
		);
}
