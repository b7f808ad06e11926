import { cleanText } from '../visible';
import type { Current, Rules, Value } from './types';

/** Whether a field is mapped and holds anything. */
export function isFilled(value: Value | undefined): value is Value {
	if (value === undefined) return false;
	if (typeof value === 'boolean') return true;
	if (typeof value === 'string') return isVisible(value);
	return value.some(isVisible);
}

/** What begins with an ordinary sign needs no closer look. */
function isVisible(text: string): boolean {
	const first = text.charCodeAt(0);
	return (first > 0x20 && first < 0x7f) || cleanText(text) !== '';
}

export interface Normaliser {
	/** Whether two values of a field mean the same. Missing, empty text and an empty list do; a missing switch is off. */
	same(field: string, a: Value | undefined, b: Value | undefined): boolean;
	/** Whether a record has a value of a field, as its own or as a further one. */
	has(record: Current, field: string, value: Value | undefined): boolean;
	/** What a value is looked up by: normalised and case-folded. Empty when it cannot identify anybody. */
	lookup(field: string, value: Value | undefined): string;
}

/** The rules' way of comparing values: width and white space never count, lists are sets, the rest is up to the rules. */
export function createNormaliser(rules: Pick<Rules, 'normalise'>): Normaliser {
	const normal = (field: string, value: Value | undefined): Value => {
		if (value === undefined) return '';
		const clean =
			typeof value === 'string' ? cleanText(value) : Array.isArray(value) ? cleanList(value) : value;
		const extra = rules.normalise?.[field];
		return extra && isFilled(clean) ? extra(clean) : clean;
	};
	const same = (field: string, a: Value | undefined, b: Value | undefined): boolean => {
		// Nearly all values have not changed at all: find that out before any normalising.
		if (a === b || sameList(a, b)) return true;
		const left = normal(field, a);
		const right = normal(field, b);
		if (typeof left === 'boolean' || typeof right === 'boolean') return asSwitch(left) === asSwitch(right);
		if (Array.isArray(left) || Array.isArray(right)) return asSet(left) === asSet(right);
		return left === right;
	};
	return {
		same,
		has: ({ fields, also }, field, value) =>
			same(field, fields[field], value) || also?.[field]?.some((other) => same(field, other, value)) === true,
		lookup(field, value) {
			const found = normal(field, value);
			const text = Array.isArray(found) ? (found.length === 1 ? found[0]! : '') : found;
			return typeof text === 'string' ? text.toLowerCase() : '';
		},
	};
}

function cleanList(list: string[]): string[] {
	return list.map(cleanText).filter((entry) => entry !== '');
}

function asSwitch(value: Value): string {
	// A service that leaves a switch out of its answer means "off", and a spreadsheet writes TRUE for true.
	return value === '' || value === false ? 'false' : String(value).toLowerCase();
}

function sameList(a: Value | undefined, b: Value | undefined): boolean {
	if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
	return a.every((entry, index) => entry === b[index]);
}

function asSet(value: Value): string {
	const entries = Array.isArray(value) ? value : [String(value)];
	return JSON.stringify([...new Set(entries.filter((entry) => entry !== ''))].sort());
}

/** For what is the same in any case of its letters, such as an address. */
export const inLowerCase = (value: unknown): string => String(value).toLowerCase();

/** For phone numbers, which are the same however they are grouped. */
export const ungrouped = (value: unknown): string => String(value).replace(/[\s()./-]+/g, '');
