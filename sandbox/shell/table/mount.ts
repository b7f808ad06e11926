import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Fields, type Problem, defaultsOf, merged, readFields, readQuery } from './fields';
import type { Given, Manners, Table, Verb } from './table';

type Params = Record<string, string>;
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Ask = FastifyRequest<{ Params: Params }>;

/** Where each verb is on the wire: its method, and whether it is about one record. */
export const ON_THE_WIRE: Record<Verb, [method: Method, one: boolean]> = {
	list: ['GET', false],
	create: ['POST', false],
	get: ['GET', true],
	update: ['PATCH', true],
	put: ['PUT', true],
	replace: ['PUT', true],
	upsert: ['PUT', true],
	remove: ['DELETE', true],
};

/** Adds the routes of a table. */
export function mountTable<C, T extends Table<object, C>>(
	app: FastifyInstance,
	table: T,
	manners: Manners<C, T>,
): void {
	const desk = new Desk(table, manners);
	const one = `${table.path}/{${table.id.parameter}}`;
	const add = (method: Method, path: string, status: number, work: (request: Ask, context: C) => unknown) => {
		app.route<{ Params: Params }>({
			method,
			url: path.replaceAll(/\{(\w+)\}/g, ':$1'),
			handler: async (request, reply) => {
				const answer = work(request, manners.open(request as FastifyRequest, table));
				return await reply.code(status).send(answer);
			},
		});
	};
	const { create = 200, remove = 200 } = manners.status ?? {};
	for (const verb of table.verbs) {
		const [method, isOne] = ON_THE_WIRE[verb];
		const status = verb === 'create' ? create : verb === 'remove' ? remove : 200;
		add(method, isOne ? one : table.path, status, (request, context) => desk[verb](request, context));
	}
	for (const [name, { method, fields = {}, act }] of Object.entries(table.actions ?? {})) {
		add(method, `${one}/${name}`, 200, (request, context) => {
			const record = desk.find(request, context);
			return act(record, context, desk.body(request, fields, false, true));
		});
	}
}

/** Does what is asked of a table. */
class Desk<C, T extends Table<object, C>> implements Record<Verb, (request: Ask, context: C) => unknown> {
	constructor(
		private readonly table: T,
		private readonly manners: Manners<C, T>,
	) {}

	list(request: Ask, context: C): unknown {
		const { table, manners } = this;
		const { parameters, check, cut } = table.pages ?? manners.pages;
		const { given, problems } = readQuery(
			request.query,
			{ ...parameters, ...table.filters },
			{ ...manners.reading, unknown: (field) => manners.unknown(`?${field}`, request as FastifyRequest) },
		);
		const wrong = problems.length === 0 ? check?.(given) : undefined;
		if (wrong) problems.push({ kind: 'limit', ...wrong });
		if (problems.length > 0) throw manners.refuse(problems, 'query', table);
		const rows = [...table.records(context).values()].filter((record) =>
			this.matches(record, given, context),
		);
		const page = cut(rows, given, (row) => String((row as Given)[table.id.field]));
		const shown = page.rows.map((row) => (table.brief ? table.brief(row, context) : this.show(row, context)));
		return manners.envelope(shown, page, table, context, request as FastifyRequest);
	}

	create(request: Ask, context: C): unknown {
		return this.created(this.add(this.body(request, this.table.fields, true), context), context);
	}

	get(request: Ask, context: C): unknown {
		const record = this.find(request, context);
		return this.table.answers?.get ? this.table.answers.get(record, context) : this.show(record, context);
	}

	update(request: Ask, context: C): unknown {
		const { fields, changes = fields } = this.table;
		return this.set(this.find(request, context), this.body(request, changes, false), context);
	}

	put(request: Ask, context: C): unknown {
		return this.update(request, context);
	}

	replace(request: Ask, context: C): unknown {
		const record = this.find(request, context);
		const given = this.body(request, this.table.fields, true);
		return this.set(record, merged(defaultsOf(this.table.fields), given, this.table.fields), context);
	}

