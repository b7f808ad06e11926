import type { WorkflowExecute } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	INode,
	INodeParameters,
	INodeType,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import type { Connection } from '../../../core/connection/connection';
import type { Service } from '../../../core/http/service';
import { resource, type Operation } from '../../../core/node/operation';
import { propertiesOf } from '../../../core/node/properties';
import { run } from '../../../core/node/run/run';
import { Engine, type Run } from '../../../scripts/engine';

/** A service of a test: what a real one brings, and nothing of a real one. */
export interface Toy {
	operations: Operation[];
	service: Service<Connection>;
	/** Outputs of the node; one when absent. */
	outputs?: number;
	methods?: INodeType['methods'];
	/** What it signs in with. */
	signIn?: { type: ICredentialType; data: ICredentialDataDecryptedObject };
}

/** The toy's node is called this in its workflow, and so is its credential. */
export const TOY = 'Toy';
const TYPE = 'test.toy';
const RESOURCE = 'thing';

function toyNode({ operations, service, outputs = 1, methods, signIn }: Toy): INodeType {
	const resources = [resource({ name: 'Thing', value: RESOURCE, operations })];
	return {
		description: {
			displayName: TOY,
			name: 'toy',
			group: ['transform'],
			version: 1,
			description: 'A toy',
			defaults: { name: TOY },
			inputs: ['main'],
			outputs: Array.from({ length: outputs }, () => 'main'),
			...(signIn ? { credentials: [{ name: signIn.type.name, required: true }] } : {}),
			properties: propertiesOf(resources),
		},
		...(methods ? { methods } : {}),
		async execute() {
			return await run(this, resources, service);
		},
	} as INodeType;
}

/** n8n's engine with the toy in it. What it remembers of a sign-in lasts as long as the engine. */
export function toyEngine(toy: Toy): Engine {
	const engine = new Engine('source', { [TYPE]: toyNode(toy) }, toy.signIn ? [toy.signIn.type] : []);
	if (toy.signIn) engine.addCredential(TOY, toy.signIn.data);
	return engine;
}

export interface ToyRunOptions {
	engine?: Engine;
	/** The first one when absent. */
	operation?: string;
	parameters?: INodeParameters;
	/** The node's settings: `retryOnFail`, `onError` … */
	settings?: Partial<INode>;
	/** Names the account in n8n's database. */
	credentialId?: string;
	mode?: WorkflowExecuteMode;
	staticData?: IDataObject;
	started?: (execution: WorkflowExecute) => void;
}

/** Start → the toy, through n8n's own engine. */
export async function runToy(toy: Toy, rows: object[], how: ToyRunOptions = {}): Promise<Run> {
	const { engine = toyEngine(toy), credentialId = 'toy', staticData, mode, started } = how;
	const [first] = toy.operations;
	const node: INode = {
		id: 'toy',
		name: TOY,
		type: TYPE,
		typeVersion: 1,
		position: [0, 0],
		parameters: { resource: RESOURCE, operation: how.operation ?? String(first?.value), ...how.parameters },
		...(toy.signIn ? { credentials: { [toy.signIn.type.name]: { id: credentialId, name: TOY } } } : {}),
		...how.settings,
	};
	const { credentials: _none, ...plain } = node;
	const start: INode = { ...plain, id: 'start', name: 'Start', type: 'test.start', parameters: {} };
	return await engine.run(
		{
			name: TOY,
			nodes: [start, node],
			connections: { Start: { main: [[{ node: TOY, type: 'main', index: 0 }]] } },
			...(staticData ? { staticData } : {}),
		},
		{
			start: 'Start',
			items: rows.map((json) => ({ json: json as IDataObject })),
			...(mode ? { mode } : {}),
			...(started ? { started } : {}),
		},
	);
}

/** Stops the execution as the editor's Stop does. */
export function stop(execution: WorkflowExecute | undefined): void {
	(execution as unknown as { abortController: AbortController }).abortController.abort();
}
