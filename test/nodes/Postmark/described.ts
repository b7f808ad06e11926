import Ajv from 'ajv';
import account from '../../fixtures/postmark/account.json';
import newer from '../../fixtures/postmark/newer.json';
import server from '../../fixtures/postmark/server.json';

type Schema = Record<string, unknown>;
interface Described {
	query?: Record<string, Schema & { required?: boolean }>;
	body?: Schema;
}

/** Query parameters that Postmark's lists of statistics have got since (StatisticsFilteringParameters). */
const STATISTICS = { messagestream: {} };
const added = newer.added as Record<string, Described>;

/** Where the description has no size of a page its text has: 500 at most. */
const paged = (query: NonNullable<Described['query']>): NonNullable<Described['query']> =>
	query.count === undefined ? query : { ...query, count: { maximum: 500, ...query.count } };

const BODY = ['HtmlBody', 'TextBody'];
const TEMPLATE = ['TemplateId', 'TemplateAlias'];
/** https://postmarkapp.com/developer/api/email-api#send-batch-emails */
const BATCH = { maxItems: 500 };
const isMessage = ({ properties = {} }: Schema & { properties?: Record<string, Schema> }): boolean =>
	'From' in properties && 'To' in properties && !('Messages' in properties);

/** Every request that Postmark describes: `PUT /bounces/{bounceid}/activate` → what it may carry. */
export const requests: Record<string, Described> = Object.fromEntries(
	Object.entries({ ...server.requests, ...account.requests, ...newer.requests } as Record<
		string,
		Described
	>).map(([name, { query, body }]) => [
		name,
		{
			query: paged({
				...query,
				...added[name]?.query,
				...(name.startsWith('GET /stats/') ? STATISTICS : {}),
			}),
			...(body && { body: complete(name, body) }),
		},
	]),
);

/** Adds what is newer than the description, and closes every object: an unknown field is a mistake. */
function complete(name: string, body: Schema): Schema {
	const more = added[name]?.body as Schema | undefined;
	const properties = { ...(body.properties as Schema), ...more };
	// The description says an edit needs the ID that stands in its path, and a templated email both names of its template.
	const { required: _required, ...edit } = body;
	return strict(
		name.startsWith('PUT /templates/{')
			? { ...edit, properties }
			: body.properties
				? { ...body, properties }
				: body,
	);
}

function strict(schema: Schema): Schema {
	const { properties, items, required, ...rest } = schema as Schema & {
		properties?: Record<string, Schema>;
		items?: Schema;
		required?: string[];
	};
	if (items !== undefined) return { ...rest, ...(isMessage(items) && BATCH), items: strict(items) };
	if (properties === undefined) return rest;
	const message = isMessage(schema) ? (added.message!.body as Record<string, Schema>) : undefined;
	const all = { ...properties, ...message };
	// Without these the service refuses a message (https://postmarkapp.com/developer/api/email-api).
	const needed = [...(required ?? []), ...(message === undefined ? [] : ['From', 'To'])];
	return {
		...rest,
		type: 'object',
		additionalProperties: false,
		properties: Object.fromEntries(Object.entries(all).map(([name, inner]) => [name, strict(inner)])),
		...(message !== undefined && {
			anyOf: [...('TemplateModel' in all ? TEMPLATE : BODY)].map((name) => ({ required: [name] })),
		}),
		required: [...new Set(needed)].filter((name) => !TEMPLATE.includes(name)),
	};
}

const bodies = new Ajv({ allErrors: true, unknownFormats: 'ignore', format: false });
/** A query is text: numbers and switches are read out of it. */
const queries = new Ajv({ coerceTypes: true, unknownFormats: 'ignore', format: false });

/** The description that a request falls under: `GET /bounces/7` → `GET /bounces/{bounceid}`. */
export function describedAs(method: string, path: string): string | undefined {
	const matches = Object.keys(requests).filter((name) => {
		const pattern = name.replace(/\{\w+\}/g, '[^/]+');
		return new RegExp(`^${pattern}$`).test(`${method} ${path}`);
	});
	// `/messages/outbound/opens` is no message with the ID "opens".
	return matches.sort((a, b) => a.split('{').length - b.split('{').length)[0];
}

/** What is wrong with a request, by Postmark's own description of it; [] when nothing is. */
export function faultsOf(name: string, query: URLSearchParams, body: unknown): string[] {
	const { query: known = {}, body: schema } = requests[name]!;
	const faults: string[] = [];
	for (const [parameter, value] of query) {
		// The search by a field of the metadata, which the description leaves out and the official client takes.
		if (name === 'GET /messages/outbound' && parameter.startsWith('metadata_')) continue;
		const { required: _required, ...about } = known[parameter] ?? {};
		if (known[parameter] === undefined) faults.push(`unknown parameter ${parameter}`);
		else if (!queries.validate({ properties: { value: about } }, { value }))
			faults.push(`${parameter}=${value}: ${queries.errorsText()}`);
	}
	for (const [parameter, { required }] of Object.entries(known))
		if (required === true && !query.has(parameter)) faults.push(`no parameter ${parameter}`);
	if (schema === undefined) {
		if (body !== undefined && JSON.stringify(body) !== '{}') faults.push('a body, where none is described');
	} else if (!bodies.validate(schema, body)) faults.push(bodies.errorsText());
	return faults;
}
