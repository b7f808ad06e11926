import type { IBinaryKeyData } from 'n8n-workflow';
import { breathe } from '../../breathe';
import { toServiceError } from '../../errors';
import type { Connection } from '../../connection/connection';
import { ParameterReader } from '../parameters/reader';
import { WithFiles, type PerItemOperation, type Row, type Rows } from '../operation';
import { StoredRow, type DoneRow } from './rows';
import type { Parameters } from '../parameters/parameters';
import type { RunContext } from './runContext';

/** Items side by side, as many at a time as the service has places. */
export async function runPerItem(
	operation: PerItemOperation<unknown, Connection>,
	run: RunContext,
): Promise<void> {
	let next = 0;
	const worker = async () => {
		while (next < run.count && !run.results.isClosed) {
			const pause = breathe();
			// Items begin in their order: who gives way takes the next one afterwards.
			if (pause) await pause;
			else await one(operation, next++, run);
		}
	};
	await Promise.all(Array.from({ length: Math.min(run.client.concurrency, run.count) }, worker));
}

async function one(
	operation: PerItemOperation<unknown, Connection>,
	index: number,
	run: RunContext,
): Promise<void> {
	const { journal, results } = run;
	const item = new ParameterReader(index, run.parameters);
	const key = journal.key(index, item.input);
	const known = journal.recall(key);
	if (known !== undefined) return results.recalled(index, known);
	let isRead = false;
	try {
		const parameters = await operation.read(item, run.feedback);
		isRead = true;
		const rows: DoneRow[] = [];
		for await (const row of each(await operation.call(parameters, run.client, run.feedback)))
			rows.push(await stored(row, run.parameters));
		journal.done(key, rows, run.client.hasWritten === false);
		results.done(index, rows);
	} catch (error) {
		const plain = toServiceError(error, isRead ? 'unknown' : 'notSent');
		const failure = run.client.redact?.(plain) ?? plain;
		journal.failed(key, failure);
		results.failed(index, failure);
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
