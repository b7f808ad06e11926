import '../engine/environment';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { Engine, type Run } from '../engine';
import type { RemoteSandbox } from './sandbox';

/** An engine with the built pack and credentials for the sandbox. */
export function engineFor(sandbox: RemoteSandbox, requestsPerSecond = 40): Engine {
	const engine = new Engine('dist');
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
					...(type.endsWith('httpRequest') ? { typeVersion: 4.2 } : {}),
				}),
			],
			connections: { Start: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
		},
		{ start: 'Start', items: items.map((json) => ({ json })), mode: 'trigger' },
	);
	const seconds = (performance.now() - started) / 1000;
	if (run.error) throw run.error;
	return { run, seconds };
}
