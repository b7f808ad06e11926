/**
 * What PHP's `serialize` makes: SendPulse's own clients send emails and contacts as a text of this form, and its API takes
 * that as well as JSON. Lengths count bytes.
 * @throws {SyntaxError} when it is anything else
 */
export function unserialize(text: string): unknown {
	const bytes = Buffer.from(text);
	let at = 0;
	const until = (end: string): string => {
		const stop = bytes.indexOf(end, at);
		if (stop < 0) throw new SyntaxError('It stops half way.');
		const found = bytes.toString('utf8', at, stop);
		at = stop + end.length;
		return found;
	};
	const value = (): unknown => {
		const kind = bytes.toString('utf8', at, at + 2);
		at += 2;
		if (kind === 'N;') return null;
		if (kind === 'i:' || kind === 'd:') return Number(until(';'));
		if (kind === 'b:') return until(';') === '1';
		if (kind === 's:') return string(Number(until(':"')));
		if (kind === 'a:') return list(Number(until(':{')));
		throw new SyntaxError(`“${kind}” is no kind of value.`);
	};
	const string = (length: number): string => {
		const found = bytes.toString('utf8', at, at + length);
		at += length;
		if (until('";') !== '') throw new SyntaxError('A text is longer than it says.');
		return found;
	};
	const list = (length: number): unknown => {
		const pairs = Array.from({ length }, () => [value(), value()] as const);
		if (until('}') !== '') throw new SyntaxError('A list is longer than it says.');
		const isArray = pairs.every(([key], i) => key === i);
		return isArray
			? pairs.map(([, one]) => one)
			: Object.fromEntries(pairs.map(([key, one]) => [String(key), one]));
	};
	return value();
}

/** A field as JSON has it, or in that form; `undefined` when it is a text of neither. */
export function plain(field: unknown): unknown {
	if (typeof field !== 'string') return field;
	try {
		return unserialize(field);
	} catch {
		return undefined;
	}
}
