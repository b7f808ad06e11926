import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, pause } from '../n8n/processes';
import { programOf } from './programs';

export const redisProgram = (): string | undefined => programOf('redis-server');

/** What still runs when this process ends goes with it. */
const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** A Redis of our own on a free port of 127.0.0.1, which can be killed, started anew and held. */
export class RedisServer {
	private child: ChildProcess | undefined;
	private log = '';

	private constructor(
		readonly port: number,
		private readonly folder: string,
		private readonly more: string[],
	) {}

	/** @param more settings, such as `['--requirepass', 'secret']` */
	static async start(more: string[] = []): Promise<RedisServer> {
		const folder = mkdtempSync(join(tmpdir(), 'mailops-redis-'));
		const server = new RedisServer(await freePort(), folder, more);
		await server.start();
		return server;
	}

	get pid(): number {
		return this.child?.pid ?? 0;
	}

	/** Without its data, as after a crash: nothing is written to disk. */
	async start(): Promise<void> {
		const program = redisProgram();
		if (program === undefined) throw new Error(`There is no redis-server. ${HOW_TO_INSTALL}`);
		const own = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
		// In this process's own group, so that what ends this process from outside ends it too.
		this.child = spawn(program, [...own, ...this.more], { cwd: this.folder });
		const { child } = this;
		running.add(child);
		child.once('exit', () => running.delete(child));
		for (const stream of [this.child.stdout, this.child.stderr])
			stream?.setEncoding('utf8').on('data', (text: string) => (this.log = (this.log + text).slice(-5_000)));
		for (let tries = 0; tries < 200; tries++) {
			if (this.child.exitCode !== null) break;
			if (await answers(this.port)) return;
			await pause(50);
		}
		throw new Error(`redis-server did not start. It said:\n${this.log}`);
	}

	/** As by `kill -9`. */
	async kill(): Promise<void> {
		const { child } = this;
		if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
		const ended = new Promise<void>((done) => child.once('exit', () => done()));
		child.kill('SIGKILL');
		await ended;
	}

	/** It keeps its connections and answers nobody. */
	hold(): void {
		this.child?.kill('SIGSTOP');
	}

	goOn(): void {
		this.child?.kill('SIGCONT');
	}

	async remove(): Promise<void> {
		await this.kill();
		rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
	}
}

export const HOW_TO_INSTALL = 'On Debian: apt-get install -y redis-server.';

/** Whether a Redis answers there. Anything but silence is an answer; it may want a password. */
function answers(port: number): Promise<boolean> {
	return new Promise((done) => {
		const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
		const end = (is: boolean) => {
			socket.destroy();
			done(is);
		};
		socket.setTimeout(1_000, () => end(false));
		socket.once('data', () => end(true));
		socket.once('error', () => end(false));
	});
}
