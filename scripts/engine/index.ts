import { ExecutionLifecycleHooks, LoadOptionsContext, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	Workflow,
	type IConnections,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IDataObject,
	type ILoadOptionsFunctions,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type IRun,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { CredentialStore } from './credentials';
import { credentialTypes, NodeTypes, type Build } from './nodeTypes';

export interface WorkflowFile {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IDataObject;
	/** What its nodes keep from one run to the next; changed in place. */
	staticData?: IDataObject;
}

interface RunOptions {
	/** The node to start from; default: the workflow's only trigger. */
	start?: string;
	items?: INodeExecutionData[];
	mode?: WorkflowExecuteMode;
	executionId?: string;
	/** Called with each node's name when it has finished. */
	onNode?(name: string): void;
	/** Given the running execution, so that a test can cancel it. */
	started?(execution: WorkflowExecute): void;
}

/** Passes its input on; where a test's items enter. */
const startNode = {
	description: {
		displayName: 'Start',
		name: 'start',
		group: ['trigger'],
		version: 1,
		description: '',
		defaults: {},
		inputs: [],
		outputs: ['main'],
		properties: [],
	},
	async execute(this: { getInputData(): INodeExecutionData[] }) {
		return [this.getInputData()];
	},
} as unknown as INodeType;

let executions = 0;

/** n8n's own execution engine with the pack and n8n's own nodes, and nothing else of n8n. */
export class Engine {
	readonly credentials: CredentialStore;
	private readonly nodeTypes: NodeTypes;

	/**
	 * @param extra further nodes by their type, such as a toy service of a test
	 * @param signIns further credential types
	 */
	constructor(
		build: Build = 'source',
		extra: Record<string, INodeType> = {},
		signIns: ICredentialType[] = [],
	) {
		const types = credentialTypes(build);
		for (const type of signIns) types.set(type.name, type);
		this.credentials = new CredentialStore(types);
		this.nodeTypes = new NodeTypes(build, { 'test.start': startNode, ...extra });
	}

	/** Stores a credential; nodes refer to it by this name. */
	addCredential(name: string, data: ICredentialDataDecryptedObject): void {
		this.credentials.stored.set(name, data);
	}

	async run(file: WorkflowFile, options: RunOptions = {}): Promise<Run> {
		const { mode = 'manual', executionId = `run-${++executions}` } = options;
		const { workflow, additionalData, hooks } = this.prepare(file, mode, executionId);
		if (options.onNode) hooks.addHandler('nodeExecuteAfter', (name: string) => options.onNode!(name));
		const start = options.start === undefined ? onlyTrigger(workflow) : workflow.getNode(options.start);
		if (start === null) throw new Error(`The workflow has no node ${options.start}`);
		const execution = new WorkflowExecute(
			additionalData,
			mode,
			createRunExecutionData({
				// A trigger makes its own item in a manual run, unless its output is pinned as in the editor.
				...(options.items ? { resultData: { pinData: { [start.name]: options.items } } } : {}),
				executionData: {
					nodeExecutionStack: [
						{ node: start, data: { main: [options.items ?? [{ json: {} }]] }, source: null },
					],
				},
			}),
		);
		const running = execution.processRunExecutionData(workflow);
		options.started?.(execution);
		return new Run(await running);
	}

	/** What a dropdown of the editor would be asked in: the context of `loadOptions`, `listSearch` and `resourceMapping`. */
	editor(node: INode): ILoadOptionsFunctions {
		const { workflow, additionalData } = this.prepare(
			{ name: 'Editor', nodes: [node], connections: {} },
			'manual',
			'editor',
		);
		additionalData.currentNodeParameters = node.parameters;
		// n8n's classes are not written for exact optional properties; they are what its own interfaces stand for.
		const context: unknown = new LoadOptionsContext(
			workflow,
			workflow.getNode(node.name)!,
			additionalData,
			'',
		);
		return context as ILoadOptionsFunctions;
	}

	nodeType(name: string, version?: number): INodeType {
		return this.nodeTypes.getByNameAndVersion(name, version);
	}

	/** What n8n puts around a workflow when it runs. A subclass may listen to its hooks. */
	prepare(file: WorkflowFile, mode: WorkflowExecuteMode, executionId: string) {
		const id = 'workflow';
		const workflow = new Workflow({
			id,
			name: file.name,
			nodes: structuredClone(file.nodes),
			connections: file.connections,
			active: false,
			nodeTypes: this.nodeTypes,
			...(file.staticData ? { staticData: file.staticData } : {}),
			settings: { executionOrder: 'v1', timezone: 'Etc/UTC', ...file.settings },
		});
		const hooks = new ExecutionLifecycleHooks(mode, executionId, { id, name: file.name } as IWorkflowBase);
		const host = 'http://n8n.test';
		const additionalData = {
			credentialsHelper: this.credentials,
			hooks,
			executionId,
			workflowId: id,
			variables: {},
			currentNodeExecutionIndex: 0,
			restApiUrl: `${host}/rest`,
			instanceBaseUrl: host,
			webhookBaseUrl: `${host}/webhook`,
			webhookTestBaseUrl: `${host}/webhook-test`,
			webhookWaitingBaseUrl: `${host}/webhook-waiting`,
			formBaseUrl: `${host}/form`,
			formWaitingBaseUrl: `${host}/form-waiting`,
			formTestBaseUrl: `${host}/form-test`,
			setExecutionStatus: () => undefined,
			sendDataToUI: () => undefined,
		} as unknown as IWorkflowExecuteAdditionalData;
		return { workflow, additionalData, hooks };
	}
}

/** What came out of an execution. */
export class Run {
	constructor(readonly raw: IRun) {}

	/** The items of one output of a node, or [] when it did not run. */
	items(node: string, output = 0): INodeExecutionData[] {
		return this.task(node)?.data?.main?.[output] ?? [];
	}

	json(node: string, output = 0): IDataObject[] {
		return this.items(node, output).map(({ json }) => json);
	}

	hints(node: string): string[] {
		return (this.task(node)?.hints ?? []).map(({ message }) => message);
	}

	get error() {
		return this.raw.data.resultData.error;
	}

	private task(node: string) {
		return this.raw.data.resultData.runData[node]?.[0];
	}
}

function onlyTrigger(workflow: Workflow): INode {
	const nodes = Object.values(workflow.nodes).filter(
		(node) =>
			workflow.connectionsByDestinationNode[node.name] === undefined &&
			workflow.connectionsBySourceNode[node.name],
	);
	if (nodes.length !== 1)
		throw new Error(`Say which node to start: ${nodes.map(({ name }) => name).join(', ')}`);
	return nodes[0]!;
}
