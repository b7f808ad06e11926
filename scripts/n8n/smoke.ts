/**
 * The pack in a real n8n, from the packed file to the editor in a browser. Ends with an exit code that CI can use.
 * Pictures go to output/screens.
 */
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../../sandbox';
import { check } from './check';
import { credentialsOfNodes, sandboxCredentials } from './credentials';
import { repository } from './paths';
import { stopAll } from './processes';
import type { ExecutionRecord } from './server';
import { applying } from '../hrWorkflow';
import { copySamples, readWorkflow, withFilesIn } from './workflows';

const say = (line: string) => process.stdout.write(`${line}\n`);
const workflows = join(repository, 'workflows');

async function main(): Promise<void> {
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.on(signal, () => void stopAll().then(() => process.exit(1)));
	}
	const sandbox = await startSandbox({ port: 0 });
	try {
		const passed = await check(
			{
				credentials: sandboxCredentials(sandbox),
				credentialsOfNodes: credentialsOfNodes(sandbox),
				workflow(filesFolder) {
					copySamples(join(workflows, 'data'), filesFolder);
					const shipped = readWorkflow(join(workflows, 'hr-to-mailbox-sync.json'));
					return withFilesIn(applying(shipped, EMPLOYEES), filesFolder);
				},
				outcome: (record) => syncOutcome(record, sandbox),
				byHand: {
					file: 'hr-export.csv',
					begin: () => sandbox.reset(),
					accounts: () => sandbox.alimail.users().filter(({ status }) => status === 'NORMAL').length,
				},
				mails: () => sandbox.postmark.messages,
				panelOf: 'Sync Mailboxes',
				panelPicture: 'sync-panel',
			},
			say,
		);
		process.exitCode = passed ? 0 : 1;
	} finally {
		await sandbox.close();
	}
}

/** What the first night of the demo company must come to, in an n8n that has nothing to do with the demo. */
const EMPLOYEES = 1_000;

/** The run must have succeeded in every node, and the services must hold what it was for. */
function syncOutcome(record: ExecutionRecord, sandbox: Sandbox): string {
	const { error, lastNodeExecuted } = record.data.resultData;
	if (record.status !== 'success' || error !== undefined) {
		const where = error?.node?.name ?? lastNodeExecuted ?? 'the workflow';
		throw new Error(
			`"${where}" ended with ${record.status}: ${error?.message ?? 'no message'}. ${error?.description ?? ''}`,
		);
	}
	const mailboxes = sandbox.alimail.users().filter(({ status }) => status === 'NORMAL').length;
	const welcomes = sandbox.postmark.messages.filter(({ tag }) => tag === 'welcome').length;
	const digests = sandbox.postmark.messages.filter(({ tag }) => tag === 'digest').length;
	const found = `${mailboxes} mailboxes, ${welcomes} welcome mails, ${digests} digest`;
	if (mailboxes !== EMPLOYEES || welcomes !== EMPLOYEES || digests !== 1)
		throw new Error(
			`Expected ${EMPLOYEES} mailboxes, ${EMPLOYEES} welcome mails and 1 digest; found ${found}.`,
		);
	return found;
}

main().catch((error: unknown) => {
	say(error instanceof Error ? error.message : String(error));
	process.exitCode = 1;
});
