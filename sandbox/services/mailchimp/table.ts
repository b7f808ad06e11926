import type { FastifyRequest } from 'fastify';
import { mountTable } from '../../shell/table/mount';
import { type Pages, offsetPages, wholeList } from '../../shell/table/pages';
import type { Given, Manners, Table, Verb } from '../../shell/table/table';
import { badRequest, invalid, notFound, unvalidated } from './errors';
import { READING, bodyFields, describedBody, faultOf, queryFields } from './official';
import { Ask, type Resource, linksTo } from './resource';

export interface ChimpTable<R extends object> extends Table<R, Ask> {
	/** Where a list's answer has its rows. */
	rows: string;
	/** Ids of the parents that stand beside the rows: `list_id`. */
	beside?: readonly string[];
	/** What is said of a name that is taken. */
	taken?(value: unknown): string;
}

export const pages = offsetPages({ size: { name: 'count', preset: 10, max: 1000 }, offset: 'offset' });

const PAGED = new Set(['count', 'offset']);

/** What a table says that is not in the official description. */
export type Row<R extends object> = Omit<
	ChimpTable<R>,
	'fields' | 'changes' | 'filters' | 'pages' | 'verbs'
> & {
	verbs?: readonly Verb[];
	fields?: ChimpTable<R>['fields'];
};

/** A table with the fields, filters and pages of the official description. */
export function described<R extends object>(row: Row<R>): ChimpTable<R> {
	const { path, id, matches } = row;
	const one = `${path}/{${id.parameter}}`;
	const fields = { ...bodyFields('POST', path), ...row.fields };
	const changes = describedBody('PATCH', one);
	const query = queryFields('GET', path);
	const filters = Object.fromEntries(Object.entries(query).filter(([name]) => !PAGED.has(name)));
	return {
		verbs: ['list', 'create', 'get', 'update', 'remove'],
		...row,
		fields,
		...(changes ? { changes: { ...changes, ...row.fields } } : {}),
		filters,
		pages: query.count ? pages : wholeList,
		matches: (record, given, ask) => {
			if (matches) return matches(record, given, ask);
			return Object.keys(filters).every(
				(name) => VIEW.has(name) || given[name] === undefined || (record as Given)[name] === given[name],
			);
		},
	};
}

const VIEW = new Set(['fields', 'exclude_fields', 'sort_field', 'sort_dir']);

function mannersOf({ state }: Resource): Manners<Ask, ChimpTable<object>> {
	return {
		open: (request: FastifyRequest) => {
			const ask = new Ask(state, request);
			// A parent that is not there has no children.
			if (ask.params.list_id !== undefined) void ask.audience;
			if (ask.params.store_id !== undefined) void ask.store;
			if (ask.params.subscriber_hash !== undefined) void ask.member;
			if (ask.params.interest_category_id !== undefined && /\/interests/.test(request.url)) void ask.category;
			return ask;
		},
		reading: {},
		unknown: (field) => READING.unknown(field),
		refuse: (problems) => unvalidated(problems.map(faultOf)),
		missing: () => notFound(),
		taken: (value, table) => invalid(table.taken?.(value) ?? `"${String(value)}" already exists.`),
		full: () => badRequest('The limit of this resource has been reached.'),
		pages: pages as Pages,
		envelope: (rows, { total }, { rows: name, beside = [] }, ask, request) => ({
			[name]: rows,
			...Object.fromEntries(beside.map((parent) => [parent, besideOf(parent, ask)])),
			total_items: total,
			_links: linksTo(ask.state, request.url.replace(/^.*?\/3\.0/, '').replace(/\?.*/, '')),
		}),
		status: { remove: 204 },
	};
}

function besideOf(parent: string, ask: Ask): unknown {
	if (parent === 'email_id') return ask.member.id;
	return ask.params[parent === 'category_id' ? 'interest_category_id' : parent];
}

export function mountTables(resource: Resource, tables: ReadonlyArray<ChimpTable<object>>): void {
	const manners = mannersOf(resource);
	for (const table of tables) mountTable<Ask, ChimpTable<object>>(resource.app, table, manners);
}
