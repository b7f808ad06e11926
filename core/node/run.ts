import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { asFailure, toNodeError } from '../http/failure';
import type { Service } from '../http/service';
import { Items } from './item';
import { Ledger } from './ledger';
import type { Notes, Operation, Resource } from './operation';
import { Voice } from './voice';
import { Outbox } from './outbox';
import { Parameters } from './parameters';
import { runBulk } from './runBulk';
import { runEach } from './runEach';

/** Runs the operation that the node's two menus say, over all items. */
export async function run(
	context: IExecuteFunctions,
	resources: Resource[],
	service: Service,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	if (items.length === 0) return [[]];
	const operation = chosen(context, resources);
	const notes = new Voice(context);
	try {
		const client = await (operation.service ?? service).open(context);
		const parameters = new Parameters(context, operation.fields);
		if (operation.way === 'whole') return await operation.call(new Items(context, parameters), client, notes);
		const job = {
			count: items.length,
			parameters,
			client,
			notes,
			ledger: Ledger.of(context),
			outbox: new Outbox(context, items.length, notes),
			signal: context.getExecutionCancelSignal(),
		};
		await (operation.way === 'each' ? runEach(operation, job) : runBulk(operation, job));
		return [job.outbox.items()];
	} catch (error) {
		throw error instanceof Error && 'node' in error
			? error
			: toNodeError(context.getNode(), asFailure(error), undefined);
	}
}

/** Everything one run of `each` or `bulk` works with. */
export interface Job {
	count: number;
	parameters: Parameters;
	client: Awaited<ReturnType<Service['open']>>;
	notes: Notes;
	ledger: Ledger;
	outbox: Outbox;
	signal: AbortSignal | undefined;
}

function chosen(context: IExecuteFunctions, resources: Resource[]): Operation {
	const [resource, operation] = ['resource', 'operation'].map(
		(name) => context.getNodeParameter(name, 0) as string,
	);
	const found = resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);
	if (found === undefined)
		throw toNodeError(
			context.getNode(),
			asFailure(new Error(`This node has no operation '${operation}' for '${resource}'`)),
			undefined,
			'Choose the resource and the operation again.',
		);
	return found;
}
