import { cleanText, revealed } from '../visible';
import type { Desired, Rules, Value, Vocabulary } from './types';

const LONGEST_VALUE = 60;
const LONGEST_LIST = 5;

export const GENERAL_VOCABULARY: Vocabulary = {
	target: 'the target',
	record: 'record',
	records: 'records',
	disable: 'disable',
	disabled: 'disabled',
	enable: 'enable',
	enabled: 'enabled',
};

export const wordsOf = ({ vocabulary = GENERAL_VOCABULARY }: Pick<Rules, 'vocabulary'>): Vocabulary =>
	vocabulary;

/** "frozen" → "Frozen". */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A row as people count, and as they find it in their file: "Item 208, line 209 of the file". */
export function rowName({ row, line }: { row: number; line?: number }): string {
	return line === undefined ? `Item ${row + 1}` : `Item ${row + 1}, line ${line} of the file`;
}

/** A field in the words of the person who mapped it. */
export function fieldName(rules: Pick<Rules, 'labels'>, field: string): string {
	return rules.labels[field] ?? field;
}

/** A value in quotes, on one line, cut to 60 characters. */
export function quoted(value: Value | undefined): string {
	return inQuotes(cleanText(Array.isArray(value) ? value.join(', ') : String(value ?? '')));
}

/** A row's cell in quotes, as it stands in the source: what cannot be seen in it is made visible. */
export function quotedCell({ raw, fields }: Desired, field: string): string {
	const text = raw?.[field];
	return text === undefined ? quoted(fields[field]) : inQuotes(revealed(text));
}

function inQuotes(text: string): string {
	const letters = Array.from(text);
	return `"${letters.length > LONGEST_VALUE ? `${letters.slice(0, LONGEST_VALUE - 1).join('')}…` : text}"`;
}

/** "a", "a and b", "a, b and c"; beyond five "a, b, c, d, e and 7 more", where `total` counts those not passed in. */
export function listed(entries: string[], total = entries.length): string {
	const more = total - LONGEST_LIST;
	const shown = more > 0 ? [...entries.slice(0, LONGEST_LIST), `${more} more`] : entries;
	if (shown.length < 2) return shown.join('');
	return `${shown.slice(0, -1).join(', ')} and ${shown[shown.length - 1]}`;
}

/** Whether a part is more than a limit in percent. Without a limit nothing is. */
export function exceeds(part: number, whole: number, limit: number | undefined): boolean {
	return limit !== undefined && part > 0 && part * 100 > limit * whole;
}

/** "1 row", "2 rows". */
export function count(number: number, one: string, many = `${one}s`): string {
	return `${number} ${number === 1 ? one : many}`;
}

/** What to call a row's person: an address if the rules match on one, else the key or a name, else the row. */
export function rowLabel(desired: Desired, rules: Pick<Rules, 'key' | 'match' | 'identity'>): string {
	const key = desired.fields[rules.key];
	let best = typeof key === 'string' ? cleanText(key) : '';
	for (const field of [...rules.match, ...(rules.identity ?? [])]) {
		const value = desired.fields[field];
		const text = typeof value === 'string' ? cleanText(value) : '';
		if (text.includes('@')) return text;
		if (best === '') best = text;
	}
	return best === '' ? rowName(desired) : best;
}
