import type { ICredentialDataDecryptedObject, ICredentialTestFunctions } from 'n8n-workflow';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Authority } from '../../../scripts/directory/certificates';
import { OpenLdapServer } from '../../../scripts/directory/openldap';
import { SambaServer } from '../../../scripts/directory/samba';
import { activeDirectory } from '../../../nodes/ActiveDirectory/credentialTests';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adCredential, BASE, connectedTo, LDAP_BASE, ldapCredential } from '../../support/directory';
import { addPerson, ownUnit, PASSWORD } from '../../support/directory/people';
import { directoryServers } from '../../support/directory/servers';

async function tested(data: ICredentialDataDecryptedObject): Promise<string> {
	const { status, message } = await activeDirectory.call({} as ICredentialTestFunctions, {
		id: '1',
		name: 'Test',
		type: 'mailOpsActiveDirectoryApi',
		data,
	});
	return `${status}: ${message}`;
}

const ad = () => directoryServers().activeDirectory.address;

test('a right one works, and says what it found', async () => {
	expect(await tested(adCredential())).toBe(
		`OK: Connection tested successfully: Active Directory, base ${BASE}`,
	);
	expect(await tested(adCredential({ security: 'startTls' }))).toMatch(/^OK: .*Active Directory/);
	expect(await tested(ldapCredential({ security: 'startTls' }))).toMatch(/^OK: .*OpenLDAP/);
	expect(await tested(ldapCredential({ security: 'plain' }))).toMatch(/^OK: Works .* without encryption/);
});

test('a name that nobody has', async () => {
	expect(await tested(adCredential({ servers: 'dc1.nowhere.invalid' }))).toMatch(
		/^Error: Reach the server: (There is no server with the name dc1.nowhere.invalid|The name dc1.nowhere.invalid could not be looked up)/,
	);
});

test('a port that is closed', async () => {
	expect(await tested(adCredential({ servers: `${ad()}:6363` }))).toMatch(
		/Reach the server: The server \S+ is there, and nothing listens on its port 6363/,
	);
});

test('a port without TLS, and TLS where StartTLS was meant', async () => {
	expect(await tested(adCredential({ servers: `${ad()}:389` }))).toMatch(/Encrypt the connection: /);
	expect(await tested(adCredential({ servers: `${ad()}:636`, security: 'startTls' }))).toMatch(/^Error: /);
});

test('a certificate of an authority that nobody trusts', async () => {
	expect(await tested(adCredential({ authorities: '' }))).toMatch(
		/Encrypt the connection: The certificate of \S+ comes from an authority that is not trusted\. .*Trusted Authority/,
	);
	expect(await tested(adCredential({ authorities: '', trustAll: true }))).toMatch(/^OK/);
});

test('a certificate for another name, with the names that it is for', async () => {
	expect(await tested(adCredential({ serverName: 'dc9.corp.test' }))).toMatch(
		/is for another name than dc9\.corp\.test\. .*dc1\.corp\.test/,
	);
	expect(await tested(adCredential({ serverName: 'dc1.corp.test' }))).toMatch(/^OK/);
});

test('what is pasted into a field of one line, and what is no certificate at all', async () => {
	const pasted = directoryServers().authority.certificate.replace(/\n/g, ' ');
	expect(await tested(adCredential({ authorities: pasted }))).toMatch(/^OK/);
	expect(await tested(adCredential({ authorities: 'ca.cer' }))).toMatch(
		/'Trusted Authority' .* not in PEM form/,
	);
});

test('a wrong password and a missing account, without the password in the words', async () => {
	const wrong = await tested(adCredential({ password: 'Wrong-Passw0rd' }));
	expect(wrong).toMatch(
		/Sign in: The account of the credential \(.*\) was refused: its name or its password is wrong/,
	);
	expect(wrong).not.toContain('Wrong-Passw0rd');
	expect(await tested(ldapCredential({ password: 'Wrong-Passw0rd' }))).toMatch(/Sign in: /);
	expect(await tested(adCredential({ password: '' }))).toMatch(/'Password' in the credential is empty/);
});

