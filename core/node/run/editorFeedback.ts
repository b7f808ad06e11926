import type { IExecuteFunctions } from 'n8n-workflow';
import type { RunFeedback } from '../operation';

const PROGRESS_EVERY_MS = 2_000;

/** Speaks to the person at the editor: hints above the output, and progress while a run started by hand is under way. */
export class EditorFeedback implements RunFeedback {
	private readonly said = new Set<string>();
	private last = Date.now();

	constructor(private readonly context: IExecuteFunctions) {}

	get isWatched(): boolean {
		return this.context.getMode() === 'manual';
	}

	hint(sentence: string): void {
		if (this.said.has(sentence)) return;
		this.said.add(sentence);
		this.context.addExecutionHints({ message: sentence, location: 'outputPane' });
	}

	/** At once, while the run is still to start: hints are shown when it ends. */
	announce(sentence: string): void {
		this.hint(sentence);
		if (this.isWatched) this.context.sendMessageToUI(`${this.context.getNode().name}: ${sentence}`);
	}

	progress(done: number, total: number, what: string): void {
		if (Date.now() - this.last < PROGRESS_EVERY_MS || !this.isWatched) return;
		this.last = Date.now();
		const [some, all] = [done, total].map((number) => number.toLocaleString('en'));
		this.context.sendMessageToUI(`${this.context.getNode().name}: ${some} of ${all} ${what}`);
	}
}
