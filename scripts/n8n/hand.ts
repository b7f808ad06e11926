import type { Locator, Page } from 'playwright-core';

const patience = 30_000;

/** Somebody at the editor with a mouse and a keyboard: clicks are counted, and each step has a name. */
export class Hand {
	clicks = 0;
	readonly steps: string[] = [];

	constructor(readonly page: Page) {}

	/** n8n marks its parts with `data-test-id`; these marks stay when looks and words change. */
	marked(mark: string): Locator {
		return this.page.locator(`[data-test-id="${mark}"]`);
	}

	async click(what: string, where: Locator): Promise<void> {
		await where
			.first()
			.click({ timeout: patience })
			.catch((error: unknown) => {
				throw new Error(`Nobody could click ${what} (click ${this.clicks + 1}): ${firstLine(error)}`);
			});
		this.clicks++;
		this.steps.push(what);
		// The editor moves what it shows into its place; a person waits for it too.
		await this.page.waitForTimeout(500);
	}

	async type(text: string): Promise<void> {
		await this.page.keyboard.type(text);
		await this.page.waitForTimeout(700);
	}

	/** A value of a dropdown: one click on the field and one on the value. */
	async choose(field: Locator, value: string | RegExp): Promise<void> {
		await this.click(`the field for “${String(value)}”`, field);
		const entries = this.page.locator('.el-select-dropdown__item:visible, [role="option"]:visible');
		await this.click(`“${String(value)}”`, entries.filter({ hasText: value }));
	}

	/** Adds a node behind the last one on the canvas: the plus, the words of a search, the node, one of its actions. */
	async addNode(search: string, node: string, action: RegExp): Promise<void> {
		await this.click('the plus behind the last node', this.marked('canvas-handle-plus').last());
		await this.type(search);
		await this.click(`the node “${node}”`, this.marked('node-creator-item-name').filter({ hasText: node }));
		await this.click(
			`its action ${String(action)}`,
			this.marked('node-creator-item-name').filter({ hasText: action }),
		);
		await this.marked('node-parameters').waitFor({ timeout: patience });
	}

	async close(): Promise<void> {
		await this.click(
			'the cross of the panel',
			this.page.locator(
				'[data-test-id="ndv-close-button"], [data-test-id="back-to-canvas"], [aria-label="Close"]',
			),
		);
	}

	/** Runs the node whose panel is open, and what stands before it. @throws Error with the panel's words when that fails */
	async execute(): Promise<void> {
		await this.click('Execute step', this.marked('node-execute-button'));
		// The results of the run before stay until this one has begun.
		await this.page.waitForTimeout(1_500);
		const busy = this.page.getByText('Executing node').first();
		await busy.waitFor({ state: 'hidden', timeout: 240_000 });
		const error = this.marked('node-error-view').or(this.marked('node-error-message'));
		const done = this.marked('ndv-run-data').or(this.marked('run-data-pane-header')).or(error);
		await done.first().waitFor({ timeout: 120_000 });
		await this.page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => undefined);
		if (await error.first().isVisible()) throw new Error(await error.first().innerText());
	}
}

const firstLine = (error: unknown) =>
	String(error instanceof Error ? error.message : error).split('\n')[0] ?? '';
