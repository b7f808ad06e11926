import type { INodeTypeDescription } from 'n8n-workflow';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { askByMail, askingWorkflow, type Mail } from './askByMail';
import { MAX_CLICKS, searchPanel, syncByHand } from './byHand';
import { visitEditor } from './editor';
import { manifestOf } from './pack';
import { repository } from './paths';
import { stopAll } from './processes';
import { elapsed } from './progress';
import { SEARCHES } from './searches';
import {
	ensureN8n,
	execute,
	importCredentials,
	importWorkflows,
	installPack,
	login,
	packTarball,
	setUpOwner,
	startServer,
	type ExecutionRecord,
	type N8nHome,
	type N8nServer,
} from './server';
import { toolNames } from './tools';
import { linked, type CredentialEntry, type WorkflowFile } from './workflows';

/** The pack under test and how to tell that it works. */
export interface Subject {
	/** The pack's folder; this repository unless another is given. */
	pack?: string;
	credentials: CredentialEntry[];
	credentialsOfNodes: Record<string, string[]>;
	/** Makes the workflow to run; it may read files of the given folder. */
	workflow(filesFolder: string): WorkflowFile;
	/** Looks at what the workflow's run left. @returns One sentence for the summary @throws Error on a wrong outcome */
	outcome(record: ExecutionRecord): Promise<string> | string;
	/** The sync made by hand, on services that hold nothing yet. */
	byHand: {
		/** The export's name in the folder for files. */
		file: string;
		/** Empties the services. */
		begin(): void;
		/** How many accounts the service has. */
		accounts(): number;
	};
	/** What was mailed, oldest first. */
	mails(): Mail[];
	/** The node whose panel is opened in the editor, and the name of its picture. */
	panelOf: string;
	panelPicture: string;
}

interface Step {
	name: string;
	seconds: number;
	/** What was seen, or what went wrong. */
	words: string;
	passed: boolean;
}

/**
 * Installs the packed pack into a new, real n8n and uses it there: headless and in the editor. Prints each step as it
 * happens and a summary at the end; everything it made is removed again, except the pictures.
 *
 * @returns Whether every step passed
 */
