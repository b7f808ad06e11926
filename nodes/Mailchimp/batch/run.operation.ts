import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { customPathField, readCustomPath } from '../../../core/node/customPath';
import { batched, done, failed } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { MOST_CALLS, operationIds, startBatch, type Call } from '../api/batches';
import { withoutLinks } from '../connection';
import { shownAnswer } from '../secrets';
import { inOneBatch, tellRoad } from '../road';

const METHODS = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'];

const fields: INodeProperties[] = [
	{
		displayName: 'Method',
		name: 'method',
		type: 'options',
		options: METHODS.map((method) => ({ name: method, value: method })),
		default: 'POST',
		description: 'What to do: GET reads, POST creates, PUT and PATCH change, DELETE deletes',
	},
	customPathField('e.g. /lists/a1b2c3d4e5/members'),
	{
		displayName: 'Query Parameters (JSON)',
		name: 'query',
		type: 'json',
		default: '{}',
		displayOptions: { show: { method: ['GET'] } },
		description:
			'What would follow the question mark in the URL, as a JSON object. Of a list, Mailchimp gives all pages unless there is a count, such as { "count": 10 }; where each page is an answer of its own, they stand under “pages”.',
	},
	{
		displayName: 'Body (JSON)',
		name: 'body',
		type: 'json',
		default: '{}',
		displayOptions: { show: { method: ['PATCH', 'POST', 'PUT'] } },
		description: 'What is sent, as JSON',
	},
	{
		displayName: 'Wait for the Results',
		name: 'wait',
		type: 'boolean',
		default: true,
		description:
			'Whether to wait until Mailchimp has done it, so that each item has its own answer. Off: each item tells its batch and operation, for Batch → Get Results later.',
	},
];

interface Operation {
	call: Call;
	wait: boolean;
}

function readCall(item: ParameterReader): Call {
	const method = item.text('method') as Call['method'];
	const path = readCustomPath(item, 'Query Parameters, which only a GET has in a batch');
	if (/^\/(?:3\.0|batches)(?:\/|$)/i.test(path))
		throw item.fieldError(
			'path',
			path.startsWith('/3.0')
				? `begins with the version: “${path}”`
				: 'leads to batches, which no batch may have',
			'Enter a path such as /lists/a1b2c3d4e5/members.',
		);
	if (method === 'DELETE') return { method, path };
	if (method !== 'GET') return { method, path, body: item.json('body') };
	const params = item.json('query');
	return { method, path, ...(Object.keys(params).length === 0 ? {} : { params: inWords(params) }) };
}

/** As they stand in an address. */
const inWords = (params: IDataObject): IDataObject =>
	Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));

/** https://mailchimp.com/developer/marketing/api/batch-operations/start-batch-operation/ */
export const run = batched<Operation>({
	name: 'Run',
	value: 'run',
	action: 'Run operations in a batch',
	description: 'Hand in an operation for each item, up to 500 in one request, and get an answer for each',
	asTool: false,
	fields,
	read: (item) => ({ call: readCall(item), wait: item.boolean('wait') }),
	chunk: {
		items: MOST_CALLS,
		bytes: 4_000_000,
		by: ({ wait }) => String(wait),
		split: ({ call }) => ({ common: {}, own: call }),
	},
	async call(chunk, client, feedback) {
		const { calls } = JSON.parse(chunk.json('calls').toString()) as { calls: Call[] };
		if (chunk.group === 'true')
			return (await inOneBatch(calls, client, feedback)).map((answer) =>
				'body' in answer ? done(shownAnswer(withoutLinks(answer.body))) : failed(answer.refused),
			);
		const ids = operationIds(calls.length);
		const { id, status } = await startBatch(client, calls, ids);
		return ids.map((operation_id) => done({ batch_id: id, operation_id, status }));
	},
	conclude: tellRoad,
});
