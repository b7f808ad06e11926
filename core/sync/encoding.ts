// What Windows-1252 has at 0x80 to 0x9F; where it has nothing, programs leave the control character.
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const BYTES = new Map([...WINDOWS].map((sign, index) => [sign, 0x80 + index]));
// What the first byte of a character of UTF-8 is read as.
const LEADING = /[\u00c2-\u00f4]/;
const strict = new TextDecoder('utf-8', { fatal: true });

/**
 * Whether a text has been read in an encoding that it was not written in: it holds the character that stands for lost ones
 * (U+FFFD, also as the famous 锟斤拷 that it becomes when read once more), or it is UTF-8 read as Western European
 * ("MÃ¼ller", "çŽ‹"), which turns back into sound text byte by byte.
 */
export function isMisread(text: string): boolean {
	if (text.includes('\ufffd') || text.includes('锟斤拷')) return true;
	return LEADING.test(text) && isUtf8InDisguise(text);
}

function isUtf8InDisguise(text: string): boolean {
	const bytes: number[] = [];
	for (const sign of text) {
		const code = sign.codePointAt(0)!;
		const byte = code < 0x100 ? code : BYTES.get(sign);
		if (byte === undefined) return false;
		bytes.push(byte);
	}
	try {
		return strict.decode(Uint8Array.from(bytes)) !== text;
	} catch {
		return false;
	}
}
