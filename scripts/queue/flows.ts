import type { WorkflowFile, WorkflowNode } from '../n8n/workflows';

/** Nodes one after another, as a workflow. */
export function flow(id: string, nodes: WorkflowNode[]): WorkflowFile {
	const named = nodes.map((node, i) => ({
		typeVersion: 1,
		position: [i * 200, 0],
		...node,
		id: `${id}-${i}`,
	}));
	const connections = Object.fromEntries(
		nodes
			.slice(1)
			.map(({ name }, i) => [nodes[i]!.name, { main: [[{ node: name, type: 'main', index: 0 }]] }]),
	);
	return { id, name: id, nodes: named, connections, settings: { executionOrder: 'v1' } };
}

/** Starts the workflow by a call to `/webhook/<path>`. */
export const webhook = (path: string, responseMode: 'lastNode' | 'onReceived'): WorkflowNode => ({
	name: 'Call',
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2.1,
	webhookId: path,
	parameters: { httpMethod: 'POST', path, responseMode, options: {} },
});

/** Leaves a mail that tells of each item. */
export const tell = (subject: string, text: string): WorkflowNode => ({
	name: 'Tell',
	type: 'n8n-nodes-mailops.postmark',
	parameters: {
		resource: 'email',
		operation: 'send',
		from: 'shop@example.com',
		to: 'support@example.com',
		subject,
		text,
	},
});
