import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { toServiceError, type ServiceError, type Outcome } from '../../errors';
import { errorItem, toNodeError } from '../nodeError';
import type { Connection } from '../../connection/connection';
import { shared } from '../../shared';
import type { Service } from '../../http/service';
import { InputItems } from '../parameters/reader';
import { RetryJournal } from './retryJournal';
import type { Operation, Resource } from '../operation';
import { foretell } from './forecast';
import { EditorFeedback } from './editorFeedback';
import { ResultCollector } from './resultCollector';
import { Parameters } from '../parameters/parameters';
import { runAsked } from './asked';
import { runBatched } from './batched';
import { runPerItem } from './perItem';
import type { RunContext } from './runContext';

/** Runs the operation that the node's two menus say, over all items. */
export async function run(
	context: IExecuteFunctions,
	resources: Resource[],
	service: Service<Connection>,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	if (items.length === 0) return [[]];
	const began = Date.now();
	const feedback = new EditorFeedback(context);
	const results = new ResultCollector(context, items.length, feedback);
	let mode: Operation['mode'] = 'perItem';
	let outcome: Outcome = 'notSent';
	let client: Connection | undefined;
	try {
		const operation = chosen(context, resources);
		mode = operation.mode;
		client = await (operation.service ?? service).open(context);
		const parameters = new Parameters(context, operation.fields);
		if (operation.mode === 'allItems')
			return await operation.call(new InputItems(context, parameters), client, feedback);
		foretell(operation, items.length, client, feedback);
		const journal = RetryJournal.of(context);
		const runContext: RunContext = {
			count: items.length,
			parameters,
			client,
			feedback,
			journal,
			results,
			signal: context.getExecutionCancelSignal(),
		};
		outcome = 'unknown';
		if (operation.mode === 'batched' && operation.waitUntil !== undefined)
			return await runAsked(operation, runContext, context);
		await (operation.mode === 'perItem'
			? runPerItem(operation, runContext)
			: runBatched(operation, runContext));
		journal.close(results.hasFailed);
		return [results.items()];
	} catch (error) {
		// A node that throws although it is to continue is taken by n8n for one that let all its items through: they
		// would come out of its ordinary output, as if they had been done.
		if (!context.continueOnFail()) throw toError(context, error);
		const failure = ofNode(error, outcome);
		if (mode === 'allItems') return [[{ json: errorItem(failure, 0).json }]];
		return [results.itemsAfter(failure)];
	} finally {
		const trouble = shared().trouble(began);
		if (trouble !== undefined) feedback.hint(trouble);
		await client?.close?.();
	}
}

const isOfNode = (error: unknown): error is Error & { description?: unknown } =>
	error instanceof Error && 'node' in error;

const toError = (context: IExecuteFunctions, error: unknown): Error =>
	isOfNode(error) ? error : toNodeError(context.getNode(), toServiceError(error), undefined);

/** What n8n itself says about a node, such as a missing credential, as a failure of its items. */
function ofNode(error: unknown, outcome: Outcome): ServiceError {
	const failure = toServiceError(error, outcome);
	return isOfNode(error) && typeof error.description === 'string'
		? failure.with({ remedy: error.description })
		: failure;
}

/** n8n adds this entry to the menus of every node; it is a hint to use the HTTP Request node. */
const OF_N8N = '__CUSTOM_API_CALL__';

const whatIsMissing = (resource: string, operation: string): string =>
	operation === OF_N8N
		? "'Custom API Call' in this menu comes from n8n, and does nothing in this node"
		: `This node has no operation '${operation}' for '${resource}'`;

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
			toServiceError(new Error(whatIsMissing(resource!, operation!))),
			undefined,
			"Choose the resource and the operation again. For a request of your own choose the resource 'Custom API Call'.",
		);
	return found;
}
