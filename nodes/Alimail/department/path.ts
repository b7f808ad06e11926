import { invalidInput } from '../../../core/errors';
import { cleanText, tidyText } from '../../../core/sync';
import { truncate } from '../../../core/text';

/** `R&D/Platform/Core` → its names. A slash that belongs to a name is written `\/`. */
export function splitPath(text: string, label: string): string[] {
	const names = text.split(/(?<!\\)\//).map((name) => tidyText(name.replaceAll('\\/', '/')));
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
	names.map((name) => name.replaceAll('/', '\\/')).join('/');

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
