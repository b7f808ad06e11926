import { invalid } from './errors';

/** How one field of a body is checked. `max` is in characters as a person counts them (code points). */
export type Rule =
	| { type: 'text'; max: number }
	| { type: 'boolean' }
	| { type: 'enum'; values: readonly string[] }
	| { type: 'texts'; max: number };

export type Rules = Record<string, Rule>;

/** Text limits are not documented; these are the sandbox's own assumption, tight enough to find careless clients. */
export const NAME = { type: 'text', max: 64 } as const;
export const TEXT = { type: 'text', max: 256 } as const;
export const NOTE = { type: 'text', max: 1024 } as const;
export const FLAG = { type: 'boolean' } as const;
export const IDS = { type: 'texts', max: 100 } as const;

/**
 * A JSON object with known fields only, each of its type. How the service treats `null` is not documented, so it is
 * refused; an empty text clears a field.
 * @throws 400 that names the field.
 */
export function readBody(
	body: unknown,
	rules: Rules,
	required: readonly string[] = [],
): Record<string, unknown> {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		throw invalid('The body must be a JSON object.');
	}
	const given = body as Record<string, unknown>;
	for (const [field, value] of Object.entries(given)) {
		const rule = Object.hasOwn(rules, field) ? rules[field] : undefined;
		if (!rule) throw invalid(`Unknown field "${field}".`, field);
		checkField(field, value, rule);
	}
	for (const field of required) {
		const value = given[field];
		if (value === undefined || (typeof value === 'string' && !value.trim())) {
			throw invalid(`The field "${field}" is required.`, field);
		}
	}
	return given;
}

function checkField(field: string, value: unknown, rule: Rule): void {
	switch (rule.type) {
		case 'boolean':
			if (typeof value !== 'boolean') throw invalid(`"${field}" must be true or false.`, field);
			return;
		case 'enum':
			if (typeof value !== 'string' || !rule.values.includes(value)) {
				throw invalid(`"${field}" must be one of ${rule.values.join(', ')}.`, field);
			}
			return;
		case 'text':
			if (typeof value !== 'string') throw invalid(`"${field}" must be a text.`, field);
			if ([...value].length > rule.max) {
				throw invalid(`"${field}" is longer than ${rule.max} characters.`, field);
			}
			return;
		case 'texts':
			if (!Array.isArray(value) || value.some((one) => typeof one !== 'string' || one === '')) {
				throw invalid(`"${field}" must be a list of texts.`, field);
			}
			if (value.length > rule.max) throw invalid(`"${field}" has more than ${rule.max} entries.`, field);
	}
}

type Query = Record<string, unknown>;

/** Refuses query parameters the operation does not have, and ones given twice. @throws 400 */
export function knownQuery(query: unknown, allowed: readonly string[]): Query {
	for (const [name, value] of Object.entries(query as Query)) {
		if (!allowed.includes(name)) throw invalid(`Unknown query parameter "${name}".`, name);
		if (Array.isArray(value)) throw invalid(`The query parameter "${name}" is given more than once.`, name);
	}
	return query as Query;
}

/** @throws 400 when it is not a whole number from `min` to `max`. */
export function wholeNumber(query: Query, name: string, fallback: number, min: number, max: number): number {
	const raw = query[name];
	if (raw === undefined) return fallback;
	if (!/^\d{1,9}$/.test(String(raw)) || Number(raw) < min || Number(raw) > max) {
		throw invalid(`"${name}" must be a whole number from ${min} to ${max}.`, name);
	}
	return Number(raw);
}

/** `managed` restricts to what the caller may manage; an app manages the whole tenant, so it changes nothing. */
export function checkManaged(query: Query): void {
	const raw = query.managed;
	if (raw !== undefined && raw !== 'true' && raw !== 'false') {
		throw invalid('"managed" must be true or false.', 'managed');
	}
}

/** The fields named by `$select`, or undefined without it. @throws 400 for a field that does not exist. */
export function selected(query: Query, known: ReadonlySet<string>): string[] | undefined {
	const raw = query.$select;
	if (raw === undefined) return undefined;
	const fields = String(raw)
		.split(',')
		.map((field) => field.trim())
		.filter(Boolean);
	const unknown = fields.find((field) => !known.has(field));
	if (unknown) throw invalid(`"$select" names the unknown field "${unknown}".`, '$select');
	return fields;
}

/** Answers without an empty field: the service may leave out what has no content. */
export function withoutEmpty<T extends object>(record: T): Partial<T> {
	return Object.fromEntries(
		Object.entries(record).filter(([, value]) => value !== undefined && value !== ''),
	) as Partial<T>;
}
