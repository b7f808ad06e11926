import type { IDataObject } from 'n8n-workflow';
import { asFailure } from '../http/failure';
import { Item } from './item';
import type { EachOperation, Rows } from './operation';
import type { Job } from './run';

/** Items side by side, as many at a time as the service's budget has places. */
export async function runEach<P>(operation: EachOperation<P>, job: Job): Promise<void> {
	let next = 0;
	const worker = async () => {
		while (next < job.count && !job.outbox.isClosed) await one(operation, next++, job);
	};
	await Promise.all(Array.from({ length: Math.min(job.client.inFlight, job.count) }, worker));
}

async function one<P>(operation: EachOperation<P>, index: number, job: Job): Promise<void> {
	const { ledger, outbox } = job;
	const item = new Item(index, job.parameters);
	const key = ledger.key(index, item.input);
	if (ledger.recall(key, index, outbox)) return;
	let isRead = false;
	try {
		const parameters = await operation.read(item);
		isRead = true;
		const rows = await collect(await operation.call(parameters, job.client, job.notes));
		ledger.done(key, rows);
		outbox.done(index, rows);
	} catch (error) {
		const failure = asFailure(error, isRead ? 'unknown' : 'notSent');
		ledger.failed(key, failure);
		outbox.failed(index, failure);
	}
}

/** A service may answer with nothing where data was expected: the item is done all the same. */
async function collect(rows: Rows): Promise<IDataObject[]> {
	if (Array.isArray(rows)) return rows;
	if (typeof rows !== 'object' || rows === null) return [{}];
	if (!(Symbol.asyncIterator in rows)) return [rows];
	const all: IDataObject[] = [];
	for await (const row of rows as AsyncIterable<IDataObject>) all.push(row);
	return all;
}
