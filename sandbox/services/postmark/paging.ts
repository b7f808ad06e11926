import type { FastifyRequest } from 'fastify';
import { fromEastern } from './eastern';
import { PostmarkError } from './errors';
import type { PostmarkState } from './state';

const MAX_REACH = 10_000;

export interface PageQuery {
	count: number;
	offset: number;
	/** All parameters, names in lower case: the service does not mind the case, and its own client mixes it. */
	filters: Record<string, string>;
}

/** The parameters of a list without paging. `known` are lower case; unknown ones are ignored and noted. */
export function readFilters(
	request: FastifyRequest,
	state: PostmarkState,
	known: readonly string[],
): Record<string, string> {
	const filters: Record<string, string> = {};
	for (const [name, value] of Object.entries(request.query as Record<string, unknown>)) {
		const lower = name.toLowerCase();
		const taken = known.includes(lower) || (lower.startsWith('metadata_') && known.includes('metadata_*'));
		if (taken) filters[lower] = String(value);
		else state.noteUnknown(`${request.method} ${request.passage.path}?${name}`);
	}
	return filters;
}

/**
 * `count` (at most 500) and `offset` are required on every list, and only the first 10,000 records can be reached
 * (postmarkapp.com/developer/api/messages-api).
 * @param code the ErrorCode of a bad query in this resource.
 */
export function readPage(
	request: FastifyRequest,
	state: PostmarkState,
	known: readonly string[],
	code: number,
): PageQuery {
	const filters = readFilters(request, state, ['count', 'offset', ...known]);
	const number = (name: string, min: number, max: number): number => {
		const raw = filters[name];
		if (raw === undefined) throw new PostmarkError(code, `The parameter '${name}' is required.`);
		if (!/^\d{1,9}$/.test(raw) || Number(raw) < min || Number(raw) > max) {
			throw new PostmarkError(code, `The parameter '${name}' must be a whole number from ${min} to ${max}.`);
		}
		return Number(raw);
	};
	const count = number('count', 1, 500);
	const offset = number('offset', 0, 999_999_999);
	if (count + offset > MAX_REACH) {
		throw new PostmarkError(code, `The 'count' and 'offset' together must not be more than ${MAX_REACH}.`);
	}
	return { count, offset, filters };
}

/** `fromdate` and `todate`: a day, which counts as a whole, or a time; both as the US East Coast has them. */
export function dateRange(filters: Record<string, string>, code: number): (at: number) => boolean {
	const read = (name: string, end: boolean): number | undefined => {
		const raw = filters[name];
		if (!raw) return undefined;
		const at = /^\d{4}-\d{2}-\d{2}$/.test(raw) ? dayOf(raw, end) : timeOf(raw);
		if (Number.isNaN(at)) throw new PostmarkError(code, `The parameter '${name}' is not a date: '${raw}'.`);
		return at;
	};
	const from = read('fromdate', false) ?? -Infinity;
	const to = read('todate', true) ?? Infinity;
	return (at) => at >= from && at <= to;
}

/** The first millisecond of a day, or its last. */
function dayOf(day: string, end: boolean): number {
	if (!end) return fromEastern(`${day}T00:00:00`);
	const next = new Date(Date.parse(day) + 24 * 60 * 60 * 1000);
	return Number.isNaN(next.getTime()) ? NaN : fromEastern(`${next.toISOString().slice(0, 10)}T00:00:00`) - 1;
}

const timeOf = (raw: string): number =>
	/(?:Z|[+-]\d{2}:\d{2})$/.test(raw) ? Date.parse(raw) : fromEastern(raw.replace(' ', 'T'));
