import type { Current, Rules } from './types';

/** Fewer keys than this say nothing about how keys look. */
const ENOUGH = 5;
const MOST = 0.9;

/**
 * How many digits the target's keys have, when they are numbers of one length and some begin with a zero: what a
 * spreadsheet then hands over with fewer digits has lost its zeros. Undefined when keys are not like that.
 */
export function digitsOfKeys(records: Current[], { key }: Rules): number | undefined {
	const lengths = new Map<number, number>();
	let withZero = false;
	let numbers = 0;
	for (const { fields } of records) {
		const held = fields[key];
		if (typeof held !== 'string' || !/^\d+$/.test(held)) continue;
		numbers += 1;
		withZero ||= held.startsWith('0');
		lengths.set(held.length, (lengths.get(held.length) ?? 0) + 1);
	}
	if (!withZero || numbers < ENOUGH) return undefined;
	for (const [length, count] of lengths) if (count >= numbers * MOST) return length;
	return undefined;
}
