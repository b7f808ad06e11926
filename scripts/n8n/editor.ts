import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser } from './browser';
import { screensFolder } from './paths';
import type { Session } from './session';

/** What to look at in the editor. */
export interface EditorVisit {
	url: string;
	session: Session;
	/** The pack's name: complaints that mention it are the pack's. */
	pack: string;
	workflowId: string;
	/** How many nodes the canvas must show, notes not counted. */
	nodes: number;
	/** The node whose panel is opened. */
	panelOf: string;
	/** The name of that panel's picture, without `.png`. */
	panelPicture: string;
}

/** What the editor complained about while it was looked at. */
export interface Complaints {
	/** From the pack: each one is a defect of its nodes. */
	ours: string[];
	/** From n8n itself. */
	others: string[];
}

const patience = 30_000;

/** n8n marks its parts with `data-test-id`; these marks stay when looks and words change. */
const marked = (page: Page, mark: string) => page.locator(`[data-test-id="${mark}"]`);

/**
 * Opens a workflow in n8n's editor in a real browser, takes its picture, opens one node's panel, takes that picture.
 *
 * @returns The complaints of the browser's console and every refused request, sorted by whose they are
 * @throws Error when the canvas or the panel does not come up, or a node is shown as unknown
 */
export async function visitEditor(visit: EditorVisit, tell: (line: string) => void): Promise<Complaints> {
	mkdirSync(screensFolder, { recursive: true });
	const browser = await openBrowser(tell);
	try {
		const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
		await context.addCookies([{ ...visit.session.cookie, url: visit.url }]);
		const page = await context.newPage();
		const complaints = listen(page, visit.pack);
		try {
			await page.goto(`${visit.url}/workflow/${visit.workflowId}`);
			await showWorkflow(page, visit);
			await showPanel(page, visit);
		} catch (error) {
			const picture = join(screensFolder, 'editor-failed.png');
			await page.screenshot({ path: picture });
			const words = error instanceof Error ? error.message : String(error);
			throw new Error([words, ...complaints.ours, ...complaints.others, `See ${picture}`].join('\n'));
		}
		return complaints;
	} finally {
		await browser.close();
	}
}

async function showWorkflow(page: Page, visit: EditorVisit): Promise<void> {
	const nodes = marked(page, 'canvas-node').and(
		page.locator(':not([data-node-type="n8n-nodes-base.stickyNote"])'),
	);
	await nodes.nth(visit.nodes - 1).waitFor({ timeout: patience });
	const shown = await nodes.count();
	if (shown !== visit.nodes)
		throw new Error(`The canvas shows ${shown} nodes; the workflow has ${visit.nodes}.`);
	// A node whose type n8n does not know is drawn as a question mark under this type.
	const types = await nodes.evaluateAll((all) =>
		all.map((node) => node.getAttribute('data-node-type') ?? ''),
	);
	if (types.some((type) => type === '' || type.endsWith('.unknown'))) {
		throw new Error('The canvas shows a node that n8n does not know.');
	}
	await marked(page, 'zoom-to-fit').click();
	await settle(page);
	await page.screenshot({ path: join(screensFolder, 'workflow.png') });
}

async function showPanel(page: Page, visit: EditorVisit): Promise<void> {
	const node = page.locator(`[data-test-id="canvas-node"][data-node-name=${JSON.stringify(visit.panelOf)}]`);
	await node.dblclick({ timeout: patience });
	await marked(page, 'ndv').waitFor({ timeout: patience });
	await marked(page, 'node-parameters').waitFor({ timeout: patience });
	await settle(page);
	await page.screenshot({ path: join(screensFolder, `${visit.panelPicture}.png`) });
}

/** Waits until pictures, lists and animations have arrived; n8n keeps one connection open, so this has an end. */
async function settle(page: Page): Promise<void> {
	await page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => undefined);
	await page.waitForTimeout(700);
}

function listen(page: Page, pack: string): Complaints {
	const complaints: Complaints = { ours: [], others: [] };
	const note = (text: string, evidence: string) => {
		const list = evidence.includes(pack) ? complaints.ours : complaints.others;
		list.push(text.slice(0, 500));
	};
	page.on('console', (message) => {
		if (message.type() === 'error') note(message.text(), `${message.text()} ${message.location().url}`);
	});
	// An exception in the editor while it draws our nodes is caused by their descriptions, whatever its words are.
	page.on('pageerror', (error) => note(`Exception in the editor: ${error.message}`, pack));
	page.on('response', (response) => {
		if (response.status() < 400) return;
		const body = response.request().postData() ?? '';
		note(`${response.status()} ${response.url()}`, `${response.url()} ${body}`);
	});
	return complaints;
}
