import { createHash } from 'node:crypto';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import stringify from 'safe-stable-stringify';
import type { Failure } from '../http/failure';
import type { DoneRow, Outbox } from './outbox';

/** What is known of an item that was sent: its confirmed result, or that its fate is unknown. */
type Entry = { done: DoneRow[] } | { unknown: Failure };

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

	/**
	 * The identity of one item's work: its place and what came in. Not what will be sent: an expression may make something
	 * else of the same item each time (a time, a random number).
	 */
	key(index: number, { json, binary }: INodeExecutionData): string {
		if (this.entries === undefined) return '';
		const content = stringify([json, binary ?? {}]);
		return `${index} ${createHash('sha256').update(content).digest('base64')}`;
	}

	/** Gives back what an earlier try did with this item; false when there is nothing to give. */
	recall(key: string, index: number, outbox: Outbox): boolean {
		const known = this.entries?.get(key);
		if (known === undefined) return false;
		if ('done' in known) outbox.done(index, known.done);
		else outbox.failed(index, known.unknown);
		return true;
	}

	done(key: string, rows: DoneRow[]): void {
		this.entries?.set(key, { done: rows });
	}

	/** A failure is kept only when its fate is unknown: anything else may be tried again. */
	failed(key: string, failure: Failure): void {
		if (failure.outcome === 'unknown') this.entries?.set(key, { unknown: failure });
	}
}

const ledgers = new Map<string, Map<string, Entry>>();
/** For processes in which the end of an execution is not announced. */
const MAX_LEDGERS = 200;
