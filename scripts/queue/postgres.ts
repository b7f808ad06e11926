import { execFile } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort, pause, run, start, stopProcess } from '../n8n/processes';
import { postgresFolders, programOf } from './programs';

const run1 = promisify(execFile);

/** The one user and its database; reachable from this computer only, and gone with the folder. */
export const POSTGRES = { user: 'n8n', database: 'postgres' };

/** A PostgreSQL of our own on a free port of 127.0.0.1, with its data in a folder that is removed with it. */
export class PostgresServer {
	private constructor(
		readonly port: number,
		private readonly folder: string,
		private readonly child: ReturnType<typeof start>,
	) {}

	/** @throws Error that says what to install, or what PostgreSQL said */
	static async start(): Promise<PostgresServer> {
		const folders = postgresFolders();
		const [initdb, postgres] = [programOf('initdb', folders), programOf('postgres', folders)];
		if (initdb === undefined || postgres === undefined)
			throw new Error('There is no PostgreSQL. On Debian: apt-get install -y postgresql.');
		const folder = mkdtempSync(join(tmpdir(), 'mailops-postgres-'));
		const as = await otherUser();
		if (as !== undefined) chownSync(folder, as.uid, as.gid);
		try {
			const data = join(folder, 'data');
			const making = [
				'-D',
				data,
				'-U',
				POSTGRES.user,
				'-A',
				'trust',
				'-E',
				'UTF8',
				'--no-locale',
				'--no-sync',
			];
			await run(initdb, making, { cwd: folder, ...as, purpose: 'Making a PostgreSQL database' });
			const port = await freePort();
			const child = start(postgres, ['-D', data, ...settings(port)], { cwd: folder, ...as });
			await untilReady(child, port);
			return new PostgresServer(port, folder, child);
		} catch (error) {
			rmSync(folder, { recursive: true, force: true });
			throw error;
		}
	}

	async remove(): Promise<void> {
		// Its quick way to end: clients are sent away. The polite way waits for them.
		await stopProcess(this.child, 'SIGINT');
		rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
	}
}

/** Nothing has to survive a power cut. */
const settings = (port: number): string[] =>
	Object.entries({
		port,
		listen_addresses: '127.0.0.1',
		unix_socket_directories: '',
		fsync: 'off',
		synchronous_commit: 'off',
		full_page_writes: 'off',
		max_connections: 200,
	}).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

/** PostgreSQL refuses to run as root: then it runs as the user that its package has made, or as nobody. */
async function otherUser(): Promise<{ uid: number; gid: number } | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	for (const user of ['postgres', 'nobody']) {
		try {
			const [uid, gid] = await Promise.all(
				['-u', '-g'].map(async (which) => Number((await run1('id', [which, user])).stdout)),
			);
			return { uid: uid!, gid: gid! };
		} catch {
			// There is no such user.
		}
	}
	throw new Error('PostgreSQL does not run as root, and there is no user "postgres" or "nobody".');
}

async function untilReady(child: ReturnType<typeof start>, port: number): Promise<void> {
	let said = '';
	child.stderr?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-5_000)));
	for (let tries = 0; tries < 300 && child.exitCode === null; tries++) {
		// It listens a moment before it takes anybody in.
		if (said.includes('ready to accept connections') && (await listens(port))) return;
		await pause(50);
	}
	await stopProcess(child, 'SIGINT');
	throw new Error(`PostgreSQL did not start. It said:\n${said}`);
}

function listens(port: number): Promise<boolean> {
	return new Promise((done) => {
		const socket = connect(port, '127.0.0.1', () => done(socket.destroy() !== undefined));
		socket.once('error', () => done(false));
	});
}
