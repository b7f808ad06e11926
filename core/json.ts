/** A whole number that may be too long, where numbers stand: outside of strings. */
const LONG = /(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;
const HAS_LONG = /\d{16}/;

/**
 * Reads JSON as JavaScript does, but for whole numbers that a JavaScript number cannot hold: these come as text, digit by
 * digit. Services count in 64 bits, and an id that ends in other digits is another one's.
 *
 * @throws SyntaxError when it is not JSON
 */
export const parseJson = (text: string): unknown =>
	JSON.parse(HAS_LONG.test(text) ? withQuotedNumbers(text) : text);

/** By hand: a regular expression that knows strings needs a stack as long as they are. */
function withQuotedNumbers(text: string): string {
	const parts: string[] = [];
	let at = 0;
	while (at < text.length) {
		const quote = text.indexOf('"', at);
		const end = quote < 0 ? text.length : quote;
		parts.push(
			text
				.slice(at, end)
				.replace(LONG, (digits) => (Number.isSafeInteger(Number(digits)) ? digits : `"${digits}"`)),
		);
		at = quote < 0 ? end : endOfString(text, quote);
		parts.push(text.slice(end, at));
	}
	return parts.join('');
}

/** The place after a string that begins at a quote. */
function endOfString(text: string, quote: number): number {
	let end = quote;
	do {
		end = text.indexOf('"', end + 1);
		if (end < 0) return text.length;
	} while (isEscaped(text, end));
	return end + 1;
}

function isEscaped(text: string, at: number): boolean {
	let backslashes = 0;
	while (text[at - 1 - backslashes] === '\\') backslashes++;
	return backslashes % 2 === 1;
}
