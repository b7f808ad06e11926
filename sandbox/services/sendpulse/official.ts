import type { FastifyRequest } from 'fastify';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Fields, type Problem, readFields, readQuery } from '../../shell/table/fields';
import { type Described, describe, type OpenApi } from '../../shell/table/openapi';
import type { Given } from '../../shell/table/table';
import { invalid, missing } from './errors';
import { plain } from './serialized';

/** What requests carry, from SendPulse's own descriptions, without words. */
const spec = JSON.parse(readFileSync(join(__dirname, 'official.json'), 'utf8')) as OpenApi;

const shapeOf = (path: string) => path.replace(/\{\w+\}|:\w+/g, '{}');

const described = new Map<string, Described>();
for (const [path, methods] of Object.entries(spec.paths)) {
	for (const method of Object.keys(methods)) {
		const found = describe(spec, method, path);
		if (found) described.set(`${method.toUpperCase()} ${shapeOf(path)}`, found);
	}
}

/** Where SendPulse has a code of its own for a field that is missing or of another type; 422 else. */
const CODES: Record<string, Record<string, number>> = {
	'POST /addressbooks': { bookName: 201 },
	'PUT /addressbooks/{}': { name: 201 },
	'POST /addressbooks/{}/emails/variable': { variables: 731 },
	'POST /smtp/emails': {
		'email.from': 10,
		'email.from.email': 10,
		'email.to': 11,
		'email.subject': 12,
		'email.template.id': 10,
		'email.template.variables': 731,
	},
	'POST /campaigns': { sender_name: 901, sender_email: 701, subject: 720 },
	'POST /template': { body: 32 },
	'POST /template/edit/{}': { body: 32 },
	'POST /senders': { email: 903, name: 901 },
	'DELETE /senders': { email: 903 },
	'POST /senders/{}/code': { code: 1104 },
	'POST /blacklist': { emails: 832 },
	'DELETE /blacklist': { emails: 832 },
};

/** What a public client sends beyond the description (github.com/dimuska139/sendpulse-sdk-go). */
const MORE: Record<string, Fields> = {
	'PATCH /campaigns/{}': {
		sender_name: { type: 'string' },
		sender_email: { type: 'string' },
		body: { type: 'string' },
		template_id: { type: 'any' },
		send_date: { type: 'string' },
	},
};

/**
 * Checks a request against the official description where that says anything. Stricter than the service, which passes over
 * what it does not know: so that a misspelt field is seen.
 * @param path of the route below the service's prefix, with its parameters as `:id`
 * @throws {SendPulseError} for the first thing that is wrong
 */
export function demandDescribed(request: FastifyRequest, path: string): void {
	const key = `${request.method} ${shapeOf(path)}`;
	const found = described.get(key);
	if (found === undefined) return;
	const unknown = (field: string): Problem => ({ kind: 'unknown', field, what: 'is not in the description' });
	refuse(readQuery(request.query, found.query, { unknown }).problems, key);
	const { body } = found;
	// A body that may have two forms is described by neither (the contacts that are added).
	if (body === undefined || Object.keys(body).length === 0) return;
	const given = unpacked((request.body ?? {}) as Given, body);
	refuse(readFields(given, { ...body, ...MORE[key] }, { unknown }, true).problems, key);
}

function refuse([problem]: Problem[], key: string): void {
	if (problem === undefined) return;
	const { kind, field, what } = problem;
	const code = CODES[key]?.[field] ?? 422;
	throw kind === 'required' ? missing(field, code) : invalid(`Argument ${field} ${what}`, code);
}

/** SendPulse's own clients send lists and objects as one text (see serialized.ts), empty for none. */
function unpacked(body: Given, fields: Fields): Given {
	if (typeof body !== 'object' || Array.isArray(body)) return body;
	const isPacked = (name: string, value: unknown) =>
		typeof value === 'string' && /^(?:object|array)$/.test(fields[name]?.type ?? '');
	return Object.fromEntries(
		Object.entries(body).flatMap(([name, value]) => {
			if (!isPacked(name, value)) return [[name, value]];
			return value === '' ? [] : [[name, plain(value) ?? value]];
		}),
	);
}
