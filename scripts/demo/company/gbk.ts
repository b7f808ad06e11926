const GBK = new TextDecoder('gbk');

/** Every sign that GBK has, with its two bytes: Node reads this encoding and does not write it. */
function table(): Map<string, Buffer> {
	const signs = new Map<string, Buffer>();
	for (let lead = 0x81; lead <= 0xfe; lead += 1)
		for (let trail = 0x40; trail <= 0xfe; trail += 1) {
			const bytes = Buffer.from([lead, trail]);
			const sign = GBK.decode(bytes);
			if (trail !== 0x7f && sign.length === 1 && sign !== '\ufffd' && !signs.has(sign))
				signs.set(sign, bytes);
		}
	return signs;
}

let signs: Map<string, Buffer> | undefined;

/** A text as a Chinese Windows saves it: a question mark for what GBK does not have. */
export function toGbk(text: string): Buffer {
	signs ??= table();
	const bytes = Array.from(text, (sign) =>
		sign.charCodeAt(0) < 0x80 ? Buffer.from(sign) : (signs?.get(sign) ?? Buffer.from('?')),
	);
	return Buffer.concat(bytes);
}
