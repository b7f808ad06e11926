import '../engine/environment';
import type { IBinaryKeyData, IDataObject, INode, INodeParameters, INodeType } from 'n8n-workflow';
import { Engine, type Run } from '../engine';

/** An engine with the built pack and credentials for the sandbox, or for what leads to it; `extra`: further nodes by their type. */
export function engineFor(
	sandbox: { url: string },
	requestsPerSecond = 40,
	extra: Record<string, INodeType> = {},
): Engine {
	const engine = new Engine('dist', extra);
	engine.addCredential('alimail', {
		site: 'custom',
		baseUrl: `${sandbox.url}/alimail`,
		appId: 'sandbox-app',
		appSecret: 'sandbox-secret',
		requestsPerSecond,
	});
	engine.addCredential('postmark', {
		serverToken: 'sandbox-server-token',
		baseUrl: `${sandbox.url}/postmark`,
	});
	return engine;
}

/** The versions that n8n gives a new node of its own. */
const VERSIONS: Record<string, number> = {
	'n8n-nodes-base.httpRequest': 4.2,
	'n8n-nodes-base.emailSend': 2.1,
	'n8n-nodes-base.microsoftOutlook': 2,
	'n8n-nodes-base.mailchimp': 1,
};

export interface Timed {
	run: Run;
	seconds: number;
}

/** One node over these items, through n8n's engine. Throws when the node failed. */
export async function runNode(
	engine: Engine,
	type: string,
	parameters: INodeParameters,
	items: IDataObject[],
	credentials: INode['credentials'] = {},
	settings: Partial<INode> = {},
	binary?: IBinaryKeyData,
): Promise<Timed> {
	const at = (name: string, nodeType: string, extra: Partial<INode>): INode => ({
		id: name,
		name,
		type: nodeType,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		...extra,
	});
	const started = performance.now();
	const run = await engine.run(
		{
			name: 'Bench',
			nodes: [
				at('Start', 'test.start', {}),
				at('Node', type, {
					parameters,
					credentials,
					typeVersion: VERSIONS[type] ?? 1,
					...settings,
				}),
			],
			connections: { Start: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
		},
		{
			start: 'Start',
			items: items.map((json) => ({ json, ...(binary === undefined ? {} : { binary }) })),
			mode: 'trigger',
		},
	);
	const seconds = (performance.now() - started) / 1000;
	if (run.error) throw run.error;
	return { run, seconds };
}
