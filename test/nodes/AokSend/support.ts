import type { INode, INodeExecutionData } from 'n8n-workflow';
import type { Sandbox } from '../../../sandbox';
import { NODE, runNode } from '../../support/runNode';
import { credentialFor } from '../../support/services';

/** The credential's service, and the stand-in's name for it. */
const PRODUCTS = { aokSend: 'aoksend', aotSend: 'aotsend', fengEmail: 'fengemail' } as const;
export type Service = keyof typeof PRODUCTS;

export function aokSendCredential(sandbox: Sandbox, service: Service = 'aokSend') {
	const product = PRODUCTS[service];
	return credentialFor(sandbox, 'mailOpsAokSendApi', {
		service,
		apiKey: sandbox.aoksend.appKeys[product],
		baseUrl: sandbox.aoksend.urlOf(product),
	});
}

interface Try {
	service?: Service;
	operation?: string;
	items?: Array<Partial<INodeExecutionData>>;
	settings?: Partial<INode>;
	credential?: object;
}

/** `email.sendWithTemplate` unless said otherwise, with what an ordinary email has. */
export async function send(sandbox: Sandbox, form: object = {}, more: Try = {}) {
	const {
		service = 'aokSend',
		operation = 'email.sendWithTemplate',
		items = [{}],
		settings,
		credential,
	} = more;
	const [resource, value] = operation.split('.');
	const credentials = aokSendCredential(sandbox, service);
	Object.assign(credentials.mailOpsAokSendApi, credential);
	return await runNode(
		{
			type: 'aokSend',
			parameters: {
				resource,
				operation: value,
				...(operation === 'email.sendWithTemplate' ? { templateId: 'E_100000000001' } : {}),
				...(resource === 'email' ? { to: 'ana@yunhe.example' } : {}),
				...form,
			},
			credentials,
			...(settings ? { settings } : {}),
		},
		items.map((item) => ({ json: {}, ...item })),
	);
}

/** What comes out of the error output. */
export async function problem(sandbox: Sandbox, form: object = {}, more: Try = {}) {
	const run = await send(sandbox, form, { ...more, settings: { onError: 'continueErrorOutput' } });
	expect(run.items(NODE, 0)).toEqual([]);
	return run.json(NODE, 1)[0] as { error: string; details: Record<string, unknown> };
}

export const file = (content: string | Buffer, fileName: string, mimeType = 'application/pdf') => ({
	data: Buffer.from(content).toString('base64'),
	fileName,
	mimeType,
});
