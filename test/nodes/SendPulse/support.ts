import type { INode, INodeExecutionData } from 'n8n-workflow';
import type { Sandbox } from '../../../sandbox';
import { NODE, runNode } from '../../support/runNode';
import { credentialFor } from '../../support/services';

export const ERROR_OUTPUT: Partial<INode> = { onError: 'continueErrorOutput' };
export const byId = (value: string | number) => ({ __rl: true, mode: 'id', value: String(value) });

interface More {
	items?: Array<Partial<INodeExecutionData>>;
	settings?: Partial<INode>;
	credential?: Record<string, string | number>;
}

/** Its rate is not held back, so that only tests about the rate wait for it. */
export function sendPulseCredential(sandbox: Sandbox, more: Record<string, string | number> = {}) {
	return credentialFor(sandbox, 'mailOpsSendPulseApi', { requestsPerSecond: 1000, ...more });
}

/** `contact.add` and its parameters, through the engine. */
export async function run(sandbox: Sandbox, operation: string, parameters: object, more: More = {}) {
	const { items = [{}], settings, credential } = more;
	const [resource, value] = operation.split('.');
	return await runNode(
		{
			type: 'sendPulse',
			parameters: { resource, operation: value, ...parameters } as never,
			credentials: sendPulseCredential(sandbox, credential),
			...(settings ? { settings } : {}),
		},
		items.map((item) => ({ json: {}, ...item })),
	);
}

export async function problem(sandbox: Sandbox, operation: string, parameters: object, more: More = {}) {
	const done = await run(sandbox, operation, parameters, { ...more, settings: ERROR_OUTPUT });
	expect(done.items(NODE, 0)).toEqual([]);
	return done.json(NODE, 1)[0] as { error: string; details: Record<string, unknown> };
}
