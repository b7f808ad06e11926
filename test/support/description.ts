import Ajv from 'ajv';
import type { Field, Fields } from '../../sandbox/shell/table/fields';
import { ON_THE_WIRE } from '../../sandbox/shell/table/mount';
import { type OpenApi, type Schema, describe as described } from '../../sandbox/shell/table/openapi';
import type { Pages } from '../../sandbox/shell/table/pages';
import type { Table } from '../../sandbox/shell/table/table';

type AnyTable = Table<object, never>;

/** The requests of a table: `PUT /domains/{domainid}`. */
export function requestsOf({ path, id, verbs, actions = {} }: AnyTable) {
	const one = `${path}/{${id.parameter}}`;
	return [
		...verbs.map((verb) => {
			const [method, isOne] = ON_THE_WIRE[verb];
			return { verb, method, path: isOne ? one : path };
		}),
		...Object.entries(actions).map(([name, { method }]) => ({
			verb: 'action' as const,
			method,
			path: `${one}/${name}`,
		})),
	];
}

/** Where a table and the official description do not agree on what a request may carry. */
export function differences(spec: OpenApi, table: AnyTable, usual: Pages): string[] {
	const { fields, changes = changeable(fields), filters = {}, pages = usual } = table;
	return requestsOf(table).flatMap(({ verb, method, path }) => {
		const name = `${method} ${path}`;
		const official = described(spec, method, path);
		if (!official) return [`${name} is not described`];
		const own = verb === 'create' || verb === 'replace' || verb === 'upsert' ? fields : changes;
		const isWrite = verb !== 'list' && verb !== 'get' && verb !== 'remove' && verb !== 'action';
		return [
			...(isWrite ? compared(name, official.body ?? {}, own, verb === 'create') : []),
			...(verb === 'list' ? compared(`${name}?`, official.query, { ...pages.parameters, ...filters }) : []),
		];
	});
}

const changeable = (fields: Fields): Fields =>
	Object.fromEntries(Object.entries(fields).filter(([, { fixed }]) => !fixed));

function compared(name: string, official: Fields, own: Fields, whole = false): string[] {
	const names = new Set([...Object.keys(official), ...Object.keys(own)]);
	return [...names].flatMap((field) => {
		const [theirs, ours] = [official[field], own[field]];
		if (!theirs) return [`${name} ${field}: only here`];
		if (!ours) return [`${name} ${field}: only in the description`];
		return comparedField(`${name} ${field}`, theirs, ours, whole);
	});
}

function comparedField(name: string, theirs: Field, ours: Field, whole: boolean): string[] {
	const said = (field: Field) => ({ type: field.type, choices: field.choices?.join(), max: field.max });
	const [a, b] = [said(theirs), said(ours)];
	const found = (['type', 'choices', 'max'] as const)
		.filter((key) => a[key] !== undefined && a[key] !== 'any' && String(a[key]) !== String(b[key]))
		.map((key) => `${name}: ${key} is ${a[key]} in the description, ${b[key]} here`);
	if (whole && theirs.required && !ours.required) found.push(`${name}: required in the description`);
	if (theirs.fields && ours.fields) found.push(...compared(`${name}.`, theirs.fields, ours.fields, whole));
	return found;
}

/** What is wrong with an answer by the description, and which of its fields it lacks or has beside it. */
export function answerFaults(
	spec: OpenApi,
	method: string,
	path: string,
	status: number,
	answer: unknown,
): string[] {
	const schema = described(spec, method, path)?.answer(status);
	if (!schema) return [];
	const name = `${method} ${path}`;
	const ajv = new Ajv({ allErrors: true, nullable: true, unknownFormats: 'ignore', logger: false });
	const validate = ajv.compile({ ...schema, components: spec.components });
	const wrong = validate(answer)
		? []
		: (validate.errors ?? []).map(({ dataPath, message }) => `${name} answers ${dataPath} ${message}`);
	return [...wrong, ...shape(spec, name, schema, answer)];
}

function shape(spec: OpenApi, name: string, schema: Schema, value: unknown): string[] {
	const { properties, items } = plain(spec, schema);
	if (items && Array.isArray(value)) {
		return value.length === 0 ? [] : shape(spec, `${name}[]`, items, value[0]);
	}
	if (!properties || typeof value !== 'object' || value === null) return [];
	const answer = value as Record<string, unknown>;
	return [
		...Object.keys(properties)
			.filter((field) => !(field in answer))
			.map((field) => `${name} answers no ${field}`),
		...Object.keys(answer)
			.filter((field) => !(field in properties))
			.map((field) => `${name} answers ${field} too`),
		...Object.entries(properties).flatMap(([field, inner]) =>
			shape(spec, `${name} ${field}`, inner, answer[field]),
		),
	];
}

function plain(spec: OpenApi, schema: Schema): Schema {
	if (schema.$ref === undefined) return schema;
	return plain(spec, spec.components?.schemas?.[schema.$ref.split('/').at(-1) ?? ''] ?? {});
}
