/** Run as a process of its own by `sendpulse.ts`: n8n's engine with the built pack, as a worker of n8n in queue mode. */
import '../engine/environment';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { Engine } from '../engine';
import { addForm, CREDENTIAL, OURS } from './sendpulseForm';
import { runNode } from './run';

export interface Task {
	credential: ICredentialDataDecryptedObject;
	list: number;
	items: IDataObject[];
}

const engine = new Engine('dist');

async function work({ credential, list, items }: Task): Promise<number> {
	engine.addCredential(CREDENTIAL, credential);
	const named = { [CREDENTIAL]: { id: CREDENTIAL, name: CREDENTIAL } };
	return (await runNode(engine, OURS, addForm(list), items, named)).run.items('Node').length;
}

process.once('message', (task: Task) => {
	work(task).then(
		(done) => process.send!({ done }, () => process.exit(0)),
		(error: unknown) => {
			process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
			process.exit(1);
		},
	);
});
process.once('disconnect', () => process.exit(1));
process.send!('ready');
