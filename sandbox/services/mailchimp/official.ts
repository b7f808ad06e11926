import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	type Field,
	type Fields,
	type Problem,
	type Reading,
	readFields,
	readQuery,
} from '../../shell/table/fields';
import { type OpenApi, describe } from '../../shell/table/openapi';
import type { Given } from '../../shell/table/table';
import { type FieldFault, unvalidated } from './errors';

/** What requests carry, from Mailchimp's own description, without words. */
const spec = JSON.parse(readFileSync(join(__dirname, 'official.json'), 'utf8')) as OpenApi;

/** Every list takes these; the routes apply them to any answer. */
export const VIEW: Fields = {
	fields: { type: 'array', items: { type: 'string' } },
	exclude_fields: { type: 'array', items: { type: 'string' } },
};

const TIMES =
	/^(?:since_|before_|timestamp_|occurred_at$|schedule_time$|unsubscribed_since$|processed_at|.*_at_foreign$)/;

/** Times are ISO 8601; without an offset they are UTC (mailchimp.com/developer/marketing/docs/fundamentals). */
const time = (text: string) =>
	/^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/.test(text) &&
	!Number.isNaN(Date.parse(text))
		? undefined
		: 'should be a valid ISO 8601 date';

function withTimes(fields: Fields): Fields {
	return Object.fromEntries(
		Object.entries(fields).map(([name, field]): [string, Field] => [
			name,
			{
				...field,
				...(field.type === 'string' && TIMES.test(name) && !field.choices ? { check: time } : {}),
				...(field.fields ? { fields: withTimes(field.fields) } : {}),
				...(field.items?.fields ? { items: { ...field.items, fields: withTimes(field.items.fields) } } : {}),
			},
		]),
	);
}

/** @returns undefined for a request without a body */
export function describedBody(method: string, path: string): Fields | undefined {
	const { body } = describe(spec, method, path) ?? {};
	return body && withTimes(body);
}

export function bodyFields(method: string, path: string): Fields {
	const body = describedBody(method, path);
	if (!body) throw new Error(`The description has no body of ${method} ${path}.`);
	return body;
}

export function queryFields(method: string, path: string): Fields {
	const described = describe(spec, method, path);
	if (!described) throw new Error(`The description does not have ${method} ${path}.`);
	return withTimes(described.query);
}

const refuseUnknown = (field: string): Problem => ({ kind: 'unknown', field, what: 'is not in the schema' });
/** Stricter than the service, which passes over what it does not know: so that a misspelt field is seen. */
export const READING = { unknown: refuseUnknown };

export function faultOf({ kind, field, what }: Problem): FieldFault {
	const name = field.split('.').at(-1) ?? field;
	if (kind === 'required') return { field: '', message: `Required fields were not provided: ${name}` };
	if (kind === 'notObject') return { field, message: 'Schema describes object, other data found instead' };
	if (kind === 'type') return { field, message: `Schema describes another type: it ${what}` };
	if (kind === 'choice')
		return { field, message: `Data presented is not one of the accepted values: ${what}` };
	return { field, message: what };
}

/**
 * @param passOver what becomes of unknown fields instead of a refusal
 * @throws {MailchimpError} 400 with every fault
 */
export function readBody(
	body: unknown,
	fields: Fields,
	whole = true,
	passOver?: (field: string) => void,
): Given {
	const unknown: Reading['unknown'] =
		passOver === undefined ? refuseUnknown : (field) => void passOver(field) as undefined;
	const { given, problems } = readFields(body ?? {}, fields, { ...READING, unknown }, whole);
	if (problems.length > 0) throw unvalidated(problems.map(faultOf));
	return given;
}

/** @throws {MailchimpError} 400 with every fault */
export function readSearch(query: unknown, fields: Fields): Given {
	const { given, problems } = readQuery(query, fields, READING);
	if (problems.length > 0) throw unvalidated(problems.map(faultOf));
	return given;
}
