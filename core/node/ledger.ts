import { createHash } from 'node:crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Failure } from '../http/failure';

/** What is known of an item that was sent: its confirmed result, or that its fate is unknown. */
export type Entry = { done: IDataObject[] } | { unknown: Failure };

/**
 * n8n's Retry On Fail runs the whole node again with all its items. The ledger remembers, for the time of one execution,
 * what was confirmed or may have been done, so that the repeated run gives those back and does only the rest.
 *
 * It lives in the process's memory: n8n repeats a node in the same process. It is kept only for nodes that have Retry On
 * Fail switched on, and forgotten when the execution ends.
 */
export class Ledger {
	private constructor(private readonly entries: Map<string, Entry> | undefined) {}

	static of(context: IExecuteFunctions): Ledger {
		const node = context.getNode();
		if (node.retryOnFail !== true) return new Ledger(undefined);
		const execution = context.getExecutionId();
		const run = String(context.evaluateExpression('{{ $runIndex }}', 0));
		const key = JSON.stringify([execution, node.id, run]);
		let entries = ledgers.get(key);
		if (entries === undefined) {
			entries = new Map();
			ledgers.set(key, entries);
			while (ledgers.size > MAX_LEDGERS) ledgers.delete(ledgers.keys().next().value!);
			context.onExecutionFinish?.(() => ledgers.delete(key));
		}
		return new Ledger(entries);
	}

	get isOn(): boolean {
		return this.entries !== undefined;
	}

	/** The identity of one item's work: its place and everything that will be sent. */
	key(index: number, content: Buffer | string): string {
		return `${index} ${createHash('sha256').update(content).digest('base64')}`;
	}

	find(key: string): Entry | undefined {
		return this.entries?.get(key);
	}

	record(key: string, entry: Entry): void {
		this.entries?.set(key, entry);
	}
}

const ledgers = new Map<string, Map<string, Entry>>();
/** For processes in which the end of an execution is not announced. */
const MAX_LEDGERS = 200;
