/**
 * A URL path whose every inserted value is one encoded segment: path`/v2/users/${'a/b@c'}` → `/v2/users/a%2Fb%40c`.
 * A value can therefore never climb out of its place ("..", "/", "?").
 */
export function path(parts: TemplateStringsArray, ...values: Array<string | number>): string {
	return parts.reduce((all, part, i) => all + encodeSegment(values[i - 1]!) + part);
}

function encodeSegment(value: string | number): string {
	const encoded = encodeURIComponent(String(value));
	return encoded === '.' || encoded === '..' ? encoded.replaceAll('.', '%2E') : encoded;
}

/** A value that may stand in an HTTP header: one line, no control characters. */
export function headerValue(value: string): string {
	// eslint-disable-next-line no-control-regex
	return value.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
}
