import { Container } from '@n8n/di';
import { InstanceSettings, WAITING_TOKEN_QUERY_PARAM, WebhookContext, WorkflowExecute } from 'n8n-core';
import type {
	IDataObject,
	INode,
	IRun,
	IWebhookData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { createHmac } from 'node:crypto';
import { Engine, Run } from '../../scripts/engine';
import { NODE, nodeUnderTest, type NodeUnderTest } from './runNode';

/** What somebody who opens an address gets to see. */
export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: string;
	/** The execution, gone on: missing while it waits. */
	run?: Run;
}

/**
 * An execution that waits, and n8n around it. Its rules are n8n's own (waiting-webhooks.js and webhook-helpers.js of n8n
 * 2.41): the signature of an address covers path and query; a call without data for the workflow leaves it waiting; with
 * data the node is switched off and its data goes on to the next node; later calls find nothing to do.
 */
export class Waiting extends Engine {
	private isOver = false;

	constructor(
		private readonly spec: NodeUnderTest,
		private readonly waiting: IRun,
	) {
		super();
		for (const [name, data] of Object.entries(spec.credentials)) this.addCredential(name, data);
	}

	async open(address: string, method = 'GET', form: IDataObject = {}): Promise<Answer> {
		const url = new URL(address);
		if (!isSigned(url)) return { status: 401, headers: {}, body: 'Invalid token' };
		if (this.isOver) return { status: 200, headers: {}, body: 'No action required' };
		const { node, workflow, additionalData } = this.around();
		const description = this.nodeType(node.type).description.webhooks!.find(
			({ httpMethod, restartWebhook }) => httpMethod === method && restartWebhook === true,
		);
		if (description === undefined) return { status: 404, headers: {}, body: '' };
		const answer: Answer = { status: 200, headers: {}, body: '' };
		Object.assign(additionalData, {
			httpRequest: {
				method,
				body: this.asN8nParses(form),
				query: Object.fromEntries(url.searchParams),
				headers: {},
				params: {},
			},
			httpResponse: {
				setHeader: (name: string, value: string) => (answer.headers[name.toLowerCase()] = value),
				send: (body: string) => (answer.body = body),
			},
		});
		const context = new WebhookContext(
			workflow,
			node,
			additionalData,
			'manual',
			{ webhookDescription: description } as IWebhookData,
			[],
			this.waiting.data,
		);
		const result = await this.nodeType(node.type).webhook!.call(context as IWebhookFunctions);
		if (typeof result.webhookResponse === 'string') answer.body = result.webhookResponse;
		if (result.workflowData !== undefined) answer.run = await this.goOn(result);
		return answer;
	}

	/** The answer to a custom form has to come as multipart, whose fields n8n gives apart from its files. */
	private asN8nParses(form: IDataObject): IDataObject {
		const { responseType } = nodeUnderTest(this.spec).parameters;
		return responseType === 'customForm' ? { data: form, files: {} } : form;
	}

	private async goOn({ workflowData }: IWebhookResponseData): Promise<Run> {
		this.isOver = true;
		const { data } = this.waiting;
		const [first] = data.executionData!.nodeExecutionStack;
		first!.node.disabled = true;
		first!.data.main = workflowData!;
		delete data.waitTill;
		data.resultData.runData[NODE]!.pop();
		const { workflow, additionalData } = this.around();
		return new Run(
			await new WorkflowExecute(additionalData, 'manual', data).processRunExecutionData(workflow),
		);
	}

	private around() {
		const node: INode = nodeUnderTest(this.spec);
		const file = { name: 'Test', nodes: [node], connections: {} };
		return { ...this.prepare(file, 'manual', 'waiting-1'), node };
	}
}

function isSigned(url: URL): boolean {
	const given = url.searchParams.get(WAITING_TOKEN_QUERY_PARAM);
	const bare = new URL(url);
	bare.searchParams.delete(WAITING_TOKEN_QUERY_PARAM);
	const { hmacSignatureSecret } = Container.get(InstanceSettings);
	return (
		given === createHmac('sha256', hmacSignatureSecret).update(`${bare.pathname}${bare.search}`).digest('hex')
	);
}

/** The last node's items, as the next node would get them. */
export const outputOf = (run: Run | undefined) => run?.json(NODE) ?? [];
