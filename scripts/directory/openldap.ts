import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeAddress } from './addresses';
import type { Authority } from './certificates';
import { runProgram, ServerProcess } from './program';
import { DirectoryServer } from './server';

export const LDAP_BASE = 'dc=corp,dc=test';
export const LDAP_ADMIN = { name: `cn=admin,${LDAP_BASE}`, password: 'Adm1n-Passw0rd' };

const SCHEMAS = ['core', 'cosine', 'inetorgperson', 'nis'];
const MODULES = '/usr/lib/ldap';

export interface OpenLdapOptions {
	/** Entries that are there from the start, without the suffix itself. */
	ldif?: string;
	/** What one search may give, whoever asks but the administrator; the server's own default is 500. */
	sizeLimit?: number;
	/** Whether clients must show a certificate of the authority. */
	clientCertificates?: boolean;
}

/** A real OpenLDAP. */
export class OpenLdapServer extends DirectoryServer {
	protected readonly process: ServerProcess;

	private constructor(
		address: string,
		private readonly folder: string,
	) {
		super(address, 'slapd');
		const urls = `${this.plain}/ ${this.ldaps}/`;
		this.process = new ServerProcess('slapd', ['-h', urls, '-f', join(folder, 'slapd.conf'), '-d', '0']);
	}

	static async start(authority: Authority, options: OpenLdapOptions = {}): Promise<OpenLdapServer> {
		const address = await freeAddress();
		const folder = mkdtempSync(join(tmpdir(), 'mailops-openldap-'));
		const server = new OpenLdapServer(address, folder);
		server.configure(authority, options);
		server.load(options.ldif ?? '');
		await server.start();
		return server;
	}

	async remove(): Promise<void> {
		await this.kill();
		rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
	}

	private configure(
		authority: Authority,
		{ sizeLimit = 500, clientCertificates = false }: OpenLdapOptions,
	): void {
		const { key, certificate } = authority.sign(`ldap-${this.address}`, '/CN=ldap.corp.test', [
			`IP:${this.address}`,
			'DNS:ldap.corp.test',
		]);
		mkdirSync(join(this.folder, 'db'));
		const lines = [
			...SCHEMAS.map((name) => `include /etc/ldap/schema/${name}.schema`),
			`modulepath ${MODULES}`,
			...['back_mdb', 'memberof', 'ppolicy'].map((name) => `moduleload ${name}`),
			`pidfile ${join(this.folder, 'pid')}`,
			`TLSCACertificateFile ${authority.file}`,
			`TLSCertificateFile ${certificate}`,
			`TLSCertificateKeyFile ${key}`,
			`TLSVerifyClient ${clientCertificates ? 'demand' : 'never'}`,
			`sizelimit ${sizeLimit}`,
			'database mdb',
			'maxsize 1073741824',
			`suffix "${LDAP_BASE}"`,
			`rootdn "${LDAP_ADMIN.name}"`,
			`rootpw ${LDAP_ADMIN.password}`,
			`directory ${join(this.folder, 'db')}`,
			'index objectClass,uid,mail,entryUUID,modifyTimestamp eq',
			'overlay memberof',
		];
		writeFileSync(join(this.folder, 'slapd.conf'), `${lines.join('\n')}\n`, { mode: 0o600 });
	}

	private load(ldif: string): void {
		const suffix = `dn: ${LDAP_BASE}\nobjectClass: dcObject\nobjectClass: organization\ndc: corp\no: Corp\n\n`;
		const file = join(this.folder, 'entries.ldif');
		writeFileSync(file, suffix + ldif);
		runProgram('slapadd', ['-q', '-f', join(this.folder, 'slapd.conf'), '-l', file]);
	}
}
