/**
 * Takes every picture of the documentation anew, in a real n8n with the pack as it would be published: `npx tsx scripts/n8n/pictures.ts`;
 * some of them with their names: `npx tsx scripts/n8n/pictures.ts failover codes`.
 */
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startSandbox, type Sandbox } from '../../sandbox';
import { applying } from '../hrWorkflow';
import { inEditor } from './byHand';
import { credentialsOfNodes, sandboxCredentials } from './credentials';
import { Hand } from './hand';
import { panelsOf, type Panel } from './panels';
import { repository } from './paths';
import { stopAll } from './processes';
import {
	ensureN8n,
	importCredentials,
	importWorkflows,
	installPack,
	login,
	packedAlready,
	setUpOwner,
	startServer,
	type N8nHome,
} from './server';
import { copySamples, linked, readWorkflow, withFilesIn, type WorkflowFile } from './workflows';

const say = (line: string) => process.stdout.write(`${line}\n`);
const images = join(repository, 'docs', 'images');

/** Pictures of whole workflows, by the name of the file. */
const CANVASES: Record<string, string> = {
	workflow: 'hr-to-mailbox-sync.json',
	'ad-workflow': 'ad-to-mailbox-sync.json',
	order: 'order-notification.json',
	authjs: 'authjs-sign-in-mail.json',
	joiner: 'joiner-mover-leaver.json',
	failover: 'failover-send.json',
	codes: 'verification-code.json',
	hygiene: 'list-hygiene.json',
	inbox: 'shared-inbox-triage.json',
	personal: 'bulk-personal-mail.json',
	away: 'out-of-office-from-hr.json',
	newsletter: 'hr-to-newsletter-audience.json',
	unsubscribe: 'unsubscribe-everywhere.json',
};

const SYNC = 'sync-panel';

const named = process.argv.slice(2);
const isWanted = (picture: string): boolean => named.length === 0 || named.includes(picture);

async function main(): Promise<void> {
	const sandbox = await startSandbox();
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mailops-pictures-')));
	try {
		await takeAll(sandbox, folder);
	} finally {
		await stopAll();
		await sandbox.close();
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	}
}

async function takeAll(sandbox: Sandbox, folder: string): Promise<void> {
	const n8n = await ensureN8n(say);
	const home: N8nHome = { n8n, userFolder: folder, filesFolder: join(folder, 'files') };
	mkdirSync(home.filesFolder, { recursive: true });
	copySamples(join(repository, 'workflows', 'data'), home.filesFolder);
	await installPack(n8n, folder, await packedAlready());
	const credentials = sandboxCredentials(sandbox);
	const ready = (workflow: WorkflowFile, id: string) => ({
		...withFilesIn(linked(workflow, credentials, credentialsOfNodes(sandbox)), home.filesFolder),
		id,
	});
	const canvases = Object.entries(CANVASES).map(([picture, file]) => [picture, shipped(file)] as const);
	const panels = panelsOf(sandbox);
	await importCredentials(home, credentials);
	await importWorkflows(home, [
		...canvases.map(([picture, workflow]) => ready(workflow, picture)),
		...panels.map(({ picture, workflow }) => ready(workflow, picture)),
		ready(applying(shipped(CANVASES.workflow!), 1_000), SYNC),
	]);
	const { url } = await startServer(home);
	const owner = { email: 'you@mailops.example', password: 'Picture-1', firstName: 'Ana', lastName: 'Bauer' };
	await setUpOwner(url, owner);
	const session = await login(url, owner);
	await inEditor(url, session, say, async (page) => {
		for (const [picture] of canvases) if (isWanted(picture)) await takeCanvas(page, url, picture);
		for (const one of panels) if (isWanted(one.picture)) await takePanel(page, url, one, 'Step');
		if (isWanted(SYNC)) await takePanel(page, url, { picture: SYNC, isRun: true }, 'Sync Mailboxes');
	});
}

const shipped = (file: string) => readWorkflow(join(repository, 'workflows', file));

async function takeCanvas(page: Page, url: string, picture: string): Promise<void> {
	const hand = new Hand(page);
	await page.goto(`${url}/workflow/${picture}`);
	await hand.click('the whole workflow', hand.marked('zoom-to-fit'));
	await take(page, picture);
}

async function takePanel(
	page: Page,
	url: string,
	{ picture, isRun }: Pick<Panel, 'picture' | 'isRun'>,
	node: string,
): Promise<void> {
	const hand = new Hand(page);
	await page.goto(`${url}/workflow/${picture}`);
	await page
		.locator(`[data-test-id="canvas-node"][data-node-name=${JSON.stringify(node)}]`)
		.dblclick({ timeout: 30_000 });
	await hand.marked('node-parameters').waitFor({ timeout: 30_000 });
	if (isRun) await hand.execute();
	await take(page, picture);
}

/** Waits until lists and animations have come to rest. n8n keeps one connection open, so this has an end. */
async function take(page: Page, picture: string): Promise<void> {
	await page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => undefined);
	// What says that a run went well covers a corner of the panel for some seconds.
	await page.locator('.el-notification').first().waitFor({ state: 'hidden', timeout: 15_000 });
	await page.waitForTimeout(1_000);
	await page.screenshot({ path: join(images, `${picture}.png`) });
	say(`docs/images/${picture}.png`);
}

main().catch((error: unknown) => {
	say(error instanceof Error ? error.message : String(error));
	process.exitCode = 1;
});
