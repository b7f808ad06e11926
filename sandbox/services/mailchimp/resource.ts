import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Fields } from '../../shell/table/fields';
import type { Given } from '../../shell/table/table';
import type { User } from './account';
import type { Audience } from './audience';
import { notFound } from './errors';
import { VIEW, describedBody, queryFields, readBody, readSearch } from './official';
import type { Category, Member, Store } from './records';
import type { MailchimpState } from './state';

export interface Resource {
	app: FastifyInstance;
	state: MailchimpState;
}

/** What a request is about; what its path names is looked up when it is asked for. */
export class Ask {
	query: Given = {};
	body: Given = {};
	readonly params: Record<string, string>;

	constructor(
		readonly state: MailchimpState,
		private readonly request: FastifyRequest,
	) {
		this.params = request.params as Record<string, string>;
	}

	get user(): User {
		return this.state.account.userOf(this.request.headers.authorization) ?? this.state.account.user;
	}

	/** @throws {MailchimpError} 404 */
	get audience(): Audience {
		const found = this.state.audiences.get(this.params.list_id ?? '');
		if (!found) throw notFound();
		return found;
	}

	/** @throws {MailchimpError} 404 */
	get member(): Member {
		return this.audience.member(this.params.subscriber_hash ?? '');
	}

	/** @throws {MailchimpError} 404 */
	get category(): Category {
		const found = this.audience.categories.get(this.params.interest_category_id ?? '');
		if (!found) throw notFound();
		return found;
	}

	/** @throws {MailchimpError} 404 */
	get store(): Store {
		const found = this.state.stores.get(this.params.store_id ?? '');
		if (!found) throw notFound();
		return found;
	}

	get authorization(): string {
		return this.request.headers.authorization ?? '';
	}
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface RouteOptions {
	/** What the body has beyond the description, or in place of it. */
	body?: Fields;
	/** Whether the answer is empty. */
	empty?: boolean;
	query?: Fields;
	/** Whether the description, which is of 3.0.55, does not have it yet. */
	isNewer?: boolean;
}

/**
 * Adds a route by its path in the official description. Query and body are read as that has them, before anything else is
 * looked at; what the description leaves open is the handler's.
 */
export function route(
	{ app, state }: Resource,
	method: Method,
	path: string,
	work: (ask: Ask) => unknown,
	{ body: own, empty = false, query: more = {}, isNewer = false }: RouteOptions = {},
): void {
	const search = { ...(isNewer ? {} : queryFields(method, path)), ...VIEW, ...more };
	const hasBody = method !== 'GET' && method !== 'DELETE';
	const fields = hasBody ? (own ?? describedBody(method, path)) : undefined;
	app.route({
		method,
		prefixTrailingSlash: 'slash',
		url: path.replaceAll(/\{(\w+)\}/g, ':$1'),
		handler: async (request, reply) => {
			const ask = new Ask(state, request);
			ask.query = readSearch(request.query, search);
			const passOver = state.settings.passOverUnknown ? (name: string) => state.noteUnknown(name) : undefined;
			if (fields) ask.body = readBody(request.body, fields, method !== 'PATCH', passOver);
			const answer = await work(ask);
			if (empty) return await reply.code(204).send();
			return await reply.send(answer);
		},
	});
}

/** The part of a list that `count` (default 10) and `offset` name. */
export function pageOf<R>(rows: readonly R[], { count = 10, offset = 0 }: Given): R[] {
	return rows.slice(Number(offset), Number(offset) + Number(count));
}

/** Links as every record has them; the stand-in gives the one to itself. */
export const linksTo = (state: MailchimpState, path: string) => [
	{ rel: 'self', href: `${state.url}${path}`, method: 'GET' },
];
