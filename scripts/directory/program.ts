import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { programOf } from '../queue/programs';

const FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/usr/local/samba/sbin', '/usr/local/samba/bin'];
const NEEDED = ['samba', 'samba-tool', 'slapd', 'slapadd', 'openssl'] as const;
export type Program = (typeof NEEDED)[number];

export const HOW_TO_INSTALL =
	'On Debian, as root: apt-get install -y samba samba-dsdb-modules samba-vfs-modules samba-ad-provision winbind slapd openssl.';

export const pathOf = (program: Program): string | undefined => programOf(program, FOLDERS);

/** What is not installed here of what the directory servers need. */
export const missingPrograms = (): Program[] => NEEDED.filter((program) => pathOf(program) === undefined);

function needed(program: Program): string {
	const path = pathOf(program);
	if (path === undefined) throw new Error(`There is no ${program}. ${HOW_TO_INSTALL}`);
	return path;
}

/** Runs a program to its end. @throws with what it said */
export const runProgram = (program: Program, args: string[]): string => runFile(needed(program), args);

/** The same for any file that can be run. */
export function runFile(program: string, args: string[]): string {
	const { status, stdout, stderr } = spawnSync(program, args, {
		encoding: 'utf8',
		maxBuffer: 64 * 1024 * 1024,
	});
	if (status !== 0) throw new Error(`${program} failed:\n${stderr.slice(-3_000)}${stdout.slice(-3_000)}`);
	return stdout;
}

/** A server that runs until it is stopped, or until this process ends. */
export class ServerProcess {
	private child: ChildProcess | undefined;
	private log = '';
	private readonly atExit = (): void => void this.child?.kill('SIGKILL');

	constructor(
		private readonly program: Program,
		private readonly args: string[],
	) {}

	get pid(): number {
		return this.child?.pid ?? 0;
	}

	get said(): string {
		return this.log;
	}

	get isOver(): boolean {
		return this.child === undefined || this.child.exitCode !== null || this.child.signalCode !== null;
	}

	/** Its input is a pipe: Samba ends with it, whatever becomes of this process. */
	start(): void {
		this.log = '';
		this.child = spawn(needed(this.program), this.args, { stdio: 'pipe' });
		for (const stream of [this.child.stdout, this.child.stderr])
			stream?.setEncoding('utf8').on('data', (text: string) => (this.log = (this.log + text).slice(-5_000)));
		process.once('exit', this.atExit);
	}

	/** SIGTERM, or SIGKILL as in a crash. */
	async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
		process.removeListener('exit', this.atExit);
		const { child } = this;
		if (child === undefined || this.isOver) return;
		const ended = new Promise<void>((done) => child.once('exit', () => done()));
		child.kill(signal);
		const impatient = setTimeout(() => child.kill('SIGKILL'), 10_000);
		await ended;
		clearTimeout(impatient);
	}

	signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
		this.child?.kill(signal);
	}
}
