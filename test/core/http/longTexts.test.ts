import { LEFT_OUT, withoutLongTexts } from '../../../core/http/longTexts';

/** What is left of a text, whichever pieces it comes in. */
async function left(text: string, most: number, pieceLength: number): Promise<string> {
	const bytes = Buffer.from(text);
	async function* pieces() {
		for (let at = 0; at < bytes.length; at += pieceLength) yield bytes.subarray(at, at + pieceLength);
	}
	const found: Buffer[] = [];
	for await (const piece of withoutLongTexts(pieces(), most)) found.push(piece);
	return Buffer.concat(found).toString();
}

test.each([1, 2, 3, 7, 1_000])(
	'long texts are left out of pieces of %i bytes, and nothing else',
	async (length) => {
		const long = 'x'.repeat(50);
		const row = { a: 'short', quote: 'a "b" \\', 'k"y': ['ü€', 1, null, true], end: '\\' };
		const withLong = { ...row, body: { content: `${long}\\"${long}` }, next: `"${long}`, last: 'z' };
		expect(JSON.parse(await left(JSON.stringify(withLong), 40, length))).toEqual({
			...row,
			body: { content: LEFT_OUT },
			next: LEFT_OUT,
			last: 'z',
		});
	},
);

test('an answer that broke off within a text stays broken', async () => {
	expect(await left('{"a":"bc', 10, 3)).toBe('{"a":"bc');
});
