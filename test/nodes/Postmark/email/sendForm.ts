import type { INode, INodeExecutionData } from 'n8n-workflow';
import type { Sandbox } from '../../../../sandbox';
import { NODE, runNode, type NodeUnderTest } from '../../../support/runNode';
import { postmarkCredential } from '../../../support/services';

interface Form {
	[field: string]: unknown;
	options?: Record<string, unknown>;
}

/** Email → Send, filled in with what an ordinary email has; `form` changes and adds fields. */
export function sendNode(
	sandbox: Sandbox,
	form: Form = {},
	settings: Partial<INode> = {},
	credential: Parameters<typeof postmarkCredential>[1] = {},
): NodeUnderTest {
	return {
		type: 'postmark',
		parameters: {
			resource: 'email',
			operation: 'send',
			from: 'People Team <people@yunhe.example>',
			to: 'ana@yunhe.example',
			subject: 'Welcome',
			html: '<p>Hello <b>you</b></p>',
			...form,
		} as NodeUnderTest['parameters'],
		credentials: postmarkCredential(sandbox, credential),
		settings,
	};
}

export const ERROR_OUTPUT: Partial<INode> = { onError: 'continueErrorOutput' };

/** Sends one email that must work, and gives it back as the service keeps it, with the item that came out. */
export async function sendOne(sandbox: Sandbox, form: Form = {}, item: Partial<INodeExecutionData> = {}) {
	const run = await runNode(sendNode(sandbox, form), [{ json: {}, ...item }]);
	if (run.error) throw run.error;
	const [stored, ...more] = sandbox.postmark.messages;
	expect(more).toEqual([]);
	expect(sandbox.postmark.unknownFields).toEqual([]);
	return { stored: stored!, json: run.json(NODE)[0]!, run };
}

/** Tries to send one email that must fail: the words on the thrown error and on the error output, which must agree. */
export async function refusalOf(sandbox: Sandbox, form: Form, item: Partial<INodeExecutionData> = {}) {
	const items = [{ json: {}, ...item }];
	const stopped = await runNode(sendNode(sandbox, form), items);
	const branched = await runNode(sendNode(sandbox, form, ERROR_OUTPUT), items);
	const problem = branched.json(NODE, 1)[0] as { error: string; details: Record<string, unknown> };
	expect(branched.items(NODE, 0)).toEqual([]);
	expect(stopped.error?.message).toBe(`${problem.error} [item 0]`);
	return { ...problem, thrown: stopped.error!, description: String(stopped.error!.description) };
}

/** Without the one in which a run started by hand asks whether the server delivers. */
export const requestsSent = (sandbox: Sandbox) =>
	sandbox.requests.count({ service: 'postmark' }) - sandbox.requests.count({ path: '/server' });

/** A file as n8n hands it from node to node. */
export const file = (content: string | Buffer, fileName: string, mimeType: string) => ({
	data: Buffer.from(content).toString('base64'),
	fileName,
	mimeType,
});
