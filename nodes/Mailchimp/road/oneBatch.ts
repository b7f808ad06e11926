import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import type { RunFeedback } from '../../../core/node/operation';
import { operationIds, resultsOf, startBatch, waitForBatch, type Call } from '../api/batches';
import type { BatchResult } from '../api/results';
import { tallyOf } from './tally';

/** What one operation of a batch was answered. */
export type Answer = { body: IDataObject } | { refused: ServiceError };

/** The answers to calls in one batch, in their order. */
export async function inOneBatch(calls: Call[], client: Client, feedback: RunFeedback): Promise<Answer[]> {
	const tally = tallyOf(client);
	const ids = operationIds(calls.length);
	const { id } = await startBatch(client, calls, ids);
	tally.batches++;
	tally.inBatches += calls.length;
	const finished = await waitForBatch(client, id, (batch) =>
		feedback.progress(batch.finished_operations, calls.length, 'operations of a batch'),
	);
	const byId = new Map<string, BatchResult>();
	for await (const result of resultsOf(client, finished)) byId.set(result.operation_id, result);
	return calls.map((call, at) => judged(call, byId.get(ids[at]!), client));
}

/** What the result of an operation means, as if it had been a request of its own. */
export function judged(
	{ method, path }: Pick<Call, 'method' | 'path'>,
	result: BatchResult | undefined,
	client: Client,
): Answer {
	if (result === undefined) return { refused: unanswered };
	const body = bodyOf(result.response);
	const refused = client.judge(
		{ status: result.status_code, headers: {}, body },
		{ method, path, idempotent: method !== 'POST', answer: 'anything' },
	);
	return refused === undefined ? { body: body === '' ? {} : (body as IDataObject) } : { refused };
}

function bodyOf(text: string): unknown {
	try {
		return text === '' ? '' : JSON.parse(text);
	} catch {
		return text;
	}
}

const unanswered = new ServiceError({
	service: 'Mailchimp',
	message: 'The results of the batch say nothing of this operation',
	remedy: 'Look in Mailchimp whether it was done.',
	outcome: 'unknown',
});
