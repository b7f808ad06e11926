import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	ensureN8n,
	importCredentials,
	importWorkflows,
	installPack,
	packedAlready,
	setUpOwner,
	startServer,
	type N8nHome,
	type N8nServer,
} from './server';
import { moving } from './progress';
import type { Owner } from './session';
import { copySamples, linked, withFilesIn, type CredentialEntry, type WorkflowFile } from './workflows';

/** What a trial consists of, besides n8n. */
export interface TrialParts {
	/** The pack's folder. */
	pack?: string;
	/** Where n8n keeps this trial's database, key, packs and files from one start to the next. */
	dataFolder: string;
	/** The port to listen on if it is free. */
	port?: number;
	credentials: CredentialEntry[];
	workflows: WorkflowFile[];
	/** The credential types that each node type signs in with. */
	credentialsOfNodes: Record<string, string[]>;
	/** A folder of files for the workflows to read; copied once into the trial's own files. */
	samples?: string;
}

export interface Trial {
	server: N8nServer;
	owner: Owner;
	/** Where workflows may read and write files. */
	filesFolder: string;
}

/**
 * Starts n8n with the pack installed in it as a user's n8n would install it, with credentials and workflows in place.
 * What the user changed in n8n since the last start stays: only what is new or changed here is imported.
 *
 * @throws Error when a step does not work
 */
export async function startTrial(parts: TrialParts, tell: (line: string) => void): Promise<Trial> {
	const { dataFolder } = parts;
	const n8n = await ensureN8n(tell);
	tell('Building the pack and packing it as it would be published, unless that was done before…');
	const tarball = await moving(tell, async () => await packedAlready(parts.pack));
	const filesFolder = join(dataFolder, 'files');
	const home: N8nHome = { n8n, userFolder: dataFolder, filesFolder };
	mkdirSync(filesFolder, { recursive: true });
	if (parts.samples !== undefined) copySamples(parts.samples, filesFolder);
	tell(`Installing ${tarball.manifest.name} ${tarball.manifest.version} into n8n…`);
	await installPack(n8n, dataFolder, tarball);
	await importChanged(home, parts, tell);
	tell('Starting n8n…');
	const server = await startServer(home, parts.port === undefined ? {} : { port: parts.port });
	writeFileSync(join(dataFolder, 'running.json'), JSON.stringify({ pid: server.pid, url: server.url }));
	void server.ended.then(() => rmSync(join(dataFolder, 'running.json'), { force: true }));
	const owner = ownerOf(dataFolder);
	await setUpOwner(server.url, owner);
	return { server, owner, filesFolder };
}

/**
 * Two servers on one database would each run every schedule, so a second one is refused.
 *
 * @throws Error with the address of the n8n that runs on this data already
 */
export async function refuseSecond(dataFolder: string): Promise<void> {
	const file = join(dataFolder, 'running.json');
	if (!existsSync(file)) return;
	const { pid, url } = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; url: string };
	const answers = await fetch(`${url}/healthz`).then(
		(answer) => answer.ok,
		() => false,
	);
	if (answers) {
		throw new Error(
			`n8n is already running on this data: ${url} (process ${pid}). Use that one, or end it first.`,
		);
	}
	rmSync(file, { force: true });
}

/** Imports what was not imported before, or has changed in the pack since; the rest belongs to the user now. */
async function importChanged(home: N8nHome, parts: TrialParts, tell: (line: string) => void): Promise<void> {
	const file = join(home.userFolder, 'imported.json');
	const before = (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}) as Record<string, string>;
	const isNew = (entry: { id: string }) => before[entry.id] !== hashOf(entry);
	const credentials = parts.credentials.filter(isNew);
	const all = parts.workflows.map((workflow) =>
		withFilesIn(linked(workflow, parts.credentials, parts.credentialsOfNodes), home.filesFolder),
	);
	const workflows = all.filter((workflow) => before[workflow.id] === undefined);
	for (const workflow of all.filter((entry) => !workflows.includes(entry)).filter(isNew)) {
		tell(
			`The workflow "${workflow.name}" has a newer version in workflows/. Yours was kept; import the file to get it.`,
		);
	}
	if (credentials.length + workflows.length > 0) tell('Putting credentials and workflows into n8n…');
	await importCredentials(home, credentials);
	await importWorkflows(home, workflows);
	const after = [...credentials, ...workflows].map((entry) => [entry.id, hashOf(entry)] as const);
	writeFileSync(file, JSON.stringify({ ...before, ...Object.fromEntries(after) }, null, '\t'));
}

const hashOf = (value: unknown) =>
	createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);

/** The trial's own sign-in: made at random once, and kept where only this user can read it. */
function ownerOf(dataFolder: string): Owner {
	const file = join(dataFolder, 'sign-in.json');
	if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Owner;
	const owner: Owner = {
		email: 'you@mailops.example',
		// n8n wants at least one capital letter and one digit.
		password: `Try1-${randomBytes(6).toString('hex')}`,
		firstName: 'Trial',
		lastName: 'User',
	};
	writeFileSync(file, JSON.stringify(owner), { mode: 0o600 });
	return owner;
}
