import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';

export type Environment = Record<string, string | undefined>;

/** What a finished command left behind. */
export interface Finished {
	stdout: string;
	stderr: string;
}

interface RunOptions {
	cwd?: string;
	env?: Environment;
	/** Whom it runs as, where this process may choose. */
	uid?: number;
	gid?: number;
	/** What the command was for, in words that complete "… did not work". */
	purpose: string;
	/** Give up after this many milliseconds. */
	timeout?: number;
}

const windows = process.platform === 'win32';
const running = new Set<ChildProcess>();

// The last resort, for an end that nobody prepared: what was started here does not outlive this process.
process.on('exit', () => running.forEach(endGroup));

/**
 * Runs a command to its end and gives back what it printed.
 *
 * @throws Error naming the purpose, the exit code and the last lines the command printed
 */
export async function run(command: string, args: string[], options: RunOptions): Promise<Finished> {
	const child = start(command, args, options);
	const output: Finished = { stdout: '', stderr: '' };
	child.stdout?.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
	child.stderr?.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
	let timedOut = false;
	const timer = setTimeout(
		() => {
			timedOut = true;
			void stopProcess(child);
		},
		options.timeout ?? 30 * 60_000,
	);
	try {
		const code = await new Promise<number | null>((done, fail) =>
			child.once('error', fail).once('close', done),
		);
		if (code !== 0 || timedOut) {
			const why = timedOut ? 'it took too long and was stopped' : `exit code ${code ?? 'none'}`;
			throw new Error(`${options.purpose} did not work (${why}).\n${lastLines(output)}`);
		}
		return output;
	} finally {
		clearTimeout(timer);
	}
}

/** Starts a command in a process group of its own, so that it and all its children can be stopped together. */
export function start(
	command: string,
	args: string[],
	/** `stdout`: a file's descriptor to print to, instead of a pipe. */
	options: { cwd?: string; env?: Environment; stdout?: number; uid?: number; gid?: number },
) {
	const child = spawn(command, args, {
		cwd: options.cwd,
		env: options.env as NodeJS.ProcessEnv | undefined,
		uid: options.uid,
		gid: options.gid,
		stdio: ['ignore', options.stdout ?? 'pipe', 'pipe'],
		detached: !windows,
		shell: windows,
	});
	running.add(child);
	child.once('close', () => running.delete(child));
	return child;
}

/** Asks a process to end, waits, then ends it and whatever it started. Safe to call more than once. */
export async function stopProcess(
	child: ChildProcess,
	signal: NodeJS.Signals = 'SIGTERM',
	patience = 10_000,
): Promise<void> {
	if (child.exitCode === null && child.signalCode === null) {
		const ended = new Promise<void>((done) => child.once('exit', () => done()));
		// n8n stops its own helpers (the task runner) when it is asked politely; only the leader is asked.
		child.kill(signal);
		let timer: NodeJS.Timeout | undefined;
		await Promise.race([ended, new Promise<void>((done) => (timer = setTimeout(done, patience)))]);
		clearTimeout(timer);
	}
	endGroup(child);
}

/** Stops everything started here that still runs. */
export async function stopAll(): Promise<void> {
	await Promise.all([...running].map((child) => stopProcess(child)));
}

function endGroup(child: ChildProcess): void {
	if (child.pid === undefined) return;
	try {
		if (windows) child.kill('SIGKILL');
		else process.kill(-child.pid, 'SIGKILL');
	} catch (error) {
		// ESRCH: nothing of the group is left, which is what was wanted.
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}

/**
 * Tells when npm, which started this script, was ended by anything but Ctrl-C: npm runs scripts through a shell that hands
 * no signal on, so the only sign of it here is a new parent process.
 */
export function whenNpmEnds(told: () => void): void {
	if (process.env.npm_lifecycle_event === undefined) return;
	const parent = process.ppid;
	setInterval(() => {
		if (process.ppid !== parent) told();
	}, 1000).unref();
}

/** A TCP port of 127.0.0.1 that is free now: the wished one if it can be had. */
export async function freePort(wished = 0): Promise<number> {
	try {
		return await probe(wished);
	} catch (error) {
		if (wished === 0) throw error;
		return await probe(0);
	}
}

function probe(port: number): Promise<number> {
	return new Promise((done, fail) => {
		const server = createServer();
		server.once('error', fail);
		server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
			const address = server.address();
			server.close(() => done(typeof address === 'object' && address !== null ? address.port : port));
		});
	});
}

/** Waits between two looks at something. */
export const pause = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds));

function lastLines({ stdout, stderr }: Finished): string {
	const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '');
	return lines.slice(-25).join('\n');
}
