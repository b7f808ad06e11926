import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Problem } from '../../shell/table/fields';
import { mountTable } from '../../shell/table/mount';
import { offsetPages } from '../../shell/table/pages';
import type { Manners } from '../../shell/table/table';
import { dataRemovals } from './dataRemovals';
import { domains } from './domains';
import { PostmarkError } from './errors';
import { inboundRules } from './inboundRules';
import type { ResourceContext } from './resource';
import { signatures } from './signatures';
import { messageStreams } from './streams';
import type { Asked, Codes, PostmarkTable } from './table';
import { webhooks } from './webhooks';

/** The plain resources of Postmark. */
export const tables = [messageStreams, webhooks, inboundRules, domains, signatures, dataRemovals];

/**
 * `count` (at most 500) and `offset` are required on every list, and only the first 10,000 records can be reached
 * (postmarkapp.com/developer/api/messages-api).
 */
export const pages = offsetPages({ size: { name: 'count', max: 500 }, offset: 'offset', reach: 10_000 });

/** 402 for what is no object, 403 for a field of a wrong type or value (postmarkapp.com/developer/api/overview). */
const COMMON: Codes = { notObject: 402 };

function codeOf(codes: Codes, kind: keyof Codes, field = ''): number {
	const code = codes[kind] ?? COMMON[kind];
	return (typeof code === 'object' ? code[field] : code) ?? 403;
}

function mannersOf({ state, server, account }: ResourceContext): Manners<Asked, PostmarkTable<object>> {
	return {
		open(request, { by }) {
			if (by === 'server') return { state, server: server(request) };
			account(request);
			return {
				state,
				get server(): never {
					throw new Error('A table of the account has no server.');
				},
			};
		},
		reading: { nullIsAbsent: true, anyCase: true },
		unknown(field, request) {
			state.noteUnknown(
				`${request.method} ${routeOf(request, field)}${field.startsWith('?') ? '' : ': '}${field}`,
			);
			return undefined;
		},
		refusesNothing: ({ codes }) => codes.nothing !== undefined,
		refuse([first], where, { codes, noun }) {
			const { kind, field, what } = first as Problem;
			if (where === 'query')
				return new PostmarkError(codeOf(codes, 'query', field), `The parameter '${field}' ${what}.`);
			const code = codeOf(codes, kind, field);
			if (kind === 'nothing') return new PostmarkError(code, `No data of a ${noun} was submitted.`);
			return new PostmarkError(code, `${field ? `The field '${field}'` : 'The body'} ${what}.`);
		},
		missing(id, { codes, noun, notThere }) {
			const words = notThere ?? `There is no ${noun} with the id '${id}'.`;
			if (codes.missing === undefined) return new PostmarkError(12, words, 404);
			return new PostmarkError(codeOf(codes, 'missing'), words);
		},
		taken: (value, { codes, noun }) =>
			new PostmarkError(codeOf(codes, 'taken'), `There is a ${noun} '${String(value)}' already.`),
		full: ({ codes, noun }) =>
			new PostmarkError(codeOf(codes, 'limit'), `There is no room for another ${noun}.`),
		pages,
		envelope: (rows, { total }, { rows: name, counted = true }) => ({
			...(counted ? { TotalCount: total } : {}),
			[name]: rows,
		}),
		removed: (record, { removed }) => ({ ErrorCode: 0, Message: removed?.(record) ?? 'Removed.' }),
	};
}

/** A parameter is noted with the path as it came, a field with its route. */
function routeOf(request: FastifyRequest, field: string): string {
	if (field.startsWith('?')) return request.passage.path;
	return request.routeOptions.url?.replace('/postmark', '') ?? '';
}

export function mountTables(app: FastifyInstance, context: ResourceContext): void {
	const manners = mannersOf(context);
	for (const table of tables) mountTable<Asked, PostmarkTable<object>>(app, table, manners);
}
