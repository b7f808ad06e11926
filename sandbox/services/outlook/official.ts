import official from './official.json';

/** As `official.json` writes it: a name, `#schema`, a list, a choice, an object of its own. */
type Type = string | Type[] | { enum: string[] } | { of: Record<string, Type> };

interface Operation {
	query?: string[];
	body?: Type;
}

const schemas = official.schemas as unknown as Record<string, Record<string, Type>>;

/** Paths that the service has and its description lacks. */
const ADDED: Record<string, Record<string, Operation>> = {
	// learn.microsoft.com/graph/api/user-post-manager, user-delete-manager
	'/users/{}/manager/$ref': { PUT: { body: { of: { '@odata.id': 'string' } } }, DELETE: {} },
	// learn.microsoft.com/graph/api/profilephoto-get, profilephoto-update: bytes.
	'/users/{}/contacts/{}/photo/$value': { GET: {}, PUT: { body: 'any' } },
	'/users/{}/messages/{}/attachments/{}/$value': { GET: {} },
	// learn.microsoft.com/graph/api/attachment-get, “raw contents”: of events too.
	'/users/{}/events/{}/attachments/{}/$value': { GET: {} },
};
const paths = Object.entries({
	...(official.paths as unknown as Record<string, Record<string, Operation>>),
	...ADDED,
}).map(([path, operations]) => ({ segments: path.split('/'), operations }));

const byLength = new Map(
	[...new Set(paths.map(({ segments }) => segments.length))].map((length) => [
		length,
		paths.filter(({ segments }) => segments.length === length),
	]),
);

/** The description of a request; undefined when there is none. `/me` is a user like any other. */
export function describe(method: string, path: string): Operation | undefined {
	const sent = path.replace(/^\/me(?=\/|$)/, '/users/{}').split('/');
	const fits = (byLength.get(sent.length) ?? []).filter(({ segments }) =>
		segments.every((part, at) => part === '{}' || part === sent[at]),
	);
	const literal = (segments: string[]) => segments.filter((part) => part !== '{}').length;
	return fits.sort((a, b) => literal(b.segments) - literal(a.segments))[0]?.operations[method];
}

/** The properties of a type; undefined for none that the description has. */
export const typeOf = (name: string): Record<string, Type> | undefined => schemas[name];

/** What is wrong with a value by the official description; undefined when nothing is. Null stands for "none" everywhere. */
export function faultOf(type: Type, value: unknown, name = 'body'): string | undefined {
	if (value === null || value === undefined || type === 'any') return undefined;
	if (Array.isArray(type)) {
		if (!Array.isArray(value)) return `A list was expected for '${name}'.`;
		return first(value, (one) => faultOf(type[0] ?? 'any', one, name));
	}
	if (typeof type === 'object')
		return 'enum' in type ? choice(type.enum, value, name) : object(type.of, value, name);
	if (type.startsWith('#')) return object(schemaOf(type.slice(1), value), value, name, type.slice(1));
	return plain(type, value)
		? undefined
		: `Cannot convert the value of '${name}' to the expected type '${type}'.`;
}

function first<T>(values: readonly T[], check: (value: T) => string | undefined): string | undefined {
	for (const value of values) {
		const fault = check(value);
		if (fault !== undefined) return fault;
	}
	return undefined;
}

const choice = (choices: string[], value: unknown, name: string): string | undefined =>
	choices.includes(String(value))
		? undefined
		: `Requested value '${String(value)}' was not found for '${name}'.`;

/** A value may say which of the types derived from it it is. */
function schemaOf(name: string, value: unknown): Record<string, Type> {
	const said = String((value as Record<string, unknown>)['@odata.type'] ?? '').replace(
		'#microsoft.graph.',
		'',
	);
	return schemas[said] ?? schemas[name] ?? {};
}

function object(of: Record<string, Type>, value: unknown, name: string, schema = name): string | undefined {
	if (typeof value !== 'object' || Array.isArray(value)) return `An object was expected for '${name}'.`;
	return first(Object.entries(value as object), ([key, inner]) => {
		if (key.includes('@odata.')) return undefined;
		const type = of[key];
		if (type === undefined)
			return `The property '${key}' does not exist on type 'microsoft.graph.${schema}'.`;
		return faultOf(type, inner, key);
	});
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/;

function plain(type: string, value: unknown): boolean {
	if (type === 'number' || type === 'boolean') return typeof value === type;
	if (typeof value !== 'string') return false;
	if (type === 'time') return TIME.test(value);
	return type !== 'bytes' || /^[A-Za-z0-9+/=_-]*$/.test(value);
}
