/**
 * `npm start`: a real n8n with this pack in it, and the sandbox that plays the services' part. Ctrl-C ends all of it.
 */
import { join } from 'node:path';
import { startSandbox } from '../../sandbox';
import { CALLER_TOKEN, credentialsOfNodes, sandboxCredentials } from './credentials';
import { cacheFolder, repository } from './paths';
import { freePort, stopAll, whenNpmEnds } from './processes';
import { addOrderTemplate } from './samples';
import { refuseSecond, startTrial, type Trial } from './trial';
import { applying } from '../hrWorkflow';
import { workflowsIn } from './workflows';

const say = (line = '') => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
	// When the terminal is closed there is nobody left to tell, and that must not keep n8n from being stopped.
	process.stdout.on('error', () => undefined);
	const dataFolder = join(cacheFolder, 'data');
	await refuseSecond(dataFolder);
	const sandbox = await startSandbox({
		port: await freePort(Number(process.env.MAILOPS_SANDBOX_PORT ?? 8025)),
	});
	await addOrderTemplate(sandbox);
	let stopping = false;
	const stop = async (code: number) => {
		if (stopping) return;
		stopping = true;
		say('\nStopping n8n and the sandbox…');
		await stopAll();
		await sandbox.close();
		say(
			'Stopped. Your workflows and credentials are kept for the next start; the sandbox begins empty again.',
		);
		process.exit(code);
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
	whenNpmEnds(() => void stop(0));
	try {
		const trial = await startTrial(
			{
				dataFolder,
				port: Number(process.env.N8N_PORT ?? 5678),
				credentials: sandboxCredentials(sandbox),
				// What is behind the credentials is made up: the first click may write.
				workflows: workflowsIn(join(repository, 'workflows')).map((workflow) => applying(workflow, 1_000)),
				credentialsOfNodes: credentialsOfNodes(sandbox),
				samples: join(repository, 'workflows', 'data'),
			},
			say,
		);
		welcome(trial, sandbox.url);
		await trial.server.ended;
		if (stopping) return;
		say(`n8n ended by itself. Its last words:\n${trial.server.log().slice(-3000)}`);
	} catch (error) {
		if (stopping) return;
		say(`\n${error instanceof Error ? error.message : String(error)}`);
	}
	await stop(1);
}

function welcome({ server, owner, filesFolder }: Trial, sandboxUrl: string): void {
	say(`
n8n is ready:       ${server.url}
  sign in with      ${owner.email}
  password          ${owner.password}   (unless you have changed it since)
The sandbox:        ${sandboxUrl}   (it shows what arrives: mail, mailboxes, departments, requests)
The manual:         ${sandboxUrl}/docs   (all pages, without the internet)
Files for n8n:      ${filesFolder}   (the sample HR exports are here; n8n may read no other folder)

First: sign in, open the workflow "HR export to mailboxes (MailOps)", and press
"Execute workflow" at the bottom. Nothing leaves this computer: its credentials sign in to the sandbox.

The other workflows start by a call: publish them, and call their webhook with the header
"Authorization: Bearer ${CALLER_TOKEN}" (docs/order-notification.md, docs/authjs.md,
docs/failover-send.md, docs/verification-code.md).

Ctrl-C stops n8n and the sandbox. Workflows and credentials are kept for the next start; the sandbox\nbegins empty again.`);
}

main().catch((error: unknown) => {
	say(error instanceof Error ? error.message : String(error));
	process.exit(1);
});
