import { closeSync, openSync, readFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InstalledN8n } from './install';
import { freePort, pause, run, start, stopProcess, type Environment } from './processes';
import type { CredentialEntry, WorkflowFile } from './workflows';

export { ensureN8n, type InstalledN8n } from './install';
export { installPack, packTarball, type Tarball } from './pack';
export { login, setUpOwner, type Session } from './session';

/** An n8n together with the folder that holds its database, its key and the packs installed in it. */
export interface N8nHome {
	n8n: InstalledN8n;
	userFolder: string;
	/** Folders that workflows may read files from and write files to; n8n refuses every other. */
	filesFolder: string;
}

/** A running n8n server. */
export interface N8nServer {
	/** Its address, e.g. `http://127.0.0.1:5678`; it listens on this computer only. */
	url: string;
	pid: number;
	/** What it has printed so far. */
	log(): string;
	/** Settles when the server ends, whoever ended it. */
	ended: Promise<void>;
	/** Ends it and everything it started. */
	stop(): Promise<void>;
}

/**
 * Starts a server and waits until the editor answers.
 *
 * @param options.port The port to take if it is free; without it, or when it is taken, a free one
 * @param options.logLevel How much n8n says, in its own words; `info` if not given
 * @throws Error with the server's last words when it ends early or is not ready after two minutes
 */
export async function startServer(
	home: N8nHome,
	options: { port?: number; logLevel?: 'info' | 'debug' } = {},
): Promise<N8nServer> {
	const port = await freePort(options.port);
	const url = `http://127.0.0.1:${port}`;
	const env = await environment(home, {
		N8N_PORT: String(port),
		N8N_EDITOR_BASE_URL: url,
		N8N_WEBHOOK_URL: url,
		N8N_LOG_LEVEL: options.logLevel ?? 'info',
	});
	const child = start(home.n8n.node, [home.n8n.script, 'start'], { cwd: home.userFolder, env });
	let log = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream?.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-200_000)));
	}
	const ended = new Promise<void>((done) => child.once('close', () => done()));
	const server: N8nServer = {
		url,
		pid: child.pid ?? 0,
		log: () => log,
		ended,
		stop: async () => await stopProcess(child),
	};
	try {
		await untilReady(server, 120_000);
	} catch (error) {
		await server.stop();
		throw error;
	}
	return server;
}

/** Imports workflows through n8n's command line; one with the same id is replaced. */
export async function importWorkflows(home: N8nHome, workflows: WorkflowFile[]): Promise<void> {
	await importList(home, 'import:workflow', workflows, 'Importing the workflows');
}

/** Imports credentials through n8n's command line, which encrypts them; one with the same id is replaced. */
export async function importCredentials(home: N8nHome, credentials: CredentialEntry[]): Promise<void> {
	await importList(home, 'import:credentials', credentials, 'Importing the credentials');
}

/** What one execution left: n8n's own record of it. */
export interface ExecutionRecord {
	status: string;
	data: {
		resultData: {
			error?: { message: string; description?: string; node?: { name: string } };
			lastNodeExecuted?: string;
			runData: Record<string, NodeRun[]>;
		};
	};
}

/** One run of one node: its output items, branch by branch, or its error. */
export interface NodeRun {
	executionStatus: string;
	error?: { message: string; description?: string };
	data?: { main: Array<Array<{ json: Record<string, unknown> }> | null> };
}

/**
 * Runs a workflow headless through n8n's command line. A workflow that fails is an answer and not an exception:
 * its record has the status `error`.
 *
 * @throws Error when n8n gives back no record at all
 */
export async function execute(home: N8nHome, id: string): Promise<ExecutionRecord> {
	// Into a file: n8n ends as soon as it has printed, and what a pipe still holds of a long record would be lost.
	const file = join(home.userFolder, `execution-${id}.json`);
	const output = openSync(file, 'w');
	const child = start(home.n8n.node, [home.n8n.script, 'execute', `--id=${id}`, '--rawOutput'], {
		cwd: home.userFolder,
		env: await environment(home),
		stdout: output,
	});
	let stderr = '';
	child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
	await new Promise((done, fail) => child.once('error', fail).once('close', done));
	closeSync(output);
	const stdout = readFileSync(file, 'utf8');
	rmSync(file);
	// n8n may print notices of its own before the record.
	const begin = stdout.search(/^\{/m);
	if (begin < 0) throw new Error(`n8n gave no result for workflow ${id}.\n${tail(`${stdout}\n${stderr}`)}`);
	return JSON.parse(stdout.slice(begin, stdout.lastIndexOf('}') + 1)) as ExecutionRecord;
}

async function importList(home: N8nHome, command: string, list: unknown[], purpose: string): Promise<void> {
	if (list.length === 0) return;
	// In a folder that only this user can read: credentials are in the clear until n8n has taken them in.
	const folder = mkdtempSync(join(tmpdir(), 'mailops-import-'));
	try {
		const file = join(folder, 'import.json');
		writeFileSync(file, JSON.stringify(list), { mode: 0o600 });
		await run(home.n8n.node, [home.n8n.script, command, `--input=${file}`], {
			cwd: home.userFolder,
			env: await environment(home),
			purpose,
			timeout: 180_000,
		});
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** n8n's settings: reachable from this computer only, silent towards the outside, community nodes allowed. */
async function environment(home: N8nHome, more: Environment = {}): Promise<Environment> {
	mkdirSync(join(home.userFolder, '.n8n'), { recursive: true });
	return {
		...home.n8n.env,
		N8N_USER_FOLDER: home.userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_SECURE_COOKIE: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_RESTRICT_FILE_ACCESS_TO: home.filesFolder,
		N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
		// Every n8n process opens a broker for its code runner; a port of its own lets several run side by side.
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		// These look things up on n8n's own servers, and a trial has no use for them.
		N8N_DISABLED_MODULES: 'mcp-registry,instance-ai,agents',
		EXTERNAL_FRONTEND_HOOKS_URLS: '',
		...more,
	};
}

async function untilReady(server: N8nServer, patience: number): Promise<void> {
	let over = false;
	void server.ended.then(() => (over = true));
	for (const deadline = Date.now() + patience; Date.now() < deadline; await pause(250)) {
		if (over) throw new Error(`n8n ended before it was ready. It said:\n${tail(server.log())}`);
		try {
			const answer = await fetch(`${server.url}/rest/settings`);
			if (answer.ok && answer.headers.get('content-type')?.includes('json')) return;
		} catch {
			// Nothing listens there yet.
		}
	}
	throw new Error(`n8n was not ready after ${patience / 1000} seconds. It said:\n${tail(server.log())}`);
}

const tail = (text: string) => text.split('\n').slice(-30).join('\n').trim();
