import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { isHollow } from '../http/classify';
import { isData } from '../http/response';
import type { WriteRequest } from '../http/request';
import { withMaskedAddresses } from '../webhook/masked';
import type { ParameterReader } from './parameters/reader';
import { customPathField, readCustomPath } from './customPath';
import { perItem, type PerItemOperation } from './operation';

const METHODS = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'];

const fieldsWith = (placeholder: string): INodeProperties[] => [
	{
		displayName: 'Method',
		name: 'method',
		type: 'options',
		options: METHODS.map((method) => ({ name: method, value: method })),
		default: 'GET',
		description: 'What to do: GET reads, POST creates, PUT and PATCH change, DELETE deletes',
	},
	customPathField(placeholder),
	{
		displayName: 'Query Parameters (JSON)',
		name: 'query',
		type: 'json',
		default: '{}',
		description: 'What would follow the question mark in the URL, as a JSON object',
	},
	{
		displayName: 'Body (JSON)',
		name: 'body',
		type: 'json',
		default: '',
		displayOptions: { hide: { method: ['GET'] } },
		description: 'What is sent, as JSON',
	},
	{
		displayName: 'Safe to Repeat',
		name: 'safe',
		type: 'boolean',
		default: false,
		displayOptions: { show: { method: ['PATCH', 'POST'] } },
		description:
			'Whether the request may be sent again when its answer got lost. Leave off when doing it twice would do harm, such as sending or creating something.',
	},
];

/** An empty answer may be the service's own yes, or that of a proxy which let nothing through: nobody can tell. */
const NOT_CONFIRMED =
	'The request went out, and an empty answer without an error came back. When it matters, read back whether it was done.';

export interface CustomCall {
	/** The service, as people know it. */
	service: string;
	/** Told apart from another custom call of the same node. */
	action?: string;
	/** An example of a path. */
	placeholder: string;
	/** Takes out of an answer what no item may hold, beside the secrets of triggers. */
	clean?(row: IDataObject): IDataObject;
}

/** A request that has no operation of its own, with the node's sign-in, limits, retry and errors. */
export function customCall({
	service,
	action = 'Make a custom API request',
	placeholder,
	clean: cleanOfService = (row) => row,
}: CustomCall): PerItemOperation {
	const clean = (row: IDataObject) => withMaskedAddresses(cleanOfService(row));
	return perItem({
		name: 'Make Request',
		value: 'request',
		action,
		description: `Call any other function of ${service}, with this node’s sign-in, rate limit, retry and errors`,
		fields: fieldsWith(placeholder),
		read(item) {
			const path = readCustomPath(item, 'Query Parameters');
			const method = item.text('method');
			return {
				method,
				path,
				query: item.json('query'),
				body: method === 'GET' ? undefined : body(item),
				idempotent: method === 'GET' || method === 'PUT' || method === 'DELETE' || item.boolean('safe'),
			} as const;
		},
		async call({ method, path, query, body: content, idempotent }, client) {
			const answer =
				method === 'GET'
					? await client.send<unknown>({ path, query, answer: 'anything' })
					: await client.send<unknown>({
							method: method as WriteRequest['method'],
							path,
							query,
							...(content === undefined ? {} : { body: content }),
							idempotent,
							answer: 'anything',
						});
			if (Array.isArray(answer)) return (answer as IDataObject[]).map(clean);
			if (method !== 'GET' && isHollow(answer)) return { confirmed: false, note: NOT_CONFIRMED };
			return isData(answer) ? clean(answer as IDataObject) : { answer: answer as string };
		},
	}) as PerItemOperation;
}

function body(item: ParameterReader): unknown {
	const value = item.value('body');
	if (value === undefined || value === null || value === '') return undefined;
	return typeof value === 'object' ? value : item.parsed('body', String(value));
}
