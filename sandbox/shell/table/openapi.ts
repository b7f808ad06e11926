import type { Field, FieldType, Fields } from './fields';

/** What is read of a schema of an OpenAPI 3 description. */
export interface Schema {
	type?: string | string[];
	properties?: Record<string, Schema>;
	required?: string[];
	items?: Schema;
	enum?: Array<string | number | null>;
	default?: unknown;
	nullable?: boolean;
	readOnly?: boolean;
	maxLength?: number;
	maxItems?: number;
	minimum?: number;
	maximum?: number;
	$ref?: string;
	[more: string]: unknown;
}

interface Content {
	content?: Record<string, { schema?: Schema }>;
}

export interface Operation {
	parameters?: Array<{ name: string; in: string; required?: boolean; schema?: Schema }>;
	requestBody?: Content;
	responses: Record<string, Content>;
}

export interface OpenApi {
	paths: Record<string, Record<string, Operation>>;
	components?: { schemas?: Record<string, Schema> };
}

/** One operation of a service's official description, as the fields of a table. */
export interface Described {
	/** What it takes; missing when it takes no JSON. */
	body: Fields | undefined;
	query: Fields;
	/** The schema of its answer, references within the description left in. */
	answer(status: number): Schema | undefined;
}

/** Deeper than any body of a mail service; a description can be a circle. */
const DEPTH = 6;

/** `method` and `path` as the description has them. @returns undefined for what it does not have */
export function describe(spec: OpenApi, method: string, path: string): Described | undefined {
	const operation = spec.paths[path]?.[method.toLowerCase()];
	if (!operation) return undefined;
	const json = ({ content = {} }: Content = {}) =>
		Object.entries(content).find(([type]) => /json/.test(type))?.[1].schema;
	const body = json(operation.requestBody);
	const parameters = (operation.parameters ?? []).filter((one) => one.in === 'query');
	return {
		body: body && fieldsOf(spec, body),
		query: Object.fromEntries(
			parameters.map(({ name, required = false, schema = {} }) => [name, fieldOf(spec, schema, required, 1)]),
		),
		answer: (status) => json(operation.responses[status] ?? operation.responses.default),
	};
}

/** The fields of a body; what is only ever read is left out. */
export function fieldsOf(spec: OpenApi, schema: Schema, depth = 0): Fields {
	const { properties = {}, required = [] } = resolved(spec, schema);
	return Object.fromEntries(
		Object.entries(properties)
			.filter(([, property]) => !property.readOnly)
			.map(([name, property]) => [name, fieldOf(spec, property, required.includes(name), depth + 1)]),
	);
}

function fieldOf(spec: OpenApi, schema: Schema, required: boolean, depth: number): Field {
	const plain = resolved(spec, schema);
	const { nullable = false, enum: choices, items, properties } = plain;
	const type = typeOf(plain);
	const { min, max } = boundsOf(plain);
	return {
		type,
		...(required ? { required } : {}),
		...(min === undefined ? {} : { min }),
		...(max === undefined ? {} : { max }),
		...(choices ? { choices: choices.filter((one) => one !== null) } : {}),
		...(plain.default === undefined ? {} : { default: plain.default }),
		...(nullable || plain.type?.includes('null') ? { nullable: true } : {}),
		...(type === 'object' && properties && depth < DEPTH ? { fields: fieldsOf(spec, plain, depth) } : {}),
		...(type === 'array' && items && depth < DEPTH ? { items: fieldOf(spec, items, false, depth + 1) } : {}),
	};
}

function boundsOf({ maxLength, maxItems, minimum, maximum }: Schema): { min?: number; max?: number } {
	const max = maxLength ?? maxItems ?? maximum;
	return { ...(minimum === undefined ? {} : { min: minimum }), ...(max === undefined ? {} : { max }) };
}

function resolved(spec: OpenApi, schema: Schema): Schema {
	const { $ref } = schema;
	if ($ref === undefined) return schema;
	const found = spec.components?.schemas?.[$ref.split('/').at(-1) ?? ''];
	if (!found) throw new Error(`The description refers to ${$ref}, which it does not have.`);
	return resolved(spec, found);
}

const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array'];

/** A schema that allows several types, or none it names, is anything. */
function typeOf({ type, properties }: Schema): FieldType {
	const types = (Array.isArray(type) ? type : [type]).filter((one) => one !== 'null');
	const [only] = types;
	if (types.length === 1 && only !== undefined && TYPES.includes(only)) return only as FieldType;
	return properties ? 'object' : 'any';
}
