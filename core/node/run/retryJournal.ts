import { createHash } from 'node:crypto';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import stringify from 'safe-stable-stringify';
import type { ServiceError } from '../../errors';
import type { DoneRow } from './rows';

/** What is known of an item that was sent: its confirmed result, or that its fate is unknown. */
export type Known = { done: DoneRow[] } | { unknown: ServiceError };

interface Entry {
	known: Known;
	/** Nothing was changed for it: it can be read again. */
	isRead: boolean;
	/** What it takes up, estimated in bytes. */
	size: number;
}

/** All that one node has done in one execution. */
interface Journal {
	entries: Map<string, Entry>;
	size: number;
}

/**
 * n8n's Retry On Fail runs the whole node again with all its items. The journal remembers, for the time of one execution,
 * what was confirmed or may have been done, so that the repeated run gives those back and does only the rest.
 *
 * It lives in the process's memory: n8n repeats a node in the same process. It is kept only for nodes that have Retry On
 * Fail switched on, and forgotten when the execution ends.
 */
export class RetryJournal {
	/** What this run has written or given back: the only part of the journal that it may take back. */
	private readonly own = new Set<string>();

	private constructor(
		private readonly journal: Journal | undefined,
		private readonly isTool = false,
	) {}

	static of(context: IExecuteFunctions): RetryJournal {
		const node = context.getNode();
		if (node.retryOnFail !== true) return new RetryJournal(undefined);
		// As a tool of an AI agent each try has a run index of its own, as if the agent had called again.
		const isTool = node.type.endsWith('Tool');
		const run = isTool ? '' : String(context.evaluateExpression('{{ $runIndex }}', 0));
		// Nodes that were pasted from the same text share an id: the name tells them apart.
		const workflow = context.getWorkflow().id ?? '';
		const key = JSON.stringify([context.getExecutionId(), workflow, node.id, node.name, run]);
		let journal = journals.get(key);
		if (journal === undefined) {
			journal = { entries: new Map(), size: 0 };
			journals.set(key, journal);
			context.onExecutionFinish?.(() => forget(key));
		}
		return new RetryJournal(journal, isTool);
	}

	/**
	 * The identity of one item's work: its place and what came in. Not what will be sent: an expression may make something
	 * else of the same item each time (a time, a random number).
	 */
	key(index: number, { json, binary }: INodeExecutionData): string {
		if (this.journal === undefined) return '';
		const content = stringify([json, binary ?? {}]);
		return `${index} ${createHash('sha256').update(content).digest('base64')}`;
	}

	/** What an earlier try did with this item. */
	recall(key: string): Known | undefined {
		const known = this.journal?.entries.get(key)?.known;
		if (known !== undefined) this.own.add(key);
		return known;
	}

	/** @param isRead that nothing was changed for it */
	done(key: string, rows: DoneRow[], isRead = false): void {
		this.keep(key, { done: rows }, isRead);
	}

	/** An error is kept only when nobody may try again: its fate is unknown, and trying could do it twice. */
	failed(key: string, error: ServiceError): void {
		if (error.outcome === 'unknown' && !error.facts.canRetry) this.keep(key, { unknown: error }, false);
	}

	/**
	 * To be called when a run is over. A tool that did its work is not repeated by n8n: what comes after it with the same
	 * input is a call of its own.
	 */
	close(hasFailed: boolean): void {
		if (!this.isTool || hasFailed || this.journal === undefined) return;
		for (const key of this.own) remove(this.journal, key);
	}

	private keep(key: string, known: Known, isRead: boolean): void {
		if (this.journal === undefined) return;
		remove(this.journal, key);
		const size = ENTRY_BYTES + ('done' in known ? known.done.reduce((sum, row) => sum + sizeOf(row), 0) : 0);
		this.journal.entries.set(key, { known, isRead, size });
		this.journal.size += size;
		total += size;
		this.own.add(key);
		if (total > MAX_BYTES) lighten(this.journal);
	}
}

const journals = new Map<string, Journal>();
let total = 0;
const ENTRY_BYTES = 300;
/**
 * All journals of the process together. Past that, results are let go: what was read is read again, and of what was changed it
 * is still known that it was done.
 */
const MAX_BYTES = 128 * 1024 * 1024;

const GONE: DoneRow[] = [{ alreadyDone: true }];

/** Never forgets that something was done, lest it be done again. The oldest journals lose their rows first. */
function lighten(current: Journal): void {
	for (const journal of journals.values()) {
		for (const [key, { known, isRead }] of journal.entries)
			if ('done' in known && known.done !== GONE) {
				remove(journal, key);
				if (isRead) continue;
				journal.entries.set(key, { known: { done: GONE }, isRead, size: ENTRY_BYTES });
				journal.size += ENTRY_BYTES;
				total += ENTRY_BYTES;
			}
		if (total <= MAX_BYTES / 2 || journal === current) return;
	}
}

function remove(journal: Journal, key: string): void {
	const entry = journal.entries.get(key);
	if (entry === undefined) return;
	journal.entries.delete(key);
	journal.size -= entry.size;
	total -= entry.size;
}

function forget(key: string): void {
	total -= journals.get(key)?.size ?? 0;
	journals.delete(key);
}

/** A row's texts, roughly: exact figures would cost more than what they bound. */
function sizeOf(row: DoneRow): number {
	let size = 0;
	for (const value of Object.values('json' in row && 'binary' in row ? (row.json as object) : row))
		size += typeof value === 'string' ? 2 * value.length : typeof value === 'object' ? 400 : 16;
	return size;
}
