import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { Postmark } from '../../../nodes/Postmark/Postmark.node';
import type { Sandbox } from '../../../sandbox';
import { engineWith, NODE, nodeUnderTest, runNode, type NodeUnderTest } from '../../support/runNode';
import { performing } from '../../support/perform';
import { postmarkCredential } from '../../support/services';

/** Any operation of the node, with both credentials: the node takes the one it needs. */
export function operationNode(
	sandbox: Sandbox,
	operation: string,
	parameters: IDataObject = {},
	settings: Partial<INode> = {},
): NodeUnderTest {
	const [resource, value] = operation.split('.');
	return {
		type: 'postmark',
		parameters: { resource, operation: value, ...parameters } as NodeUnderTest['parameters'],
		credentials: {
			...postmarkCredential(sandbox),
			mailOpsPostmarkAccountApi: {
				accountToken: sandbox.postmark.accountToken,
				baseUrl: sandbox.postmark.url,
			},
		},
		settings,
	};
}

export const { perform, performSome } = performing(
	operationNode,
	(sandbox) => sandbox.postmark.unknownFields,
);

/** The error of one item that must fail: its words, with what to do about it. */
export async function refusal(sandbox: Sandbox, operation: string, parameters: IDataObject = {}) {
	const run = await runNode(operationNode(sandbox, operation, parameters));
	if (run.error === undefined) throw new Error(`Nothing failed: ${JSON.stringify(run.json(NODE))}`);
	const details = (run.error as unknown as { context: { details: IDataObject } }).context.details;
	return { message: run.error.message, description: String(run.error.description), details };
}

/** What was asked of the sandbox: `GET /bounces?count=50&offset=0`. */
export const asked = (sandbox: Sandbox): string[] =>
	sandbox.requests
		.list({ service: 'postmark' })
		.map(({ method, path, query }) => `${method} ${path}${query ? `?${query.replace(/^\?/, '')}` : ''}`);

/** The parameters of the only request, or of the last one. */
export const lastQuery = (sandbox: Sandbox): Record<string, string> =>
	Object.fromEntries(new URLSearchParams(sandbox.requests.list({ service: 'postmark' }).at(-1)!.query));

/** Sends emails as another program would, and gives their IDs back. */
export async function sendMany(
	sandbox: Sandbox,
	messages: Array<Record<string, unknown>>,
): Promise<string[]> {
	const response = await fetch(`${sandbox.postmark.url}/email/batch`, {
		method: 'POST',
		headers: {
			Accept: 'application/json',
			'Content-Type': 'application/json',
			'X-Postmark-Server-Token': sandbox.postmark.serverToken,
		},
		body: JSON.stringify(
			messages.map((message) => ({
				From: 'people@yunhe.example',
				To: 'ana@yunhe.example',
				Subject: 'Welcome',
				HtmlBody: '<p>Hello <a href="https://yunhe.example/start">you</a></p>',
				...message,
			})),
		),
	});
	const answers = (await response.json()) as Array<{ MessageID: string; ErrorCode: number; Message: string }>;
	for (const { ErrorCode, Message } of answers) if (ErrorCode !== 0) throw new Error(Message);
	return answers.map(({ MessageID }) => MessageID);
}

type Search = (
	search?: string,
	token?: string,
) => Promise<{
	results: Array<{ name: string; value: string | number }>;
	paginationToken?: unknown;
}>;

/** One of the node's lists, as the editor asks for it. */
export function listOf(sandbox: Sandbox, method: keyof Postmark['methods']['listSearch']): Search {
	const isAccount = ['searchDomains', 'searchServers', 'searchSignatures'].includes(method);
	const spec = operationNode(sandbox, isAccount ? 'domain.get' : 'bounce.get');
	const editor = engineWith(spec.credentials).editor(nodeUnderTest(spec));
	const search = new Postmark().methods.listSearch[method] as (
		this: unknown,
		search?: string,
		token?: string,
	) => ReturnType<Search>;
	return async (text, token) => await search.call(editor, text, token);
}

/** The bytes of a file that came out, wherever n8n keeps it. */
export const bytesOf = ({ binary }: INodeExecutionData, field: string): Buffer =>
	Buffer.from(binary![field]!.data, 'base64');
