/** Most answers have no such number: loaded with the first that has one. */
const reader = () => require('lossless-json') as typeof import('lossless-json');

/** A number with so many digits may be longer than JavaScript can hold; texts with such digits in them are read right too. */
const LONG_NUMBER = /(?:^|[[{:,\s])-?\d{16,}/;

/** Lists and objects within each other, at most. Real data has ten; what goes through all of them by itself breaks at some thousands. */
export const MOST_LEVELS = 1_000;

/** Whether JSON has more lists and objects within each other than this pack, n8n and JavaScript can handle. */
export function isTooDeep(text: string): boolean {
	if (text.length < 2 * MOST_LEVELS) return false;
	let levels = 0;
	let isInText = false;
	for (let at = 0; at < text.length; at++) {
		const sign = text[at];
		if (isInText) {
			if (sign === '\\') at++;
			else if (sign === '"') isInText = false;
		} else if (sign === '"') isInText = true;
		else if (sign === '{' || sign === '[') {
			if (++levels > MOST_LEVELS) return true;
		} else if (sign === '}' || sign === ']') levels--;
	}
	return false;
}

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
