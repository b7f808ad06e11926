import { guidBytes, sidBytes } from '../values/identifiers';
import { isFileTime } from '../values/decode';
import type { Schema } from '../values/schema';
import { isoToFileTime, isoToGeneralized } from '../values/times';
import type { Filter } from './filter';

const ISO = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/i;

/**
 * A value as the directory keeps it, from how rows show it: a GUID, a SID, a time, true and false. What is none of these
 * stays as it is.
 */
export function stored(
	attribute: string,
	value: string,
	schema: Schema,
	isActiveDirectory: boolean,
): string | Buffer {
	const type = schema.get(attribute);
	switch (type?.kind) {
		case 'bytes':
			return (
				(/guid$/i.test(attribute) ? guidBytes(value) : undefined) ??
				(/sid|tokenGroups/i.test(attribute) ? sidBytes(value) : undefined) ??
				value
			);
		case 'boolean':
			return /^(true|false)$/i.test(value) ? value.toUpperCase() : value;
		case 'largeInteger': {
			const at = isFileTime(attribute) ? timeOf(value) : undefined;
			return at === undefined ? value : isoToFileTime(at);
		}
		case 'time': {
			const at = timeOf(value);
			return at === undefined ? value : isoToGeneralized(at, isActiveDirectory);
		}
		default:
			return value;
	}
}

function timeOf(value: string): Date | undefined {
	if (!ISO.test(value)) return undefined;
	const at = new Date(value.replace(' ', 'T'));
	return Number.isNaN(at.getTime()) ? undefined : at;
}

/** The same for all values of a filter. */
export function withStoredValues(filter: Filter, schema: Schema, isActiveDirectory: boolean): Filter {
	const inner = (one: Filter) => withStoredValues(one, schema, isActiveDirectory);
	if ('and' in filter) return { and: filter.and.map(inner) };
	if ('or' in filter) return { or: filter.or.map(inner) };
	if ('not' in filter) return { not: inner(filter.not) };
	if (!('compare' in filter) || typeof filter.value !== 'string') return filter;
	return { ...filter, value: stored(filter.attribute, filter.value, schema, isActiveDirectory) };
}
