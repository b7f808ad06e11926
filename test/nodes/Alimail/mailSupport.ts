import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../../sandbox';
import { patience } from '../../../core/batch/idempotency';
import { forgetClaims } from '../../../core/batch/inFlight';
import { NODE, runNode } from '../../support/runNode';
import { node, useAlimail } from './support';

export const SHOP = 'shop@yunhe.example';
export const ANA = 'ana@yunhe.example';
export const mailbox = { __rl: true, mode: 'email', value: SHOP };
export const folder = (value: string) => ({ __rl: true, mode: 'id', value });

/** A sandbox with two mailboxes, in which waiting for a look-up is not the topic. */
export function useMail(): { current: Sandbox } {
	const sandbox = useAlimail();
	const { pausesMs } = patience;
	beforeEach(() => {
		patience.pausesMs = [5, 10, 20];
		forgetClaims();
		sandbox.current.alimail.seed({
			users: [
				{ email: SHOP, name: 'Shop' },
				{ email: ANA, name: 'Ana' },
			],
		});
	});
	afterAll(() => void (patience.pausesMs = pausesMs));
	return sandbox;
}

export const shopBox = (sandbox: { current: Sandbox }) => sandbox.current.alimail.post.mailbox(SHOP);

/** One operation on the shop's mailbox; failing items come as `{ error, details }`. */
export async function onMail(
	sandbox: { current: Sandbox },
	operation: string,
	parameters: INodeParameters = {},
	items: INodeExecutionData[] = [{ json: {} }],
	options: Parameters<typeof runNode>[2] = {},
) {
	const [resource, name] = operation.split('.');
	const spec = node(
		sandbox.current,
		{ resource, operation: name, mailbox, ...parameters } as INodeParameters,
		{ goOn: true },
	);
	const done = await runNode(spec, items, options);
	if (done.error) throw Object.assign(new Error(done.error.message), { description: done.error.description });
	const rows = done.json(NODE);
	// Beside the rows, and no part of them when they are compared.
	Object.defineProperty(rows, 'run', { value: done });
	return rows as typeof rows & { run: typeof done };
}

export const file = (text: string, fileName = 'a.txt', mimeType = 'text/plain') => ({
	data: Buffer.from(text).toString('base64'),
	fileName,
	mimeType,
});

export const fault = (sandbox: { current: Sandbox }, path: string | RegExp, more: object) =>
	sandbox.current.faults.add({
		service: 'alimail',
		method: 'POST',
		path,
		kind: 'resetAfter',
		...more,
	} as never);
