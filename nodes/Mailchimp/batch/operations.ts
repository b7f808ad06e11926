import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { getBatch, listBatches, resultsOf, waitForBatch } from '../api/batches';
import type { BatchResult } from '../api/results';
import { withoutLinks } from '../connection';
import { judged } from '../road';
import { shownAnswer } from '../secrets';

const batchField: INodeProperties = {
	displayName: 'Batch ID',
	name: 'batchId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 8b2428d747',
	description: 'The ID of the batch, which Batch → Run and Batch → Get Many give',
};

function batchId(item: ParameterReader): string {
	const id = item.requiredText('batchId');
	if (!/^\w{1,60}$/.test(id))
		throw item.fieldError('batchId', `is not an ID: “${id}”`, 'Batch → Get Many shows it as “id”.');
	return id;
}

/** https://mailchimp.com/developer/marketing/api/batch-operations/list-batch-requests/ */
export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many batches',
	description: 'Get the batches of the account, each with how far it is',
	fields: limitFields,
	read: (item) => ({ limit: item.limit() }),
	call: ({ limit }, client) => listBatches(client, limit),
});

/** https://mailchimp.com/developer/marketing/api/batch-operations/get-batch-operation-status/ */
export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a batch',
	description: 'Get how far a batch is, and how many of its operations failed',
	fields: [batchField],
	read: (item) => batchId(item),
	call: async (id, client) => withoutLinks(await getBatch(client, id)),
});

/** The results of a batch, whoever made it. */
export const getResults = perItem({
	name: 'Get Results',
	value: 'getResults',
	action: 'Get the results of a batch',
	description: 'Wait until a batch is finished, and get an item for each of its operations',
	fields: [batchField],
	read: (item) => batchId(item),
	call: (id, client, feedback) =>
		rowsOf(client, id, (finished, all) => feedback.progress(finished, all, 'operations of a batch')),
});

async function* rowsOf(
	client: Client,
	id: string,
	tell: (finished: number, all: number) => void,
): AsyncGenerator<IDataObject> {
	const finished = await waitForBatch(client, id, (batch) =>
		tell(batch.finished_operations, batch.total_operations),
	);
	for await (const result of resultsOf(client, finished)) yield rowOf(result, client);
}

/** Which method it was is not told; no error is worse for that. */
function rowOf(result: BatchResult, client: Client): IDataObject {
	const { operation_id, status_code } = result;
	const answer = judged({ method: 'PUT', path: '' }, result, client);
	if ('body' in answer) return { operation_id, status_code, ok: true, response: shownAnswer(answer.body) };
	const { message, remedy, said, field } = answer.refused.facts;
	// Not under “error”, by which n8n knows items of the error branch.
	return {
		operation_id,
		status_code,
		ok: false,
		message,
		...(field === undefined ? {} : { field }),
		...(said === undefined ? {} : { said }),
		...(remedy === undefined ? {} : { remedy }),
	};
}

/** https://mailchimp.com/developer/marketing/api/batch-operations/delete-batch-request/ */
export const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a batch',
	description: 'Stop a batch where it is, and delete its results; what was done stays done',
	fields: [batchField],
	read: (item) => batchId(item),
	async call(id, client) {
		await client.delete(path`/batches/${id}`);
		return { deleted: true, id };
	},
});
