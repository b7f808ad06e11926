import { HookContext, TriggerContext, WebhookContext } from 'n8n-core';
import type {
	IDataObject,
	IHookFunctions,
	INode,
	INodeExecutionData,
	INodeParameters,
	ITriggerFunctions,
	IWebhookFunctions,
	IWebhookData,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowActivateMode,
} from 'n8n-workflow';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Engine } from '../../scripts/engine';
import { NODE, nodeUnderTest, type NodeUnderTest } from './runNode';

/** n8n's classes are not written for exact optional properties; they are what its own interfaces stand for. */
const asInterface = <T>(context: object): T => context as T;

const WEBHOOK_ID = 'a5f1b0de-7c2a-4f0e-9a36-0d4c1f2e3b4a';

/**
 * A small n8n around one webhook trigger of the pack. Its rules are n8n's own (webhook.service.js, live-webhooks.js,
 * test-webhooks.js and workflow-runner.js of n8n 2.41): a workflow is loaded anew for every call; static data is saved after an activation and
 * after a call that succeeded, and only if it changed; an activation that fails is taken down with what was saved; a
 * test of the editor has static data of its own, which is never saved.
 */
export class TriggerHost extends Engine {
	/** The workflow's static data as it stands in n8n's database. */
	saved: IDataObject = {};
	/** The items of each execution that was started. */
	readonly executions: INodeExecutionData[][] = [];
	/** The HTTP status of each answer. */
	readonly answers: number[] = [];
	isActive = false;
	/** Whether n8n fails to start executions, as when its database is away. */
	isFailing = false;
	/** Whether n8n does not reach its own address, as behind a router that does not lead back. */
	isCutOff = false;
	private stopTrigger: (() => Promise<void>) | undefined;
	private testData?: IDataObject;
	private readonly server: Server;

	private constructor(private readonly spec: NodeUnderTest) {
		super();
		for (const [name, data] of Object.entries(spec.credentials)) this.addCredential(name, data);
		this.server = createServer((request, response) => void this.take(request, response));
	}

	static async start(spec: NodeUnderTest): Promise<TriggerHost> {
		const host = new TriggerHost(spec);
		host.server.listen(0, '127.0.0.1');
		await once(host.server, 'listening');
		return host;
	}

	async close(): Promise<void> {
		await this.stopTrigger?.();
		this.server.closeAllConnections();
		this.server.close();
		await once(this.server, 'close');
	}

