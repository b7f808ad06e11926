/** Most answers have no such number: loaded with the first that has one. */
const reader = () => require('lossless-json') as typeof import('lossless-json');

/** A number with so many digits may be longer than JavaScript can hold; texts with such digits in them are read right too. */
const LONG_NUMBER = /(?:^|[[{:,\s])-?\d{16,}/;

/**
 * JSON as JavaScript reads it, but for whole numbers that a JavaScript number cannot hold: these come out as text, digit by
 * digit. Services count in 64 bits, and an id that ends in other digits is another one's.
 * @throws {SyntaxError} when it is no JSON
 */
export function parseJson(text: string): unknown {
	if (!LONG_NUMBER.test(text)) return JSON.parse(text) as unknown;
	const { parse, isInteger, isSafeNumber } = reader();
	return parse(text, undefined, (digits) =>
		isInteger(digits) && !isSafeNumber(digits) ? digits : Number(digits),
	);
}
