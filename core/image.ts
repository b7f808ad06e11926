const KINDS: Array<[first: string, ending: string, mimeType: string]> = [
	['ffd8ff', 'jpg', 'image/jpeg'],
	['89504e47', 'png', 'image/png'],
	['474946', 'gif', 'image/gif'],
	['424d', 'bmp', 'image/bmp'],
];

/** What an image is, by its first bytes, whatever its name says; undefined for what is no JPEG, PNG, GIF or BMP. */
export function imageKind(content: Buffer): { ending: string; mimeType: string } | undefined {
	const start = content.subarray(0, 4).toString('hex');
	const [, ending, mimeType] = KINDS.find(([first]) => start.startsWith(first)) ?? [];
	return ending === undefined || mimeType === undefined ? undefined : { ending, mimeType };
}