	get origin(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	get url(): string {
		return `${this.origin}/webhook/${WEBHOOK_ID}/webhook`;
	}

	get testUrl(): string {
		return `${this.origin}/webhook-test/${WEBHOOK_ID}/webhook`;
	}

	/** What the trigger remembers. */
	get memory(): IDataObject {
		return (this.saved[`node:${NODE}`] ??= {}) as IDataObject;
	}

	get items(): INodeExecutionData[] {
		return this.executions.flat();
	}

	get json(): IDataObject[] {
		return this.items.map(({ json }) => json);
	}

	change(parameters: INodeParameters): void {
		this.spec.parameters = { ...this.spec.parameters, ...parameters };
	}

	/** @param older what `trigger()` is given to remember, when n8n has read that before it registered the address */
	async activate(mode: WorkflowActivateMode = 'activate', older?: IDataObject): Promise<void> {
		const workflow = this.load(plain(this.saved), 'trigger');
		this.isActive = true;
		try {
			await this.register(workflow, mode, false);
			await this.startTrigger(older ? this.load(older, 'trigger') : workflow, mode);
		} catch (error) {
			await this.deactivate();
			throw error;
		}
		this.save(workflow);
	}

	/** What n8n does when it starts: it asks triggers that have a `trigger()`, whatever their webhooks. */
	async restartTrigger(): Promise<void> {
		await this.startTrigger(this.load(plain(this.saved), 'trigger'), 'init');
	}

	async deactivate(): Promise<void> {
		const workflow = this.load(plain(this.saved), 'trigger');
		await this.stopTrigger?.();
		await this.methods.delete!.call(this.hook(workflow, 'update', false));
		this.save(workflow);
		this.isActive = false;
	}

	/** "Listen for test event". */
	async listen(): Promise<void> {
		const workflow = this.load({}, 'manual');
		// The address answers before it is registered: some services ask it first.
		this.testData = {};
		await this.register(workflow, 'manual', true);
		this.testData = plain(workflow.staticData);
	}

	async stopListening(): Promise<void> {
		const workflow = this.load(plain(this.testData ?? {}), 'manual');
		delete this.testData;
		await this.methods.delete!.call(this.hook(workflow, 'update', true));
	}

	/** A call to the trigger's address, as anybody could make it. A buffer goes as it is. */
	async call(body: unknown, headers: Record<string, string> = {}, url = this.url): Promise<Response> {
		return await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
			body: Buffer.isBuffer(body) ? body : JSON.stringify(body),
		});
	}

	/** A call with the secret that the trigger has set. */
	async prove(body: unknown): Promise<Response> {
		const { user, password } = this.memory.secret as { user: string; password: string };
		return await this.call(body, basic(user, password));
	}

	private async startTrigger(workflow: Workflow, mode: WorkflowActivateMode): Promise<void> {
		await this.stopTrigger?.();
		const { closeFunction } = (await this.type.trigger!.call(this.context(workflow, mode)))!;
		this.stopTrigger = closeFunction;
	}

	private async register(workflow: Workflow, mode: WorkflowActivateMode, isTest: boolean): Promise<void> {
		const context = this.hook(workflow, mode, isTest);
		if (!(await this.methods.checkExists!.call(context))) await this.methods.create!.call(context);
	}

	private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
		response.once('finish', () => this.answers.push(response.statusCode));
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const isTest = request.url!.startsWith('/webhook-test/');
		const { method = 'POST' } = request;
		if (!this.type.description.webhooks!.some(({ httpMethod }) => httpMethod === method))
			return answer(response, 404);
		if (isTest ? this.testData === undefined : !this.isActive) return answer(response, 404);
		if (this.isCutOff && request.headers.authorization !== undefined) return answer(response, 404);
		const data = plain(isTest ? this.testData! : this.saved);
		const workflow = this.load(data, isTest ? 'manual' : 'webhook');
		const additionalData = this.surroundings(workflow);
		Object.assign(additionalData, {
			httpRequest: Object.assign(request, {
				rawBody: Buffer.concat(chunks),
				body: parsed(Buffer.concat(chunks).toString(), request.headers['content-type']),
				params: {},
				query: Object.fromEntries(new URL(request.url!, this.origin).searchParams),
			}),
			httpResponse: response,
		});
		const mode = isTest ? 'manual' : 'webhook';
		const context = asInterface<IWebhookFunctions>(
			new WebhookContext(
				workflow,
				workflow.getNode(NODE)!,
				additionalData,
				mode,
				this.webhook(isTest, method),
				[],
				null,
			),
		);
		try {
			const result = await this.type.webhook!.call(context);
			if (result.noWebhookResponse) return;
			if (this.isFailing) return answer(response, 500);
			if (result.workflowData) {
				// n8n 2.41 puts another workflow around the same static data to start the execution.
				this.load(data, 'webhook');
				await new Promise((resolve) => setTimeout(resolve, 20));
				this.executions.push(result.workflowData.flat());
			}
			if (!isTest) this.save(workflow);
			answer(response, 200);
			if (isTest && result.workflowData) await this.stopListening();
		} catch {
			answer(response, 500);
		}
	}

	private hook(workflow: Workflow, mode: WorkflowActivateMode, isTest: boolean): IHookFunctions {
		return asInterface<IHookFunctions>(
			new HookContext(
				workflow,
				workflow.getNode(NODE)!,
				this.surroundings(workflow),
				isTest ? 'manual' : 'trigger',
				mode,
				this.webhook(isTest),
			),
		);
	}

	private context(workflow: Workflow, mode: WorkflowActivateMode): ITriggerFunctions {
		return asInterface<ITriggerFunctions>(
			new TriggerContext(workflow, workflow.getNode(NODE)!, this.surroundings(workflow), 'trigger', mode),
		);
	}

	private webhook(isTest: boolean, method = 'POST'): IWebhookData {
		const webhookDescription = this.type.description.webhooks!.find(
			({ httpMethod }) => httpMethod === method,
		);
		return { webhookDescription, isTest } as IWebhookData;
	}

	private get node(): INode {
		return { ...nodeUnderTest(this.spec), webhookId: WEBHOOK_ID };
	}

	private get type() {
		return this.nodeType(this.node.type);
	}

	private get methods() {
		return this.type.webhookMethods!.default!;
	}

	private load(staticData: IDataObject, mode: 'trigger' | 'webhook' | 'manual'): Workflow {
		const file = { name: 'Test', nodes: [this.node], connections: {}, staticData };
		return this.prepare(file, mode, 'run').workflow;
	}

	private surroundings(workflow: Workflow): IWorkflowExecuteAdditionalData {
		const file = { name: 'Test', nodes: Object.values(workflow.nodes), connections: {} };
		const { additionalData } = this.prepare(file, 'trigger', 'run');
		return Object.assign(additionalData, {
			webhookBaseUrl: `${this.origin}/webhook`,
			webhookTestBaseUrl: `${this.origin}/webhook-test`,
		});
	}

	private save(workflow: Workflow): void {
		if ((workflow.staticData as { __dataChanged?: boolean }).__dataChanged)
			this.saved = plain(workflow.staticData);
	}
}

export const basic = (user: string, password: string) => ({
	authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

/** As n8n parses what comes: a form stays flat. */
function parsed(text: string, type = 'application/json'): unknown {
	if (text === '') return {};
	return type.includes('urlencoded') ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text);
}

const plain = (data: IDataObject): IDataObject => JSON.parse(JSON.stringify(data)) as IDataObject;

function answer(response: ServerResponse, status: number): void {
	response.writeHead(status);
	response.end();
}
