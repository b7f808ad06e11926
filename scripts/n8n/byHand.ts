import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser } from './browser';
import { Hand } from './hand';
import { screensFolder } from './paths';
import { SEARCHES } from './searches';
import type { Session } from './session';

export const MAX_CLICKS = 30;

/** Where the work is done, and how to see from outside what came of it. */
export interface Workplace {
	url: string;
	session: Session;
	/** The HR export, as n8n sees it. */
	file: string;
	/** How many accounts the service has. */
	accounts(): number;
}

/**
 * The HR sync as somebody makes it who has read nothing: from “Create workflow” to “applied”, with clicks and typing only.
 * What the preview's panel tells to do is read there and done.
 *
 * @returns how many clicks it took, and how long
 * @throws Error that names the click that was not possible, what the panel said or did not say, or what the service holds
 */
export async function syncByHand(
	{ url, session, file, accounts }: Workplace,
	tell: (line: string) => void,
): Promise<{ clicks: number; ms: number }> {
	return await inEditor(url, session, tell, async (page) => {
		const hand = new Hand(page);
		await page.goto(`${url}/home/workflows`);
		const began = Date.now();
		await build(hand, file);
		await hand.execute();
		await page.screenshot({ path: join(screensFolder, 'by-hand-preview.png') });
		const people = await announced(hand);
		if (accounts() !== 0) throw new Error(`The preview made ${accounts()} accounts.`);
		await apply(hand, people);
		await page.screenshot({ path: join(screensFolder, 'by-hand-applied.png') });
		if (accounts() !== people) throw new Error(`Expected ${people} accounts; found ${accounts()}.`);
		if (hand.clicks > MAX_CLICKS)
			throw new Error(`It took ${hand.clicks} clicks, and may take ${MAX_CLICKS}: ${hand.steps.join(', ')}`);
		return { clicks: hand.clicks, ms: Date.now() - began };
	});
}

/** From “Create workflow” to a sync that knows its columns. */
async function build(hand: Hand, file: string): Promise<void> {
	const create = hand.page.getByRole('button', { name: /create workflow/i });
	await hand.click('Create workflow', hand.marked('add-resource-workflow').or(create));
	await hand.click('Add first step', hand.marked('canvas-add-button'));
	await hand.click('Trigger manually', hand.marked('node-creator-item-name').filter({ hasText: 'manually' }));
	await hand.addNode('read file', 'Read/Write Files from Disk', /^Read File/);
	await hand.click('the path', hand.marked('parameter-input-fileSelector').locator('input'));
	await hand.type(file);
	await hand.close();
	await hand.addNode('extract from', 'Extract from File', /CSV/);
	await hand.close();
	await hand.addNode('sync users', 'MailOps Alimail', /^Sync users$/);
	await hand.choose(hand.marked('mapping-mode-select'), 'Map Automatically');
}

/** How many accounts a first load makes, as the preview says, which also has to say where to enter it. */
async function announced(hand: Hand): Promise<number> {
	const said = await hand.page.getByText('Held back').first().innerText();
	const people = /(\d+) accounts would be created/.exec(said)?.[1];
	if (people === undefined || !said.includes('enter under Guards, “First Load”'))
		throw new Error(`The panel does not say how to go on: ${said}`);
	return Number(people);
}

async function apply(hand: Hand, people: number): Promise<void> {
	await hand.choose(hand.marked('parameter-input-mode'), /^Apply(?! Approved)/);
	await hand.choose(hand.page.getByPlaceholder('Change Guard'), 'First Load');
	const number = hand.marked('parameter-input-firstLoad').locator('input');
	await hand.click('the number of the first load', number);
	await hand.page.keyboard.press('ControlOrMeta+a');
	await hand.type(String(people));
	await hand.execute();
}

/** Types each word into n8n's panel. @throws Error that names the words for which the pack is not found */
export async function searchPanel(
	{ url, session }: Pick<Workplace, 'url' | 'session'>,
	tell: (line: string) => void,
): Promise<void> {
	await inEditor(url, session, tell, async (page) => {
		const hand = new Hand(page);
		await page.goto(`${url}/workflow/new`);
		await hand.click('Add first step', hand.marked('canvas-add-button'));
		await hand.click(
			'Trigger manually',
			hand.marked('node-creator-item-name').filter({ hasText: 'manually' }),
		);
		await hand.click('the plus', hand.marked('canvas-handle-plus'));
		const missing: string[] = [];
		for (const [typed, node] of SEARCHES) {
			await page.keyboard.press('ControlOrMeta+a');
			await hand.type(typed);
			// The panel leaves the word out where it lists what a trigger starts on.
			const shown = node.replace(/ Trigger$/, '');
			const found = hand.marked('node-creator-item-name').filter({ hasText: shown });
			const isThere = await found
				.first()
				.waitFor({ timeout: 5_000 })
				.then(
					() => true,
					() => false,
				);
			if (!isThere) missing.push(`“${typed}” does not find ${node}`);
		}
		if (missing.length > 0) throw new Error(missing.join('; '));
	});
}

/** A browser that is signed in; a picture is left when the work fails. */
export async function inEditor<T>(
	url: string,
	session: Session,
	tell: (line: string) => void,
	work: (page: Page) => Promise<T>,
): Promise<T> {
	mkdirSync(screensFolder, { recursive: true });
	const browser = await openBrowser(tell);
	try {
		const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
		await context.addCookies([{ ...session.cookie, url }]);
		const page = await context.newPage();
		try {
			return await work(page);
		} catch (error) {
			const picture = join(screensFolder, 'by-hand-failed.png');
			await page.screenshot({ path: picture });
			throw new Error(`${error instanceof Error ? error.message : String(error)}\nSee ${picture}`);
		}
	} finally {
		await browser.close();
	}
}
