import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Connection } from '../../connection/connection';
import { invalidInput } from '../../errors';
import type { BatchedOperation } from '../operation';
import { ParameterReader } from '../parameters/reader';
import { runBatched } from './batched';
import { ResultCollector } from './resultCollector';
import type { RunContext } from './runContext';

/**
 * Sends one message for all items of a run, and has the execution wait for the answer to it. n8n waits once a run: items
 * that ask different things would lose all questions but one, so they are refused before anything is sent.
 */
export async function runAsked(
	operation: BatchedOperation<unknown, Connection>,
	run: RunContext,
	context: IExecuteFunctions,
): Promise<INodeExecutionData[][]> {
	const results = new ResultCollector(context, 1, run.feedback);
	await checkSame(operation, run);
	const until = operation.waitUntil!(new ParameterReader(0, run.parameters));
	await runBatched(operation, { ...run, count: 1, results });
	run.journal.close(results.hasFailed);
	const sent = results.items();
	if (results.hasFailed) return [sent];
	await context.putExecutionToWait(until);
	return [context.getInputData()];
}

async function checkSame(
	operation: BatchedOperation<unknown, Connection>,
	{ count, parameters, feedback }: RunContext,
): Promise<void> {
	let first: string | undefined;
	for (let index = 0; index < count; index++) {
		const message = JSON.stringify(await operation.read(new ParameterReader(index, parameters), feedback));
		first ??= message;
		if (message !== first)
			throw invalidInput(
				'Message',
				`The ${count} items ask different things, and an execution waits for one answer at a time. Nothing was sent`,
				"Put a 'Loop Over Items' node with a batch size of 1 before this node: each item is then asked and answered by itself.",
			);
	}
}
