import { invalidInput } from '../errors';

/**
 * A URL path whose every inserted value is one encoded segment: path`/v2/users/${'a/b@c'}` → `/v2/users/a%2Fb%40c`.
 * A value can therefore never climb out of its place ("..", "/", "?").
 */
export function path(parts: TemplateStringsArray, ...values: Array<string | number>): string {
	return parts.reduce((all, part, i) => all + encodeSegment(values[i - 1]!) + part);
}

function encodeSegment(value: string | number): string {
	const text = String(value);
	// URL parsers take these for steps up the path even when they are encoded; an empty one means the whole collection.
	if (text === '' || text === '.' || text === '..')
		throw invalidInput('ID', `“${text}” is not an ID or address`, 'Check the expression it comes from.');
	return encodeURIComponent(text);
}

/** A value that may stand in an HTTP header: one line, no control characters. */
export function headerValue(value: string): string {
	return value.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
}
