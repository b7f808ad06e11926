import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { asFailure, failureItem, toNodeError, type Failure, type Outcome } from '../http/failure';
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
	const notes = new Voice(context);
	const outbox = new Outbox(context, items.length, notes);
	let way: Operation['way'] = 'each';
	let outcome: Outcome = 'notSent';
	try {
		const operation = chosen(context, resources);
		way = operation.way;
		const client = await (operation.service ?? service).open(context);
		const parameters = new Parameters(context, operation.fields);
		if (operation.way === 'whole') return await operation.call(new Items(context, parameters), client, notes);
		const job = {
			count: items.length,
			parameters,
			client,
			notes,
			ledger: Ledger.of(context),
			outbox,
			signal: context.getExecutionCancelSignal(),
		};
		outcome = 'unknown';
		await (operation.way === 'each' ? runEach(operation, job) : runBulk(operation, job));
		return [outbox.items()];
	} catch (error) {
		// A node that throws although it is to continue is taken by n8n for one that let all its items through: they
		// would come out of its ordinary output, as if they had been done.
		if (!context.continueOnFail()) throw toError(context, error);
		const failure = ofNode(error, outcome);
		if (way === 'whole') return [[{ json: failureItem(failure, 0).json }]];
		return [outbox.itemsAfter(failure)];
	}
}

const isOfNode = (error: unknown): error is Error & { description?: unknown } =>
	error instanceof Error && 'node' in error;

const toError = (context: IExecuteFunctions, error: unknown): Error =>
	isOfNode(error) ? error : toNodeError(context.getNode(), asFailure(error), undefined);

/** What n8n itself says about a node, such as a missing credential, as a failure of its items. */
function ofNode(error: unknown, outcome: Outcome): Failure {
	const failure = asFailure(error, outcome);
	return isOfNode(error) && typeof error.description === 'string'
		? failure.with({ remedy: error.description })
		: failure;
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
