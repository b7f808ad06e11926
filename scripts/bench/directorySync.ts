import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { Directory } from '../../nodes/ActiveDirectory/connection';
import { readSettings } from '../../nodes/ActiveDirectory/settings';
import { adNight, changeStaff, STAFF } from '../directory/night';
import { REALM } from '../directory/samba';
import { Engine } from '../engine';
import { RemoteSandbox } from './sandbox';
import { tally } from './sync';
import type { Row } from './table';

/** Together one percent of 10,000. */
const CHANGES = { joined: 25, retitled: 50, disabled: 20, deleted: 5 };
/** So that a first load of 10,000 takes no minutes. How many requests there are has nothing to do with it. */
const PER_SECOND = 100_000;

/** Two nights of the workflow that ships with the pack: everybody gets a mailbox; then one percent has changed. */
export async function syncing(credential: ICredentialDataDecryptedObject, people: number): Promise<Row[]> {
	const sandbox = await RemoteSandbox.start();
	const directory = new Directory(readSettings(credential));
	try {
		await sandbox.reset({ alimail: { requestsPerSecond: PER_SECOND } });
		await sandbox.post('seed', { alimail: { domains: [REALM] } });
		const engine = await signedIn(sandbox, credential);
		const first = await night(engine, people);
		if (first.created !== people) throw new Error(`${first.created} mailboxes instead of ${people}`);
		await changeStaff(directory, CHANGES);
		const before = await tally(sandbox);
		const { created, updated, frozen } = await night(engine);
		const after = await tally(sandbox);
		const writes = after.writes - before.writes;
		const { joined, retitled, disabled, deleted } = CHANGES;
		const isDone = created === joined && updated === retitled && frozen === disabled + deleted;
		const changes = joined + retitled + disabled + deleted;
		return [
			{
				what: `Active Directory → Alimail: sync of ${people.toLocaleString('en')} people with ${(changes / people) * 100} % churn: requests that write`,
				ours: `${writes}: ${created} created, ${updated} changed, ${frozen} frozen`,
				target: `exactly ${changes}`,
				ok: writes === changes && isDone,
			},
		];
	} finally {
		await directory.close();
		sandbox.stop();
	}
}

async function signedIn(sandbox: RemoteSandbox, credential: ICredentialDataDecryptedObject): Promise<Engine> {
	const { credentials } = await sandbox.get<{
		credentials: Array<{ type: string; data: ICredentialDataDecryptedObject }>;
	}>('credentials');
	const of = (wanted: string) => credentials.find(({ type }) => type === wanted)!.data;
	const engine = new Engine('dist');
	engine.addCredential('Active Directory', credential);
	engine.addCredential('Alimail', { ...of('mailOpsAlimailApi'), requestsPerSecond: PER_SECOND });
	engine.addCredential('Postmark', of('mailOpsPostmarkServerApi'));
	return engine;
}

async function night(engine: Engine, firstLoad = 0) {
	const run = await adNight(engine, STAFF, firstLoad);
	if (run.error) throw run.error;
	const [summary] = run.json('Sync Mailboxes', 2);
	return summary as unknown as { created: number; updated: number; frozen: number };
}
