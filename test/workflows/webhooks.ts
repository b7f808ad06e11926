import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebhookContext } from 'n8n-core';
import type { IN8nHttpFullResponse, INode, WorkflowExecuteMode } from 'n8n-workflow';
import { Engine, type Run, type WorkflowFile } from '../../scripts/engine';

/**
 * What n8n does around a published workflow that starts with a Webhook node, on a port of 127.0.0.1: the node's own
 * code says whether a caller may come in, the engine runs the workflow, and the Respond to Webhook node answers.
 */
export class PublishedWorkflow extends Engine {
	/** Every execution there was; calls that are turned away start none. */
	readonly runs: Run[] = [];
	private readonly server: Server;
	private answers = new Map<string, (response: IN8nHttpFullResponse) => void>();
	private calls = 0;

	private constructor(
		private readonly file: WorkflowFile,
		private readonly webhook: INode,
	) {
		super();
		this.server = createServer((request, response) => {
			this.take(request, response).catch((error: unknown) =>
				answer(response, 500, { message: String(error) }),
			);
		});
	}

	static async of(file: WorkflowFile): Promise<PublishedWorkflow> {
		const webhook = file.nodes.find(({ type }) => type === 'n8n-nodes-base.webhook')!;
		const published = new PublishedWorkflow(file, webhook);
		published.server.listen(0, '127.0.0.1');
		await once(published.server, 'listening');
		return published;
	}

	/** The Production URL. */
	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/webhook/${String(this.webhook.parameters.path)}`;
	}

	close(): void {
		this.server.closeAllConnections();
		this.server.close();
	}

	private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { pathname } = new URL(request.url!, this.url);
		const known =
			pathname === new URL(this.url).pathname && request.method === this.webhook.parameters.httpMethod;
		if (!known) return answer(response, 404, { message: 'The requested webhook is not registered.' });
		const executionId = `call-${++this.calls}`;
		const { workflow, additionalData } = this.prepare(this.file, 'webhook', executionId);
		const parsed = Object.assign(request, {
			ips: [],
			ip: '127.0.0.1',
			params: {},
			query: {},
			...(await bodyOf(request)),
		});
		additionalData.httpRequest = parsed as never;
		additionalData.httpResponse = response as never;
		const node = workflow.getNode(this.webhook.name)!;
		const type = this.nodeType(node.type, node.typeVersion);
		const context = new WebhookContext(
			workflow,
			node,
			additionalData,
			'webhook',
			{ webhookDescription: type.description.webhooks![0]! } as never,
			[],
			null,
		);
		// The Webhook node is one of n8n's newer classes, whose methods get their context as an argument.
		const result = await (type as unknown as Webhook).webhook(context);
		if (result.noWebhookResponse || !result.workflowData) return;
		const responded = new Promise<IN8nHttpFullResponse>((resolve) => this.answers.set(executionId, resolve));
		const running = this.run(this.file, {
			start: node.name,
			items: result.workflowData[0] ?? [],
			mode: 'webhook',
			executionId,
		});
		const ended = running.then((run): IN8nHttpFullResponse => {
			this.runs.push(run);
			return run.error
				? { statusCode: 500, headers: {}, body: { message: 'Error in workflow' } }
				: { statusCode: 200, headers: {}, body: { message: 'Workflow executed successfully' } };
		});
		const { statusCode, body } = await Promise.race([responded, ended]);
		await ended;
		answer(response, statusCode, body);
	}

	override prepare(file: WorkflowFile, mode: WorkflowExecuteMode, executionId: string) {
		const prepared = super.prepare(file, mode, executionId);
		prepared.hooks.addHandler('sendResponse', (response) =>
			this.answers.get(executionId)?.(response as IN8nHttpFullResponse),
		);
		return prepared;
	}
}

interface Webhook {
	webhook(context: WebhookContext): Promise<{
		noWebhookResponse?: boolean;
		workflowData?: Array<Array<{ json: Record<string, never> }>>;
	}>;
}

async function bodyOf(request: IncomingMessage): Promise<{ body: unknown; contentType?: string }> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const text = Buffer.concat(chunks).toString();
	const contentType = request.headers['content-type']?.split(';')[0] ?? '';
	return { contentType, body: contentType === 'application/json' ? (JSON.parse(text) as unknown) : text };
}

function answer(response: ServerResponse, status: number, body: unknown): void {
	if (response.headersSent) return;
	response.writeHead(status, { 'Content-Type': 'application/json' });
	response.end(JSON.stringify(body));
}
