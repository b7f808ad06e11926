import '../engine/environment';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Directory } from '../../nodes/ActiveDirectory/connection';
import { readSettings } from '../../nodes/ActiveDirectory/settings';
import { startSandbox, type Sandbox } from '../../sandbox';
import { Authority } from '../directory/certificates';
import { activeDirectoryCompany } from '../directory/company';
import { adNight, changeStaff, STAFF } from '../directory/night';
import { HOW_TO_INSTALL, missingPrograms } from '../directory/program';
import { ADMIN, BASE, REALM, SambaServer } from '../directory/samba';
import { Engine } from '../engine';
import type { SyncSummary } from './night';

const PEOPLE = 1_000;

/** What a night must come to. `isError`: the workflow stops before anything is written. */
interface Expected {
	created?: number;
	updated?: number;
	frozen?: number;
	isHeld?: boolean;
	isError?: boolean;
}

interface Night {
	title: string;
	below?: string;
	firstLoad?: number;
	before?(directory: Directory): Promise<void>;
	expected: Expected;
}

const NIGHTS: Night[] = [
	{ title: 'Night 1 · first load', firstLoad: PEOPLE, expected: { created: PEOPLE } },
	{
		title: 'Night 2 · joiners, movers, leavers',
		before: async (directory) =>
			await changeStaff(directory, { joined: 3, retitled: 10, disabled: 5, deleted: 1 }),
		expected: { created: 3, updated: 10, frozen: 6 },
	},
	{ title: 'Night 3 · a base with a typo', below: `OU=Staf,${BASE}`, expected: { isError: true } },
	{
		title: 'Night 4 · a base in which nobody is',
		below: `OU=Nobody,${BASE}`,
		before: async (directory) =>
			await directory.add(`OU=Nobody,${BASE}`, { objectClass: ['organizationalUnit'] }),
		expected: { isHeld: true },
	},
	{ title: 'Night 5 · nothing has changed', expected: {} },
];

/**
 * Five nights of a company in a real domain controller, with the workflow that ships with the pack. True when all went as it
 * must. @throws what the directory servers need and this machine does not have
 */
export async function runDirectoryDemo(): Promise<boolean> {
	const missing = missingPrograms();
	if (missing.length > 0)
		throw new Error(`This needs ${missing.join(', ')}, which this machine does not have. ${HOW_TO_INSTALL}`);
	console.log('\nMaking a domain with 1,000 people (once; a minute or two)…');
	const folder = mkdtempSync(join(tmpdir(), 'mailops-demo-'));
	const authority = Authority.make(folder);
	const server = await SambaServer.start(authority, { ldif: activeDirectoryCompany(PEOPLE, true) });
	const credential = {
		servers: server.address,
		security: 'ldaps',
		account: ADMIN.name,
		password: ADMIN.password,
		authorities: authority.certificate,
	};
	const directory = new Directory(readSettings(credential));
	const sandbox = await startSandbox();
	try {
		console.log(
			'A real Active Directory domain controller (Samba), synchronised to Alimail by workflows/ad-to-mailbox-sync.json in n8n’s own engine.\n',
		);
		sandbox.alimail.seed({ domains: [REALM] });
		const engine = new Engine('dist');
		engine.addCredential('Active Directory', credential);
		for (const { type, data } of sandbox.credentials()) {
			if (type === 'mailOpsAlimailApi') engine.addCredential('Alimail', data as never);
			if (type === 'mailOpsPostmarkServerApi') engine.addCredential('Postmark', data as never);
		}
		let isRight = true;
		for (const night of NIGHTS) isRight = (await play(night, engine, directory, sandbox)) && isRight;
		console.log(isRight ? 'All five nights are as expected.' : 'Not all of it is as expected.');
		return isRight;
	} finally {
		await directory.close();
		await sandbox.close();
		await server.remove();
		rmSync(folder, { recursive: true, force: true });
	}
}

async function play(
	{ title, below = STAFF, firstLoad, before, expected }: Night,
	engine: Engine,
	directory: Directory,
	sandbox: Sandbox,
): Promise<boolean> {
	await before?.(directory);
	const started = Date.now();
	const requests = sandbox.requests.count({ service: 'alimail' });
	const was = writesIn(sandbox);
	const run = await adNight(engine, below, firstLoad);
	const summary = run.json('Sync Mailboxes', 2)[0] as unknown as SyncSummary | undefined;
	const writes = writesIn(sandbox) - was;
	console.log(`── ${title} ${'─'.repeat(Math.max(0, 70 - title.length))}`);
	console.log(`  ${run.error ? `The workflow stopped: ${run.error.message}` : summary?.headline}`);
	for (const { message, remedy } of summary?.guards ?? [])
		console.log(`  GUARD  ${message}\n         ${remedy}`);
	console.log(
		`  ${sandbox.requests.count({ service: 'alimail' }) - requests} requests to Alimail, ${writes} of them writes, in ${((Date.now() - started) / 1_000).toFixed(1)} s`,
	);
	const isRight = isAsExpected(expected, run.error !== undefined, summary, writes);
	console.log(`  ${isRight ? 'As expected.' : `NOT AS EXPECTED: ${JSON.stringify(expected)}`}\n`);
	return isRight;
}

function isAsExpected(
	{ created = 0, updated = 0, frozen = 0, isHeld = false, isError = false }: Expected,
	hasFailed: boolean,
	summary: SyncSummary | undefined,
	writes: number,
): boolean {
	if (isError) return hasFailed && writes === 0;
	if (hasFailed || summary === undefined) return false;
	if (isHeld) return summary.guards.length > 0 && writes === 0;
	return summary.created === created && summary.updated === updated && summary.frozen === frozen;
}

const writesIn = ({ requests }: Sandbox): number =>
	(['POST', 'PATCH', 'DELETE'] as const).reduce(
		(sum, method) => sum + requests.count({ service: 'alimail', method, path: /^\/v2\// }),
		0,
	);