export async function check(subject: Subject, say: (line: string) => void): Promise<boolean> {
	const steps: Step[] = [];
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mailops-n8n-')));
	let server: N8nServer | undefined;

	/** One step of the check; what it gives back is for the steps after it. */
	async function step<T>(name: string, work: () => Promise<{ words: string; value: T }>): Promise<T> {
		const began = Date.now();
		const seconds = () => Math.round((Date.now() - began) / 100) / 10;
		try {
			const { words, value } = await work();
			steps.push({ name, seconds: seconds(), words, passed: true });
			return value;
		} catch (error) {
			steps.push({
				name,
				seconds: seconds(),
				words: error instanceof Error ? error.message : String(error),
				passed: false,
			});
			throw error;
		} finally {
			say(lineOf(steps[steps.length - 1]!));
		}
	}

	try {
		const n8n = await step('n8n is there', async () => {
			const value = await ensureN8n(say);
			return { words: `version ${value.version}`, value };
		});
		const home: N8nHome = { n8n, userFolder: folder, filesFolder: join(folder, 'files') };
		const tarball = await step('the pack builds and packs', async () => {
			const value = await packTarball(subject.pack);
			return { words: value.file, value };
		});
		await step('the pack installs as a user would install it', async () => {
			await installPack(n8n, folder, tarball);
			return { words: `${tarball.manifest.name} ${tarball.manifest.version}`, value: undefined };
		});
		const workflow = await step('credentials and workflow are imported', async () => {
			const value = linked(
				subject.workflow(home.filesFolder),
				subject.credentials,
				subject.credentialsOfNodes,
			);
			await importCredentials(home, subject.credentials);
			const asking = linked(askingWorkflow, subject.credentials, subject.credentialsOfNodes);
			await importWorkflows(home, [value, asking]);
			return { words: `${subject.credentials.length} credentials, "${value.name}"`, value };
		});
		await step('the workflow runs headless with the right outcome', async () => {
			return { words: await subject.outcome(await execute(home, workflow.id)), value: undefined };
		});
		const { url } = await step('the server starts', async () => {
			server = await startServer(home, { logLevel: 'debug' });
			return { words: server.url, value: server };
		});
		await step('n8n loads the pack from its lists', async () => {
			const words = `Lazy-loading nodes and credentials from ${tarball.manifest.name}`;
			if (!server!.log().includes(words)) throw new Error(`n8n's log does not say: ${words}`);
			return { words, value: undefined };
		});
		const session = await step('the owner signs in', async () => {
			const owner = {
				email: 'check@mailops.example',
				password: 'Check-1234',
				firstName: 'Check',
				lastName: 'Run',
			};
			await setUpOwner(url, owner);
			return { words: owner.email, value: await login(url, owner) };
		});
		const offered = await step('n8n offers every node and credential', async () => {
			const nodes = await session.get<INodeTypeDescription[]>('/types/nodes.json');
			const credentials = await session.get<Offered[]>('/types/credentials.json');
			const words = allOffered(subject.pack ?? repository, nodes, credentials);
			return { words, value: nodes };
		});
		await step('given to an AI agent, each node begins with what only reads', () => {
			const names = toolNames(offered, tarball.manifest.name);
			return Promise.resolve({ words: names.join(', '), value: undefined });
		});
		await step('the panel finds the pack for what people type', async () => {
			await searchPanel({ url, session }, say);
			return { words: SEARCHES.map(([typed, node]) => `${typed} → ${node}`).join(', '), value: undefined };
		});
		await step('the HR sync by hand, from “Create workflow” to applied', async () => {
			const { file, begin, accounts } = subject.byHand;
			begin();
			const workplace = { url, session, file: join(home.filesFolder, file), accounts };
			const { clicks, ms } = await syncByHand(workplace, say);
			const words = `${clicks} clicks (at most ${MAX_CLICKS}) in ${elapsed(ms)}, ${accounts()} accounts`;
			return { words, value: undefined };
		});
		await step('a person asked by mail answers, a mail scanner does not', async () => {
			const { mails } = subject;
			return { words: await askByMail({ url, session, mails }, say), value: undefined };
		});
		await step('the editor shows the workflow and the panel', async () => {
			const { name: pack } = tarball.manifest;
			const { panelOf, panelPicture } = subject;
			const nodes = workflow.nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote').length;
			const visit = { url, session, pack, workflowId: workflow.id, nodes, panelOf, panelPicture };
			const { ours, others } = await visitEditor(visit, say);
			if (ours.length > 0) throw new Error(`The browser complains about our nodes:\n${ours.join('\n')}`);
			const words = ['no complaints about our nodes', ...others.map((text) => `not ours: ${text}`)];
			return { words: words.join('\n     '), value: undefined };
		});
		return true;
	} catch {
		// The step that failed has its own line already; the server's words often say why.
		if (server !== undefined) say(`\nThe server's last words:\n${server.log().slice(-3000)}`);
		return false;
	} finally {
		await stopAll();
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
		summary(steps, say);
	}
}

interface Offered {
	name: string;
}

/** Compares what n8n offers with what the pack's package.json promises; a node usable as a tool is offered as one too. */
function allOffered(pack: string, nodes: Offered[], credentials: Offered[]): string {
	const { name, n8n } = manifestOf(pack);
	const promised = n8n.nodes.flatMap((file) => {
		const { description } = made<{ description: { name: string; usableAsTool?: unknown } }>(pack, file);
		const type = `${name}.${description.name}`;
		return description.usableAsTool ? [type, `${type}Tool`] : [type];
	});
	const types = n8n.credentials.map((file) => made<{ name: string }>(pack, file).name);
	const missing = [
		...promised.filter((type) => !nodes.some((offered) => offered.name === type)),
		...types.filter((type) => !credentials.some((offered) => offered.name === type)),
	];
	if (missing.length > 0) throw new Error(`n8n does not offer: ${missing.join(', ')}. Its log says why.`);
	return [...promised.map((type) => type.slice(name.length + 1)), ...types].join(', ');
}

/** Loads a built class as n8n does: it has the name of its file. */
function made<T>(pack: string, file: string): T {
	const path = resolve(pack, file);
	const className = path.split(/[\\/]/).pop()?.split('.')[0] ?? '';
	const classes = createRequire(path)(path) as Record<string, new () => T>;
	return new classes[className]!();
}

function lineOf({ passed, name, seconds, words }: Step): string {
	return `${passed ? 'ok  ' : 'FAIL'} ${name} (${seconds} s): ${words}`;
}

function summary(steps: Step[], say: (line: string) => void): void {
	const failed = steps.filter(({ passed }) => !passed);
	const seconds = Math.round(steps.reduce((sum, step) => sum + step.seconds, 0));
	say(`\nReal n8n: ${steps.length - failed.length} steps passed, ${failed.length} failed, ${seconds} s`);
	for (const step of failed) say(lineOf(step));
}
