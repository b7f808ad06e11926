import { createHash } from 'node:crypto';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import stringify from 'safe-stable-stringify';
import type { ServiceError } from '../../errors';
import type { DoneRow, ResultCollector } from './resultCollector';

/** What is known of an item that was sent: its confirmed result, or that its fate is unknown. */
type Entry = { done: DoneRow[] } | { unknown: ServiceError };

/**
 * n8n's Retry On Fail runs the whole node again with all its items. The journal remembers, for the time of one execution,
 * what was confirmed or may have been done, so that the repeated run gives those back and does only the rest.
 *
 * It lives in the process's memory: n8n repeats a node in the same process. It is kept only for nodes that have Retry On
 * Fail switched on, and forgotten when the execution ends.
 */
export class RetryJournal {
	private constructor(private readonly entries: Map<string, Entry> | undefined) {}

	static of(context: IExecuteFunctions): RetryJournal {
		const node = context.getNode();
		if (node.retryOnFail !== true) return new RetryJournal(undefined);
		const execution = context.getExecutionId();
		const run = String(context.evaluateExpression('{{ $runIndex }}', 0));
		const key = JSON.stringify([execution, node.id, run]);
		let entries = journals.get(key);
		if (entries === undefined) {
			entries = new Map();
			journals.set(key, entries);
			while (journals.size > MAX_JOURNALS) journals.delete(journals.keys().next().value!);
			context.onExecutionFinish?.(() => journals.delete(key));
		}
		return new RetryJournal(entries);
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
	recall(key: string, index: number, results: ResultCollector): boolean {
		const known = this.entries?.get(key);
		if (known === undefined) return false;
		if ('done' in known) results.done(index, known.done);
		else results.failed(index, known.unknown);
		return true;
	}

	done(key: string, rows: DoneRow[]): void {
		this.entries?.set(key, { done: rows });
	}

	/** A failure is kept only when its fate is unknown: anything else may be tried again. */
	failed(key: string, failure: ServiceError): void {
		if (failure.outcome === 'unknown') this.entries?.set(key, { unknown: failure });
	}
}

const journals = new Map<string, Map<string, Entry>>();
/** For processes in which the end of an execution is not announced. */
const MAX_JOURNALS = 200;
