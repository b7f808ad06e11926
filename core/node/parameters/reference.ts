import type { IDataObject } from 'n8n-workflow';

/** What a lookup gives when the item is not plain enough to be sure what n8n would make of it: n8n decides then. */
export const NOT_PLAIN = Symbol('not plain');

/** Fills an expression in from an item. */
export type Lookup = (json: IDataObject) => unknown;

const STEP = String.raw`\.[A-Za-z_$][\w$]*|\[\s*(?:"[^"\\\r\n]*"|'[^'\\\r\n]*'|0|[1-9]\d{0,8})\s*\]`;
const REFERENCE = new RegExp(String.raw`^\s*\$json((?:${STEP})+)\s*$`);
const STEPS = new RegExp(STEP, 'g');

/** n8n reads these in ways of its own (escapes, brackets within brackets) or refuses them. */
const FOR_N8N = /\\|\{\{\{|\}\}\}|\.\s*constructor/;
/** Names that n8n refuses, or looks at, wherever they stand (`unsafeObjectProperties` in n8n-workflow's utils.ts). */
const REFUSED_NAMES = new Set(
	[
		'__proto__ prototype constructor getPrototypeOf setPrototypeOf getOwnPropertyDescriptor getOwnPropertyDescriptors',
		'defineProperty defineProperties mainModule binding _linkedBinding _load prepareStackTrace __lookupGetter__',
		'__lookupSetter__ __defineGetter__ __defineSetter__ caller callee arguments getBuiltinModule dlopen execve',
		'loadEnvFile ___n8n_data __sanitize',
	].flatMap((names) => names.split(' ')),
);

/**
 * An expression that only names fields of the item, as a function: `={{ $json.user['first name'] }}`, or text with any
 * number of such references in it, `=Hello {{ $json.name }}`. Undefined for every other expression.
 */
export function compileExpression(expression: string): Lookup | undefined {
	// n8n finds what it has compiled by name in an object: "constructor" is there from the start.
	if (FOR_N8N.test(expression) || expression.slice(1) in {}) return undefined;
	const [first, ...rest] = expression.slice(1).split('{{');
	const parts: Part[] = [];
	for (const piece of rest) {
		const end = piece.indexOf('}}');
		const value = end < 0 ? undefined : reference(piece.slice(0, end));
		if (value === undefined) return undefined;
		parts.push({ value, after: piece.slice(end + 2) });
	}
	const [only, ...more] = parts;
	if (only !== undefined && more.length === 0 && first === '' && only.after === '') return only.value;
	return (json) => joined(first!, parts, json);
}

interface Part {
	value: Lookup;
	/** The text behind it. */
	after: string;
}

/** Fields within text. Lists, objects and odd numbers are written in n8n's own way. */
function joined(first: string, parts: Part[], json: IDataObject): string | typeof NOT_PLAIN {
	let text = first;
	for (const { value, after } of parts) {
		const found = value(json);
		if (typeof found === 'string') text += found;
		else if (typeof found === 'boolean' || Number.isFinite(found)) text += String(found);
		else if (found !== undefined && found !== null) return NOT_PLAIN;
		text += after;
	}
	return text;
}

/** ` $json.user['first name'] `, as it stands between the brackets. */
function reference(code: string): Lookup | undefined {
	const names = REFERENCE.exec(code)?.[1]?.match(STEPS)?.map(nameOf);
	if (names === undefined || names.some((name) => REFUSED_NAMES.has(name))) return undefined;
	const last = names.length - 1;
	return (json) => {
		let at: unknown = json;
		for (let depth = 0; depth <= last; depth++) {
			const name = names[depth]!;
			if (!isPlain(at)) return NOT_PLAIN;
			if (!Object.hasOwn(at, name)) return depth === last && !(name in at) ? undefined : NOT_PLAIN;
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
