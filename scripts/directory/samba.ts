import { createHash } from 'node:crypto';
import {
	cpSync,
	existsSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeAddress } from './addresses';
import type { Authority, Certificate } from './certificates';
import { pathOf, runFile, runProgram, ServerProcess } from './program';
import { DirectoryServer } from './server';

export const REALM = 'corp.test';
export const BASE = 'DC=corp,DC=test';
export const ADMIN = { name: `administrator@${REALM}`, password: 'Adm1n-Passw0rd' };

/** Made folders are kept from run to run: a domain takes seven seconds to make, 10,000 people in it another minute. */
const CACHE = join(tmpdir(), 'mailops-directory');
const LOADER = join(__dirname, 'loadLdif.py');

export interface SambaOptions {
	/** Makes the certificate for an address. */
	sign?: (address: string) => Certificate;
	/** Entries that are there from the start. */
	ldif?: string;
}

const ordinary = (authority: Authority) => (address: string) =>
	authority.sign(`dc-${address}`, '/CN=dc1.corp.test', [`IP:${address}`, 'DNS:dc1.corp.test']);

/** A real domain controller (Samba AD DC). */
export class SambaServer extends DirectoryServer {
	protected readonly process: ServerProcess;

	private constructor(
		address: string,
		private readonly folder: string,
		certificate: Certificate,
		authority: Authority,
	) {
		super(address, 'samba');
		this.process = new ServerProcess('samba', [
			...['-F', '-M', 'single', '--debug-stdout', '-s', join(folder, 'etc/smb.conf')],
			'--option=server services=ldap',
			// Where Samba would keep what only one on a machine may have.
			...['pid', 'ncalrpc', 'cache'].map(
				(name) => `--option=${name} ${name === 'ncalrpc' ? 'dir' : 'directory'}=${folder}`,
			),
			`--option=tls keyfile=${certificate.key}`,
			`--option=tls certfile=${certificate.certificate}`,
			`--option=tls cafile=${authority.file}`,
		]);
	}

	static async start(authority: Authority, { sign, ldif = '' }: SambaOptions = {}): Promise<SambaServer> {
		const address = await freeAddress();
		const folder = join(mkdtempSync(join(tmpdir(), 'mailops-samba-')), 'dc');
		copyDomain(template(ldif), folder, address);
		const server = new SambaServer(address, folder, (sign ?? ordinary(authority))(address), authority);
		await server.start();
		return server;
	}

	async stop(): Promise<void> {
		await this.process.end('SIGTERM');
	}

	/** A copy of all its data. Only while it is stopped. */
	backUp(): void {
		cpSync(this.folder, `${this.folder}-backup`, {
			recursive: true,
			filter: (path) => !lstatSync(path).isSocket(),
		});
	}

	/** As it was at the backup, as after a machine was set back to a snapshot. Only while it is stopped. */
	restore(): void {
		rmSync(this.folder, { recursive: true, force: true });
		cpSync(`${this.folder}-backup`, this.folder, { recursive: true });
	}

	/** It keeps its connections and answers nobody. */
	hold(): void {
		this.process.signal('SIGSTOP');
	}

	goOn(): void {
		this.process.signal('SIGCONT');
	}

	async remove(): Promise<void> {
		await this.kill();
		rmSync(join(this.folder, '..'), { recursive: true, force: true, maxRetries: 5 });
	}

	/** Runs Samba's own administration tool on this controller. */
	tool(...args: string[]): string {
		return runProgram('samba-tool', [...args, '-s', join(this.folder, 'etc/smb.conf')]);
	}
}

/** The folder of a domain that holds these entries, made when there is none yet. */
function template(ldif: string): string {
	const key = createHash('sha256').update(ldif).update(readFileSync(LOADER)).update(ADMIN.password);
	const folder = join(CACHE, `samba-${key.digest('hex').slice(0, 16)}`);
	if (existsSync(folder)) return folder;
	mkdirSync(CACHE, { recursive: true });
	const making = mkdtempSync(join(CACHE, 'making-'));
	try {
		const domain = join(making, 'dc');
		if (ldif === '') provision(domain);
		else {
			copyDomain(template(''), domain, '127.0.0.1');
			load(domain, ldif);
		}
		// Only what is whole gets the name.
		if (!existsSync(folder)) renameSync(domain, folder);
	} finally {
		rmSync(making, { recursive: true, force: true });
	}
	return folder;
}

function provision(folder: string): void {
	mkdirSync(folder);
	runProgram('samba-tool', [
		...['domain', 'provision', `--realm=${REALM.toUpperCase()}`, '--domain=CORP', '--server-role=dc'],
		...['--dns-backend=NONE', `--adminpass=${ADMIN.password}`, `--targetdir=${folder}`],
		`--option=posix:eadb=${join(folder, 'eadb.tdb')}`,
		...['--option=interfaces=127.0.0.1/8', '--option=bind interfaces only=yes'],
	]);
	const file = join(folder, 'etc/smb.conf');
	writeFileSync(file, readFileSync(file, 'utf8').replaceAll(folder, '@FOLDER@'));
}

/** Straight into its database, all in one transaction: ten times as fast as over the wire. */
function load(folder: string, ldif: string): void {
	const file = join(folder, '..', 'entries.ldif');
	writeFileSync(file, ldif);
	const samba = readFileSync(pathOf('samba-tool')!, 'utf8');
	const python = /^#!\s*(\S+)/.exec(samba)?.[1] ?? '/usr/bin/python3';
	runFile(python, [LOADER, join(folder, 'etc/smb.conf'), join(folder, 'private/sam.ldb'), file]);
	const conf = join(folder, 'etc/smb.conf');
	writeFileSync(conf, readFileSync(conf, 'utf8').replaceAll(folder, '@FOLDER@'));
}

function copyDomain(from: string, to: string, address: string): void {
	cpSync(from, to, { recursive: true });
	const file = join(to, 'etc/smb.conf');
	const settings = readFileSync(file, 'utf8').replaceAll('@FOLDER@', to);
	writeFileSync(file, settings.replace(/interfaces = 127\.\S+/, `interfaces = ${address}/8`));
}
