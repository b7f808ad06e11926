/**
 * Run as a process of its own by `processes.ts`: n8n's engine with the built pack, which shares n8n's Redis as a worker of n8n
 * does, and nothing else of n8n. Looks up users, one request for each.
 */
import '../engine/environment';
import type { ICredentialDataDecryptedObject, INode } from 'n8n-workflow';
import { Engine } from '../engine';

export interface Task {
	credential: ICredentialDataDecryptedObject;
	users: string[];
}

export interface Report {
	done: number;
	failed: number;
	hints: string[];
}

const node = (name: string, type: string, more: Partial<INode>): INode => ({
	id: name,
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	...more,
});

async function work({ credential, users }: Task): Promise<Report> {
	const engine = new Engine('dist');
	engine.addCredential('alimail', credential);
	const lookUp = node('Look Up', 'n8n-nodes-mailops.alimail', {
		parameters: {
			resource: 'user',
			operation: 'get',
			user: { __rl: true, mode: 'email', value: '={{ $json.email }}' },
		},
		credentials: { mailOpsAlimailApi: { id: 'alimail', name: 'alimail' } },
		onError: 'continueErrorOutput',
	});
	const run = await engine.run(
		{
			name: 'Look-ups',
			nodes: [node('Start', 'test.start', {}), lookUp],
			connections: { Start: { main: [[{ node: lookUp.name, type: 'main', index: 0 }]] } },
		},
		{ start: 'Start', items: users.map((email) => ({ json: { email } })), mode: 'trigger' },
	);
	if (run.error) throw run.error;
	return {
		done: run.items(lookUp.name).length,
		failed: run.items(lookUp.name, 1).length,
		hints: run.hints(lookUp.name),
	};
}

process.once('message', (task: Task) => {
	work(task).then(
		(report) => process.send!(report, () => process.exit(0)),
		(error: unknown) => {
			process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
			process.exit(1);
		},
	);
});
process.once('disconnect', () => process.exit(1));
