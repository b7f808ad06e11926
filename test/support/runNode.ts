import type { WorkflowExecute } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { Engine, type Run } from '../../scripts/engine';

export interface NodeUnderTest {
	/** Without the package's name: `postmark`. */
	type: string;
	parameters: INodeParameters;
	credentials: Record<string, ICredentialDataDecryptedObject>;
	settings?: Partial<INode>;
}

export const NODE = 'Under Test';

/** A node of the pack in the engine, as a workflow file would have it. */
export function nodeUnderTest({ type, parameters, credentials, settings }: NodeUnderTest): INode {
	return {
		id: 'node-1',
		name: NODE,
		type: `n8n-nodes-mailops.${type}`,
		typeVersion: 1,
		position: [200, 0],
		parameters,
		credentials: Object.fromEntries(Object.keys(credentials).map((name) => [name, { id: name, name }])),
		...settings,
	};
}

/** Start → the node, through n8n's own engine. */
export async function runNode(
	spec: NodeUnderTest,
	items: INodeExecutionData[] | Array<Record<string, unknown>> = [{}],
	options: {
		engine?: Engine;
		executionId?: string;
		/** `manual` when absent: somebody at the editor looks on. */
		mode?: WorkflowExecuteMode;
		staticData?: IDataObject;
		started?(execution: WorkflowExecute): void;
	} = {},
): Promise<Run & { engine: Engine }> {
	const engine = options.engine ?? engineWith(spec.credentials);
	const start: INode = {
		id: 'node-0',
		name: 'Start',
		type: 'test.start',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const file = {
		name: 'Test',
		nodes: [start, nodeUnderTest(spec)],
		connections: { Start: { main: [[{ node: NODE, type: 'main' as const, index: 0 }]] } },
		...(options.staticData ? { staticData: options.staticData } : {}),
	};
	const { engine: _engine, staticData: _staticData, ...rest } = options;
	const run = await engine.run(file, {
		start: 'Start',
		items: items.map((item) =>
			'json' in item ? (item as INodeExecutionData) : ({ json: item } as INodeExecutionData),
		),
		...rest,
	});
	return Object.assign(run, { engine });
}

export function engineWith(credentials: NodeUnderTest['credentials']): Engine {
	const engine = new Engine();
	for (const [name, data] of Object.entries(credentials)) engine.addCredential(name, data);
	return engine;
}
