import { closeSync, openSync, readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environment, type N8nHome } from './environment';
import { freePort, pause, run, start, stopProcess, type Environment } from './processes';
import type { CredentialEntry, WorkflowFile } from './workflows';

export type { N8nHome } from './environment';
export { ensureN8n, type InstalledN8n } from './install';
export { installPack, packedAlready, packTarball, type Tarball } from './pack';
export { login, publish, setUpOwner, type Session } from './session';

/** A running process of n8n. */
export interface N8nProcess {
	pid: number;
	/** What it has printed so far. */
	log(): string;
	/** Settles when it ends, whoever ended it. */
	ended: Promise<void>;
	/** Ends it and everything it started. */
	stop(): Promise<void>;
	/** The same as by `kill -9`, which it cannot prepare for. */
	kill(): Promise<void>;
}

/** A running n8n server. */
export interface N8nServer extends N8nProcess {
	/** Its address, e.g. `http://127.0.0.1:5678`; it listens on this computer only. */
	url: string;
}

const PATIENCE_MS = 120_000;

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
	const settings = {
		N8N_PORT: String(port),
		N8N_EDITOR_BASE_URL: url,
		N8N_WEBHOOK_URL: url,
		N8N_LOG_LEVEL: options.logLevel ?? 'info',
	};
	return { url, ...(await startProcess(home, ['start'], settings, async () => await isEditorUp(url))) };
}

/**
 * Starts one of n8n's processes and waits until it is ready.
 *
 * @param command n8n's own, such as `['worker', '--concurrency=5']`
 * @throws Error with its last words when it ends early or is not ready after two minutes
 */
export async function startProcess(
	home: N8nHome,
	command: string[],
	settings: Environment,
	isReady: (log: string) => boolean | Promise<boolean>,
): Promise<N8nProcess> {
	const env = await environment(home, settings);
	const child = start(home.n8n.node, [home.n8n.script, ...command], { cwd: home.userFolder, env });
	let log = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream?.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-200_000)));
	}
	const ended = new Promise<void>((done) => child.once('close', () => done()));
	const process: N8nProcess = {
		pid: child.pid ?? 0,
		log: () => log,
		ended,
		stop: async () => await stopProcess(child),
		kill: async () => await stopProcess(child, 'SIGKILL'),
	};
	try {
		await untilReady(process, isReady);
	} catch (error) {
		await process.stop();
		throw error;
	}
	return process;
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

async function untilReady(
	{ log, ended }: N8nProcess,
	isReady: (log: string) => boolean | Promise<boolean>,
): Promise<void> {
	let over = false;
	void ended.then(() => (over = true));
	for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await pause(250)) {
		if (over) throw new Error(`n8n ended before it was ready. It said:\n${tail(log())}`);
		if (await isReady(log())) return;
	}
	throw new Error(`n8n was not ready after ${PATIENCE_MS / 1000} seconds. It said:\n${tail(log())}`);
}

async function isEditorUp(url: string): Promise<boolean> {
	try {
		const answer = await fetch(`${url}/rest/settings`);
		return answer.ok && answer.headers.get('content-type')?.includes('json') === true;
	} catch {
		// Nothing listens there yet.
		return false;
	}
}

const tail = (text: string) => text.split('\n').slice(-30).join('\n').trim();
