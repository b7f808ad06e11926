import { isSafeNumber, parse } from 'lossless-json';

/** A number with so many digits may be longer than JavaScript can hold; texts with such digits in them are read right too. */
const LONG_NUMBER = /[[{:,\s]-?\d{16,}/;

/**
 * JSON as a value. Ids of more digits than a JavaScript number holds come out as text, digit by digit, and not rounded.
 * @throws {SyntaxError} when it is no JSON
 */
export function parseJson(text: string): unknown {
	if (!LONG_NUMBER.test(text)) return JSON.parse(text) as unknown;
	return parse(text, undefined, (digits) => (isSafeNumber(digits) ? Number(digits) : digits));
}
