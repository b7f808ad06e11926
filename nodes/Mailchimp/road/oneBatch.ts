import type { IDataObject } from 'n8n-workflow';
import { ServiceError, toServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import type { RunFeedback } from '../../../core/node/operation';
import { operationIds, resultsOf, startBatch, waitForBatch, type Call } from '../api/batches';
import type { BatchResult } from '../api/results';
import { tallyOf } from './tally';

/** What one operation of a batch was answered. */
export type Answer = { body: IDataObject } | { refused: ServiceError };

/**
 * The answers to calls in one batch, in their order.
 *
 * @throws {ServiceError} of unknown outcome, with the ID of the batch, for whatever goes wrong after it was handed in
 */
export async function inOneBatch(calls: Call[], client: Client, feedback: RunFeedback): Promise<Answer[]> {
	const tally = tallyOf(client);
	const ids = operationIds(calls.length);
	const { id } = await startBatch(client, calls, ids);
	tally.batches++;
	tally.inBatches += calls.length;
	try {
		const finished = await waitForBatch(client, id, (batch) =>
			feedback.progress(batch.finished_operations, calls.length, 'operations of a batch'),
		);
		const byId = new Map<string, BatchResult[]>();
		for await (const result of resultsOf(client, finished)) {
			const { operation_id: operation } = result;
			byId.set(operation, [...(byId.get(operation) ?? []), result]);
		}
		return calls.map((call, at) => together(call, byId.get(ids[at]!) ?? [], client));
	} catch (error) {
		throw handedIn(error, id);
	}
}

/** Mailchimp goes through all pages of a list for a GET without a count: each may be a result of its own. */
function together(call: Call, results: BatchResult[], client: Client): Answer {
	if (results.length < 2) return judged(call, results[0], client);
	const pages: IDataObject[] = [];
	for (const result of results) {
		const answer = judged(call, result, client);
		if ('refused' in answer) return answer;
		pages.push(answer.body);
	}
	return { body: { pages } };
}

/** What Mailchimp has got it carries out, whatever becomes of the questions about it: a refusal of these says nothing of it. */
function handedIn(error: unknown, id: string): ServiceError {
	const known = toServiceError(error);
	const { remedy = '' } = known.facts;
	return known.with({
		outcome: 'unknown',
		canRetry: false,
		remedy:
			`${remedy} Mailchimp has the batch and carries it out: before you run this again, look with Batch → Get Results, Batch ID ${id}, what became of it.`.trim(),
	});
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
