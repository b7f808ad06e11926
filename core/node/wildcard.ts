/**
 * A test for texts in which a star of the pattern stands for any letters: `invoice_*`, `*-admin@example.com`. As fast with many
 * stars as with one: each part between two of them is looked for once, behind the one before.
 */
export function wildcard(pattern: string): (text: string) => boolean {
	const [start, ...others] = pattern.split('*');
	const end = others.pop();
	if (start === undefined || end === undefined) return (text) => text === pattern;
	return (text) => {
		if (text.length < start.length + end.length || !text.startsWith(start) || !text.endsWith(end))
			return false;
		const last = text.length - end.length;
		let at = start.length;
		for (const part of others) {
			const found = text.indexOf(part, at);
			if (found < 0) return false;
			at = found + part.length;
		}
		return at <= last;
	};
}
