import { invalidInput } from '../../../core/errors';
import { cleanText, tidyText } from '../../../core/sync';
import { truncate } from '../../../core/text';

/** The department that all others are below, as the API names it (github.com/eryajf/go-alimail, alimail/department.go). */
export const ROOT = '$root';
/** Its path: it has no name in those of others. */
export const TOP = '/';

/** A path as it is told from the top, whether `$root` stands at its beginning or not. */
export const fromTop = (text: string): string => text.replace(/^\s*\$root\s*(?:\/|$)/, '').trim() || TOP;

/** `R&D/Platform/Core` → its names; none for the top, `/` or `$root`. A slash that belongs to a name is written `\/`. */
export function splitPath(text: string, label: string): string[] {
	const path = text.trim() === '' ? text : fromTop(text);
	if (path === TOP) return [];
	const names = path.split(/(?<!\\)\//).map((name) => tidyText(name.replaceAll('\\/', '/')));
	if (names[0] === '') names.shift();
	if (names.at(-1) === '') names.pop();
	if (names.length === 0 || names.includes(''))
		throw invalidInput(
			label,
			`'${label}' is not a department path: “${truncate(text)}”`,
			'Write the departments from the top down with slashes between them, like R&D/Platform/Core.',
		);
	return names;
}

export const joinPath = (names: string[]): string =>
	names.length === 0 ? TOP : names.map((name) => name.replaceAll('/', '\\/')).join('/');

/** Names are the same when they differ only in width, case, white space and what nobody can see. */
export const sameName = (name: string): string => cleanText(name).toLowerCase();

/** Whether two paths name the same department. */
export function samePath(a: string, b: string): boolean {
	if (a === b) return true;
	const [left, right] = [a, b].map((text) =>
		text
			.split(/(?<!\\)\//)
			.map(sameName)
			.filter(Boolean)
			.join('\n'),
	);
	return left === right;
}