test('what is the matter with the account, in plain words', async () => {
	const admin = connectedTo(adCredential());
	const unit = await ownUnit(admin);
	await addPerson(admin, unit, 'c-disabled', { userAccountControl: ['514'] });
	expect(await tested(adCredential({ account: 'c-disabled@corp.test', password: PASSWORD }))).toMatch(
		/Sign in: The account of the credential \(c-disabled@corp.test\) is disabled\. Enable it/,
	);
});

test('a base that is not there, with the one that is', async () => {
	expect(await tested(adCredential({ baseDn: `OU=Nowhere,${BASE}` }))).toMatch(
		new RegExp(`Find the base: There is no OU=Nowhere,${BASE} in this directory.*begins at ${BASE}`),
	);
	expect(await tested(ldapCredential({ baseDn: `ou=nowhere,${LDAP_BASE}` }))).toMatch(
		/Find the base: There is no/,
	);
});

test('no encryption at a domain controller that insists on it', async () => {
	expect(await tested(adCredential({ security: 'plain' }))).toMatch(
		/Sign in: The directory wants an encrypted connection/,
	);
});

test('a name or DOMAIN\\name as the account', async () => {
	expect(await tested(adCredential({ account: 'CORP\\administrator' }))).toMatch(/^OK/);
	expect(await tested(adCredential({ account: `CN=Administrator,CN=Users,${BASE}` }))).toMatch(/^OK/);
});

test('somebody who answers and says nothing', async () => {
	const server = createServer((socket) => setTimeout(() => socket.destroy(), 200));
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const { port } = server.address() as AddressInfo;
	try {
		expect(await tested(adCredential({ servers: `127.0.0.1:${port}` }))).toMatch(
			/Encrypt the connection: The server \S+ broke off/,
		);
	} finally {
		server.close();
	}
});

describe('servers of their own', () => {
	const folder = mkdtempSync(join(tmpdir(), 'mailops-authority-'));
	const authority = Authority.make(folder);
	const running: Array<{ remove(): Promise<void> }> = [];
	afterAll(async () => {
		await Promise.all(running.map(async (server) => await server.remove()));
		rmSync(folder, { recursive: true, force: true });
	});

	test('a certificate that has run out', async () => {
		const server = await SambaServer.start(authority, {
			sign: (address) => authority.sign('old', '/CN=old', [`IP:${address}`], 0),
		});
		running.push(server);
		const credential = adCredential({ servers: server.address, authorities: authority.certificate });
		expect(await tested(credential)).toMatch(/The certificate of \S+ has run out\. Renew it/);
	});

	test('a server that wants a certificate of the client', async () => {
		const server = await OpenLdapServer.start(authority, { clientCertificates: true });
		running.push(server);
		const credential = ldapCredential({ servers: server.address, authorities: authority.certificate });
		expect(await tested(credential)).toMatch(/^Error: /);
		const client = authority.sign('client', '/CN=n8n');
		const signed = {
			...credential,
			clientCertificate: readFileSync(client.certificate, 'utf8'),
			clientPrivateKey: readFileSync(client.key, 'utf8'),
		};
		expect(await tested(signed)).toMatch(/^OK/);
		const mixed = { ...signed, clientPrivateKey: readFileSync(join(folder, 'ca.key'), 'utf8') };
		expect(await tested(mixed)).toMatch(/certificate or the key in the credential cannot be used/);
	});

	test('the second server takes over when the first is away, and its name is told', async () => {
		const first = await SambaServer.start(authority);
		running.push(first);
		const servers = `${first.address}, ${ad()}`;
		const authorities = `${authority.certificate}\n${directoryServers().authority.certificate}`;
		await first.kill();
		const directory = connectedTo(adCredential({ servers, authorities }));
		expect((await directory.info()).kind).toBe('activeDirectory');
		expect(directory.server).toBe(`${ad()}:636`);
		expect(await tested(adCredential({ servers, authorities }))).toMatch(
			/^Error: Reach the server: .*nothing listens/,
		);
	});
});
