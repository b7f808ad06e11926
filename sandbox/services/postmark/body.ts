import type { FastifyRequest } from 'fastify';
import { PostmarkError, invalidField } from './errors';
import { named } from './names';
import type { PostmarkState } from './state';

type FieldType = 'string' | 'boolean' | 'number' | 'object' | 'array';

/**
 * A JSON object with these fields; null counts as not given, unknown fields are ignored as the service does, but noted.
 * @throws {PostmarkError} 402 for anything but an object, 403 for a field of a wrong type.
 */
export function readBody(
	request: FastifyRequest,
	state: PostmarkState,
	fields: Record<string, FieldType>,
): Record<string, unknown> {
	const where = `${request.method} ${request.routeOptions.url?.replace('/postmark', '') ?? ''}`;
	return readObject(request.body, fields, (field) => state.noteUnknown(`${where}: ${field}`));
}

/** The same for an object inside a body. */
export function readObject(
	value: unknown,
	fields: Record<string, FieldType>,
	unknown: (field: string) => void,
): Record<string, unknown> {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw new PostmarkError(402, 'The body must be a JSON object.');
	}
	const given: Record<string, unknown> = {};
	for (const [field, content] of Object.entries(named(value, Object.keys(fields)))) {
		const type = Object.hasOwn(fields, field) ? fields[field] : undefined;
		if (!type) unknown(field);
		else if (content !== null) {
			if (!isOf(type, content)) throw invalidField(`The field '${field}' must be ${words[type]}.`);
			given[field] = content;
		}
	}
	return given;
}

const words: Record<FieldType, string> = {
	string: 'a string',
	boolean: 'true or false',
	number: 'a number',
	object: 'an object',
	array: 'a list',
};

function isOf(type: FieldType, value: unknown): boolean {
	if (type === 'array') return Array.isArray(value);
	return typeof value === type && !Array.isArray(value);
}