	upsert(request: Ask, context: C): unknown {
		const record = this.lookUp(request, context);
		if (record) return this.update(request, context);
		const given = this.body(request, this.table.fields, true);
		return this.created(this.add(given, context, this.idIn(request)), context);
	}

	remove(request: Ask, context: C): unknown {
		const { table, manners } = this;
		const record = this.find(request, context);
		table.mayRemove?.(record, context);
		const records = table.records(context);
		for (const [key, other] of records) if (other === record) records.delete(key);
		return manners.removed?.(record, table);
	}

	/** @throws the service's error for what is not there */
	find(request: Ask, context: C): object {
		const record = this.lookUp(request, context);
		if (!record) throw this.manners.missing(this.idIn(request), this.table);
		return record;
	}

	/** @param optional whether it may come without a body, as an action often does */
	body(request: Ask, fields: Fields, whole: boolean, optional = false): Given {
		const { table, manners } = this;
		if (optional && request.body === undefined) return {};
		const unknown = (field: string) => manners.unknown(field, request as FastifyRequest);
		const { given, problems } = readFields(request.body, fields, { ...manners.reading, unknown }, whole);
		const nothing: Problem = { kind: 'nothing', field: '', what: 'has no data' };
		const isEmpty = problems.every(({ kind }) => kind === 'required') && Object.keys(given).length === 0;
		if (isEmpty && !optional && manners.refusesNothing?.(table)) problems.unshift(nothing);
		if (problems.length > 0) throw manners.refuse(problems, 'body', table);
		return given;
	}

	private idIn(request: Ask): string {
		return request.params[this.table.id.parameter] ?? '';
	}

	private lookUp(request: Ask, context: C): object | undefined {
		const { table } = this;
		const id = this.idIn(request);
		if (table.find) return table.find(id, context);
		const records = table.records(context);
		return records.get(id) ?? (/^\d+$/.test(id) ? records.get(Number(id)) : undefined);
	}

	private add(given: Given, context: C, id = this.table.id.next?.(context)): object {
		const { table, manners } = this;
		const records = table.records(context);
		if (table.most !== undefined && records.size >= table.most) throw manners.full(table);
		this.checkUnique(given, context);
		table.check?.(given, context, undefined);
		const draft = merged(defaultsOf(table.fields), given, table.fields);
		if (id !== undefined) draft[table.id.field] = id;
		const record = table.make ? table.make(draft, context) : draft;
		records.set((record as Given)[table.id.field] as string | number, record);
		return record;
	}

	private set(record: object, given: Given, context: C): unknown {
		this.checkUnique(given, context, record);
		this.table.check?.(given, context, record);
		if (this.table.change) this.table.change(record, given, context);
		else Object.assign(record, merged(record as Given, given, this.table.fields));
		const { answers } = this.table;
		return answers?.change ? answers.change(record, context) : this.show(record, context);
	}

	private created(record: object, context: C): unknown {
		const { answers } = this.table;
		return answers?.create ? answers.create(record, context) : this.show(record, context);
	}

	private checkUnique(given: Given, context: C, old?: object): void {
		const { unique } = this.table;
		if (!unique || given[unique.field] === undefined) return;
		const plain = (value: unknown) => (unique.anyCase ? String(value).toLowerCase() : String(value));
		const wanted = plain(given[unique.field]);
		for (const record of this.table.records(context).values()) {
			if (record !== old && plain((record as Given)[unique.field]) === wanted)
				throw this.manners.taken(given[unique.field], this.table);
		}
	}

	private matches(record: object, query: Given, context: C): boolean {
		const { table } = this;
		if (table.matches) return table.matches(record, query, context);
		return Object.keys(table.filters ?? {}).every(
			(name) => query[name] === undefined || (record as Given)[name] === query[name],
		);
	}

	private show(record: object, context: C): unknown {
		return this.table.show ? this.table.show(record, context) : record;
	}
}
