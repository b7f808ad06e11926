import type { IBinaryKeyData } from 'n8n-workflow';
import { asFailure } from '../http/failure';
import { Item } from './item';
import { WithFiles, type EachOperation, type Row, type Rows } from './operation';
import { StoredRow, type DoneRow } from './outbox';
import type { Parameters } from './parameters';
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
		const rows: DoneRow[] = [];
		for await (const row of each(await operation.call(parameters, job.client, job.notes)))
			rows.push(await stored(row, job.parameters));
		ledger.done(key, rows);
		outbox.done(index, rows);
	} catch (error) {
		const failure = asFailure(error, isRead ? 'unknown' : 'notSent');
		ledger.failed(key, failure);
		outbox.failed(index, failure);
	}
}

/** A service may answer with nothing where data was expected: the item is done all the same. */
async function* each(rows: Rows): AsyncGenerator<Row> {
	if (Array.isArray(rows)) yield* rows;
	else if (typeof rows !== 'object' || rows === null) yield {};
	else if (Symbol.asyncIterator in rows) yield* rows as AsyncIterable<Row>;
	else yield rows;
}

/** Files go to wherever n8n keeps them as soon as their row is there, so that only one row's are in memory. */
async function stored(row: Row, { context }: Parameters): Promise<DoneRow> {
	if (!(row instanceof WithFiles)) return row;
	const binary: IBinaryKeyData = {};
	for (const [name, { content, fileName, mimeType }] of Object.entries(row.files))
		binary[name] = await context.helpers.prepareBinaryData(content, fileName, mimeType);
	return new StoredRow(row.json, binary);
}
