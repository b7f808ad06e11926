import type { IDataObject } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { ServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { listOf, noLinks } from '../connection';
import { AGAIN, resultsIn, type BatchResult } from './results';

/** A request of a batch, below `/3.0`. */
export interface Call {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	path: string;
	/** Of a GET only: Mailchimp takes none of the others. */
	params?: IDataObject;
	body?: IDataObject;
}

/** https://mailchimp.com/developer/marketing/guides/run-async-requests-batch-endpoint/ */
export interface Batch extends IDataObject {
	id: string;
	status: string;
	total_operations: number;
	finished_operations: number;
	errored_operations: number;
	submitted_at: string;
	response_body_url: string;
}

/** Mailchimp names no most; its own examples have a thousand. */
export const MOST_CALLS = 500;

/** Clocks of ours and of Mailchimp may differ by so much. */
const CLOCKS_MS = 120_000;
/** A file that broke off, or whose address has run out after its ten minutes, is asked for anew. */
const TRIES = 3;

/** From then on the number of its operations is certain. */
const COUNTED = new Set(['started', 'finalizing', 'finished']);

const isFinished = ({ status }: Batch): boolean => status === 'finished';

export const getBatch = async (client: Client, id: string): Promise<Batch> =>
	await client.get<Batch>(path`/batches/${id}`, noLinks());

export const listBatches = (client: Client, limit?: number) =>
	client.pages('/batches', listOf('batches'), noLinks('batches'), limit);

/** The ids by which the operations of a batch are known again in its results, in the order of the calls. */
export const operationIds = (count: number, mark = randomUUID()): string[] =>
	Array.from({ length: count }, (_, at) => `${mark}-${at}`);

/**
 * Hands in a batch. When the answer gets lost, the batches that Mailchimp has got since are looked through for the ids
 * of these operations: their calls are not made twice.
 */
export async function startBatch(client: Client, calls: Call[], ids: string[]): Promise<Batch> {
	const asked = Date.now();
	return await client.send<Batch>({
		method: 'POST',
		path: '/batches',
		body: {
			operations: calls.map(({ method, path: to, params, body }, at) => ({
				method,
				path: to,
				...(params === undefined ? {} : { params }),
				...(body === undefined ? {} : { body: JSON.stringify(body) }),
				operation_id: ids[at],
			})),
		},
		answer: ['id', 'status'],
		// What was archived once is refused the second time, and a contact with another address is gone from its path.
		idempotent: calls.every(({ method }) => method === 'GET'),
		reconcile: async () => await findBatch(client, asked, ids),
		manualCheck: 'Look with Batch → Get Many whether the batch is there.',
	});
}

/** All that may be this one are looked at together: others' batches are only waited for while it may still be among them. */
async function findBatch(client: Client, asked: number, ids: string[]): Promise<Batch | undefined> {
	const strange = new Set<string>();
	let found: Batch | undefined;
	const look = async (): Promise<number> => {
		let open = 0;
		for await (const row of listBatches(client)) {
			const batch = row as Batch;
			if (strange.has(batch.id) || Date.parse(String(batch.submitted_at)) < asked - CLOCKS_MS) continue;
			// A GET without a count is split into several.
			if (COUNTED.has(batch.status) && batch.total_operations < ids.length) strange.add(batch.id);
			else if (!isFinished(batch)) open += 1;
			else if (await hasSome(client, batch, ids)) {
				found = batch;
				return 0;
			} else strange.add(batch.id);
		}
		return open;
	};
	await client.until(look, (open) => open === 0);
	return found;
}

async function hasSome(client: Client, batch: Batch, ids: string[]): Promise<boolean> {
	for await (const { operation_id: id } of resultsOf(client, batch)) if (ids.includes(id)) return true;
	return false;
}

/** @param tell called with each answer on the way */
export async function waitForBatch(
	client: Client,
	id: string,
	tell: (batch: Batch) => void = () => undefined,
): Promise<Batch> {
	return await client.until(
		async () => await getBatch(client, id),
		(batch) => {
			tell(batch);
			return isFinished(batch);
		},
	);
}

/**
 * What the operations of a finished batch were answered, in no order. The file is another company's: nothing of the
 * sign-in goes there.
 */
export async function* resultsOf(client: Client, finished: Batch): AsyncGenerator<BatchResult> {
	let given = 0;
	for (let tries = 1, batch = finished; ; tries++, batch = await getBatch(client, batch.id)) {
		try {
			let passed = 0;
			for await (const result of resultsIn(await client.files.download(batch.response_body_url)))
				if (passed++ >= given) {
					given++;
					yield result;
				}
			if (given < batch.finished_operations) throw incomplete(given, batch.finished_operations);
			return;
		} catch (error) {
			if (tries >= TRIES || !(error instanceof ServiceError) || !error.facts.canRetry) throw error;
		}
	}
}

const incomplete = (got: number, all: number): ServiceError =>
	new ServiceError({
		service: 'Mailchimp',
		message: `The file with the results of the batch has ${got} of ${all} answers`,
		remedy: AGAIN,
		outcome: 'unknown',
		canRetry: true,
	});
