export type FieldType = 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array' | 'any';

/** What a service takes in one field of a body, or one parameter of a query. */
export interface Field {
	type: FieldType;
	/** Has to come with a new record, and must not be empty text in any. */
	required?: boolean;
	/** The least and the most: of a number its value, of a text its characters, of a list its entries. */
	min?: number;
	max?: number;
	/** The only values it can have. */
	choices?: ReadonlyArray<string | number>;
	/** What a new record has when nothing comes. */
	default?: unknown;
	/** Settled when the record is made: in a change it is like a field that does not exist. */
	fixed?: boolean;
	/** Whether null is a value. */
	nullable?: boolean;
	/** Of an object. */
	fields?: Fields;
	/** Of each entry of a list. */
	items?: Field;
	/** What is wrong with a value of the right type: "is not a domain name". Nothing when all is well. */
	check?(value: never): string | undefined;
}

export type Fields = Readonly<Record<string, Field>>;

/** Something in a request that the service does not take. */
export interface Problem {
	kind: 'notObject' | 'nothing' | 'required' | 'type' | 'limit' | 'choice' | 'invalid' | 'unknown';
	/** With its place: `options.conditions[0].value`; empty for the body as a whole. */
	field: string;
	/** The rest of a sentence that begins with the field: "must be a string". */
	what: string;
}

/** How a service reads. */
export interface Reading {
	/** null is as if the field had not come. */
	nullIsAbsent?: boolean;
	/** Names are matched whatever their case. */
	anyCase?: boolean;
	/** What becomes of a field it does not know; nothing when it is ignored. */
	unknown(field: string): Problem | undefined;
}

export interface Read {
	/** The known fields, under their own names. */
	given: Record<string, unknown>;
	problems: Problem[];
}

/** @param whole whether everything that is required has to be there: a new record, a query; not a change. */
export function readFields(value: unknown, fields: Fields, how: Reading, whole: boolean): Read {
	return readObject(value, fields, how, whole, '');
}

function readObject(value: unknown, fields: Fields, how: Reading, whole: boolean, at: string): Read {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		return { given: {}, problems: [{ kind: 'notObject', field: at, what: 'must be an object' }] };
	}
	const given: Record<string, unknown> = {};
	const problems: Problem[] = [];
	const place = (name: string) => (at === '' ? name : `${at}.${name}`);
	for (const [name, content] of Object.entries(value)) {
		const known = nameOf(name, fields, how);
		const field = known === undefined ? undefined : fields[known];
		if (known === undefined || !field || (field.fixed && !whole)) {
			const problem = how.unknown(place(name));
			if (problem) problems.push(problem);
		} else if (content !== undefined && !(content === null && how.nullIsAbsent)) {
			const read = readValue(content, field, how, whole, place(known));
			given[known] = read.value;
			problems.push(...read.problems);
		}
	}
	for (const [name, { required }] of Object.entries(fields)) {
		const missing = whole ? given[name] === undefined : false;
		if (required && (missing || given[name] === '')) {
			problems.push({ kind: 'required', field: place(name), what: 'is required' });
		}
	}
	return { given, problems };
}

function nameOf(name: string, fields: Fields, { anyCase = false }: Reading): string | undefined {
	if (Object.hasOwn(fields, name)) return name;
	if (!anyCase) return undefined;
	return Object.keys(fields).find((known) => known.toLowerCase() === name.toLowerCase());
}

function readValue(
	value: unknown,
	field: Field,
	how: Reading,
	whole: boolean,
	at: string,
): { value: unknown; problems: Problem[] } {
	if (value === null && field.nullable) return { value, problems: [] };
	if (!isOf(field.type, value)) {
		return { value, problems: [{ kind: 'type', field: at, what: `must be ${NAMES[field.type]}` }] };
	}
	const own = wrongWith(value, field);
	if (own) return { value, problems: [{ ...own, field: at }] };
	if (field.fields) {
		const { given, problems } = readObject(value, field.fields, how, whole, at);
		return { value: given, problems };
	}
	const { items } = field;
	if (!items) return { value, problems: [] };
	const entries = (value as unknown[]).map((entry, index) =>
		// An entry is always new, also in a change.
		readValue(entry, items, how, true, `${at}[${index}]`),
	);
	return { value: entries.map((one) => one.value), problems: entries.flatMap((one) => one.problems) };
}

function wrongWith(value: unknown, field: Field): Omit<Problem, 'field'> | undefined {
	const { min, max, choices, check } = field;
	const size = sizeOf(value);
	const unit = typeof value === 'string' ? ' characters' : Array.isArray(value) ? ' entries' : '';
	if (max !== undefined && size > max) return { kind: 'limit', what: `must be at most ${max}${unit}` };
	if (min !== undefined && size < min) return { kind: 'limit', what: `must be at least ${min}${unit}` };
	if (value !== '' && choices && !choices.includes(value as string)) {
		return { kind: 'choice', what: `must be one of ${choices.join(', ')}, not '${String(value)}'` };
	}
	const what = value === '' ? undefined : check?.(value as never);
	return what === undefined ? undefined : { kind: 'invalid', what };
}

function sizeOf(value: unknown): number {
	if (typeof value === 'number') return value;
	return typeof value === 'string' || Array.isArray(value) ? value.length : 0;
}

const NAMES: Record<FieldType, string> = {
	string: 'a string',
	number: 'a number',
	integer: 'a whole number',
	boolean: 'true or false',
	object: 'an object',
	array: 'a list',
	any: 'anything',
};

function isOf(type: FieldType, value: unknown): boolean {
	if (type === 'any') return true;
	if (type === 'array') return Array.isArray(value);
	if (type === 'integer') return Number.isInteger(value);
	return typeof value === type && value !== null && !Array.isArray(value);
}

/** A query is text: numbers, switches and lists (`a,b`) are read as their field says. */
export function readQuery(query: unknown, fields: Fields, how: Reading): Read {
	const typed = Object.entries(query as Record<string, unknown>).map(([name, value]) => {
		const known = nameOf(name, fields, how);
		return [name, known === undefined ? value : typedAs(String(value), fields[known])];
	});
	return readFields(Object.fromEntries(typed), fields, how, true);
}

function typedAs(text: string, field: Field | undefined): unknown {
	switch (field?.type) {
		case 'integer':
		case 'number':
			return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
		case 'boolean':
			return /^(?:true|false)$/i.test(text) ? text.toLowerCase() === 'true' : text;
		case 'array':
			return text === '' ? [] : text.split(',');
		default:
			return text;
	}
}

/** A record of which nothing has come yet. */
export function defaultsOf(fields: Fields): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(fields).flatMap(([name, field]) => {
			if (field.default !== undefined) return [[name, structuredClone(field.default)]];
			return field.fields ? [[name, defaultsOf(field.fields)]] : [];
		}),
	);
}

/** Puts what is given over what is there; objects whose fields are known are changed field by field. */
export function merged(
	old: Record<string, unknown>,
	given: Record<string, unknown>,
	fields: Fields,
): Record<string, unknown> {
	const whole = { ...old, ...given };
	for (const [name, { fields: inner }] of Object.entries(fields)) {
		const [before, after] = [old[name], given[name]];
		if (inner && isObject(before) && isObject(after)) whole[name] = merged(before, after, inner);
	}
	return whole;
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
