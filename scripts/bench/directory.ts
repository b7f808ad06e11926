import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'ldapts';
import { Directory } from '../../nodes/ActiveDirectory/connection';
import { readSettings } from '../../nodes/ActiveDirectory/settings';
import { verifyPassword } from '../../nodes/ActiveDirectory/user/verifyPassword.operation';
import { change } from '../../nodes/ActiveDirectory/wire/changes';
import { unicodePwd } from '../../nodes/ActiveDirectory/values/password';
import { Authority } from '../directory/certificates';
import { activeDirectoryCompany, loginOf } from '../directory/company';
import { missingPrograms } from '../directory/program';
import { STAFF } from '../directory/night';
import { ADMIN, SambaServer } from '../directory/samba';
import { Engine } from '../engine';
import { readingMany } from './directoryMemory';
import { syncing } from './directorySync';
import { runNode } from './run';
import type { Row } from './table';

const PEOPLE = 10_000;
const ROUNDS = 3;
const ATTRIBUTES = [
	...['objectGUID', 'sAMAccountName', 'userPrincipalName', 'displayName', 'mail', 'department', 'title'],
	...['telephoneNumber', 'employeeNumber', 'userAccountControl'],
];
const OURS = 'mailOpsActiveDirectoryApi';
const THEIRS = 'ldap';
const PASSWORD = 'Right-Passw0rd';

interface Scene {
	engine: Engine;
	credential: Record<string, string>;
	server: SambaServer;
	authority: Authority;
}

/** People read from a real domain controller: the node, the bare library, and n8n's own node, in turns. */
export async function directory(): Promise<Row[]> {
	const what = `Active Directory: ${PEOPLE.toLocaleString('en')} people with ${ATTRIBUTES.length} attributes`;
	const missing = missingPrograms();
	if (missing.length > 0) return [{ what, ours: `not measured: no ${missing.join(', ')} here` }];
	const folder = mkdtempSync(join(tmpdir(), 'mailops-bench-'));
	const authority = Authority.make(folder);
	const server = await SambaServer.start(authority, { ldif: activeDirectoryCompany(PEOPLE, true) });
	try {
		const credential = {
			servers: server.address,
			security: 'ldaps',
			account: ADMIN.name,
			password: ADMIN.password,
			authorities: authority.certificate,
		};
		const engine = new Engine('dist');
		engine.addCredential(OURS, credential);
		engine.addCredential(THEIRS, theirsFor(server, authority));
		const scene = { engine, credential, server, authority };
		return [
			...(await reading(what, scene)),
			await verifying(scene),
			...(await readingMany(authority)),
			// The last: it changes who is there.
			...(await syncing(credential, PEOPLE)),
		];
	} finally {
		await server.remove();
		rmSync(folder, { recursive: true, force: true });
	}
}

const theirsFor = (server: SambaServer, authority: Authority) => ({
	hostname: server.address,
	port: 636,
	bindDN: ADMIN.name,
	bindPassword: ADMIN.password,
	connectionSecurity: 'tls',
	caCertificate: authority.certificate,
	timeout: 300,
});

async function reading(what: string, scene: Scene): Promise<Row[]> {
	const best = { ours: Infinity, bare: Infinity, theirs: Infinity };
	// In turns, so that a machine that is busy for a while is so for all of them.
	for (let i = 0; i < ROUNDS; i++) {
		best.bare = Math.min(best.bare, await bare(scene));
		best.ours = Math.min(best.ours, await ours(scene));
		best.theirs = Math.min(best.theirs, await theirs(scene));
	}
	const seconds = (value: number) => `${value.toFixed(2)} s`;
	const toBare = best.ours / best.bare;
	return [
		{
			what: `${what}, against bare ldapts (best of ${ROUNDS})`,
			ours: seconds(best.ours),
			peer: seconds(best.bare),
			ratio: `${toBare.toFixed(2)} × its time`,
			target: 'at most 1.2 ×',
			ok: toBare <= 1.2,
		},
		{
			what: `${what}, against n8n’s own LDAP node (best of ${ROUNDS})`,
			ours: seconds(best.ours),
			peer: seconds(best.theirs),
			ratio: `${(best.ours / best.theirs).toFixed(2)} × its time`,
			target: 'less',
			ok: best.ours < best.theirs,
		},
	];
}

const named = (name: string) => ({ [name]: { id: name, name } });

async function ours({ engine }: Scene): Promise<number> {
	const parameters = {
		resource: 'user',
		operation: 'getAll',
		returnAll: true,
		filters: { base: STAFF },
		attributes: ATTRIBUTES,
	};
	const type = 'n8n-nodes-mailops.activeDirectory';
	return counted(await runNode(engine, type, parameters, [{}], named(OURS)));
}

async function theirs({ engine }: Scene): Promise<number> {
	const parameters = {
		operation: 'search',
		baseDN: STAFF,
		searchFor: 'custom',
		customFilter: '(&(objectCategory=person)(objectClass=user))',
		returnAll: true,
		options: { attributes: ATTRIBUTES.join(','), pageSize: 1000, scope: 'sub' },
	};
	return counted(await runNode(engine, 'n8n-nodes-base.ldap', parameters, [{}], named(THEIRS)));
}

function counted({ run, seconds }: Awaited<ReturnType<typeof runNode>>): number {
	const found = run.items('Node').length;
	if (found !== PEOPLE) throw new Error(`${found} people were read instead of ${PEOPLE}`);
	return seconds;
}

async function bare({ server, authority }: Scene): Promise<number> {
	const started = performance.now();
	const client = new Client({ url: `${server.ldaps}:636`, tlsOptions: { ca: [authority.certificate] } });
	await client.bind(ADMIN.name, ADMIN.password);
	const { searchEntries } = await client.search(STAFF, {
		scope: 'sub',
		filter: '(&(objectCategory=person)(objectClass=user))',
		attributes: ATTRIBUTES,
		explicitBufferAttributes: ['objectGUID'],
		paged: { pageSize: 1000 },
		timeLimit: 0,
	});
	await client.unbind();
	if (searchEntries.length !== PEOPLE) throw new Error(`${searchEntries.length} people were read`);
	return (performance.now() - started) / 1000;
}

/** What a check of one password asks for, once the directory is known: with the sign-in of the account itself. */
async function verifying({ credential }: Scene): Promise<Row> {
	const connection = new Directory(readSettings(credential));
	const user = loginOf(1);
	const [person] = await connection.find({
		base: STAFF,
		scope: 'sub',
		filter: { compare: '=', attribute: 'sAMAccountName', value: user },
		attributes: ['cn'],
	});
	const password = change('replace', 'unicodePwd', [unicodePwd(PASSWORD)]);
	const control = change('replace', 'userAccountControl', ['512']);
	await connection.modify(person!.dn, [password, control]);
	await connection.info();
	const before = connection.stats.requests;
	const parameters = { user, password: PASSWORD, base: '', isDetailed: false, limits: [] };
	const feedback = { isWatched: false, hint: () => undefined, progress: () => undefined };
	const answer = (await verifyPassword.call(parameters, connection, feedback)) as { valid?: boolean };
	// The account of the credential signs in once a run, which is the first of them.
	const requests = connection.stats.requests - before + 1;
	await connection.close();
	return {
		what: 'Active Directory: round trips of one check of a password',
		ours: `${requests}, and the password is ${answer.valid ? 'right' : 'not right'}`,
		target: 'at most 3',
		ok: requests <= 3 && answer.valid === true,
	};
}
