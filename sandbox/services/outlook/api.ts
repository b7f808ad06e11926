import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Mailbox } from './mailbox';
import { badRequest } from './errors';
import { filterOf, searchOf, select, sorter } from './odata';
import type { Props } from './records';
import { wantsImmutable } from './records';

/** A request, made ready for what answers it. */
export interface Asked {
	mailbox: Mailbox;
	params: Record<string, string>;
	query: Record<string, string>;
	body: Props;
	prefer: string;
	/** Whether the IDs that stay were asked for. */
	immutable: boolean;
	/** Below the version, without the query: `/me/messages`. */
	path: string;
	request: FastifyRequest;
	reply: FastifyReply;
}

export type Handler = (asked: Asked) => unknown;
type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** Where the API's routes are added, and where it is. */
export interface Api {
	/** Address of the API for links in answers. */
	readonly url: string;
	/** A route of a mailbox, below `/me` and `/users/{id}`. */
	on(method: Method, path: string, handler: Handler): void;
	readonly app: FastifyInstance;
}

export function readRequest(request: FastifyRequest, reply: FastifyReply, mailbox: Mailbox): Asked {
	const prefer = String(request.headers.prefer ?? '');
	return {
		mailbox,
		params: request.params as Record<string, string>,
		query: request.query as Record<string, string>,
		body: (request.body ?? {}) as Props,
		prefer,
		immutable: wantsImmutable(prefer),
		path: (request.url.split('?')[0] ?? '').replace(/^.*?\/v1\.0(?=\/)/, ''),
		request,
		reply,
	};
}

/** Rows of a list: filtered, in order, page by page with a link to the next. @throws {GraphError} 400 */
export function listOf(rows: Props[], asked: Asked, url: string, usual = 10): Props {
	const {
		$filter: filter,
		$orderby: order,
		$search: search,
		$top,
		$skip = '0',
		$count,
		$select,
		$expand,
	} = asked.query;
	if (search !== undefined && (filter !== undefined || order !== undefined))
		throw badRequest(
			"The query parameter '$search' is not supported with '$filter' or '$orderby'.",
			'SearchWithFilter',
		);
	if (filter !== undefined && order !== undefined) demandEfficient(filter, order);
	let found = rows;
	if (filter !== undefined) found = found.filter(filterOf(filter));
	if (search !== undefined) found = found.filter(searchOf(search)).slice(0, 250);
	if (order !== undefined) found = [...found].sort(sorter(order));
	const size = Number($top ?? usual);
	if (!Number.isInteger(size) || size < 1 || size > 1000)
		throw badRequest("Invalid value for '$top': it must be between 1 and 1000.", 'ErrorInvalidArgument');
	const from = Number($skip);
	const page = found.slice(from, from + size).map((row) => select(row, $select, $expand));
	const next = new URLSearchParams({ ...asked.query, $skip: String(from + size) });
	return {
		'@odata.context': `${url}/$metadata#list`,
		...($count === 'true' ? { '@odata.count': found.length } : {}),
		value: page,
		...(from + size < found.length ? { '@odata.nextLink': `${url}${asked.path}?${next.toString()}` } : {}),
	};
}

/** What is sorted by must stand in the filter too, first and in the same order (learn.microsoft.com/graph/api/user-list-messages). */
function demandEfficient(filter: string, order: string): void {
	const first = order.split(/[\s,]/)[0] ?? '';
	if (!filter.trim().startsWith(first))
		throw badRequest('The restriction or sort order is too complex for this operation.', 'InefficientFilter');
}
