import type { IDataObject } from 'n8n-workflow';

/** What a lookup gives when the item is not plain enough to be sure what n8n would make of it: n8n decides then. */
export const NOT_PLAIN = Symbol('not plain');

/** Looks a field up in an item. */
export type Reference = (json: IDataObject) => unknown;

const STEP = String.raw`\.[A-Za-z_$][\w$]*|\[\s*(?:"[^"\\]*"|'[^'\\]*'|\d+)\s*\]`;
const WHOLE = new RegExp(String.raw`^=\s*\{\{\s*\$json((?:${STEP})+)\s*\}\}\s*$`);
const STEPS = new RegExp(STEP, 'g');

/** `={{ $json.user['first name'] }}` as a function; undefined for any expression that does more than name a field. */
export function compileReference(expression: string): Reference | undefined {
	const path = WHOLE.exec(expression)?.[1];
	if (path === undefined || expression !== expression.trim()) return undefined;
	const names = path.match(STEPS)!.map(nameOf);
	return (json) => {
		let at: unknown = json;
		for (const [depth, name] of names.entries()) {
			if (!isPlain(at)) return NOT_PLAIN;
			const isLast = depth === names.length - 1;
			if (!Object.hasOwn(at, name)) return isLast && !(name in at) ? undefined : NOT_PLAIN;
			at = (at as Record<string, unknown>)[name];
		}
		return typeof at !== 'object' || at === null || isPlain(at) ? at : NOT_PLAIN;
	};
}

function nameOf(step: string): string {
	if (step.startsWith('.')) return step.slice(1);
	return step
		.slice(1, -1)
		.trim()
		.replace(/^["']|["']$/g, '');
}

/** JSON as it came: no dates or other instances, which n8n turns into text. */
function isPlain(value: unknown): value is object {
	if (typeof value !== 'object' || value === null) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === Array.prototype || prototype === null;
}
