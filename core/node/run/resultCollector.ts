import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ServiceError } from '../../errors';
import { counted } from '../../text';
import { errorItem, toNodeError } from '../nodeError';
import type { RunFeedback } from '../operation';
import type { Known } from './retryJournal';
import { StoredRow, type DoneRow } from './rows';

/**
 * Where the answers of a run come together, in item order. Knows what an error means: with "Continue" each error is an
 * item of its own and all others keep their results; without, no new work is started, what is under way is finished,
 * and the first failing item stops the node.
 */
export class ResultCollector {
	/** One item as it is, several as a list: a list around each of 100,000 would weigh as much as they do. */
	private readonly results: Array<INodeExecutionData | INodeExecutionData[] | undefined>;
	private readonly goesOn: boolean;
	private worst?: { failure: ServiceError; index: number };
	private hasNewFailure = false;
	private readonly counts = { done: 0, unknown: 0, failed: 0 };

	constructor(
		private readonly context: IExecuteFunctions,
		count: number,
		private readonly feedback: RunFeedback,
	) {
		this.results = new Array<INodeExecutionData | INodeExecutionData[] | undefined>(count);
		this.goesOn = context.continueOnFail();
	}

	/** No new work may be started. */
	get isClosed(): boolean {
		return this.hasNewFailure && !this.goesOn;
	}

	get hasFailed(): boolean {
		return this.worst !== undefined;
	}

	done(index: number, rows: DoneRow[]): void {
		const [first, ...more] = rows;
		this.results[index] =
			first !== undefined && more.length === 0 ? itemOf(first, index) : rows.map((row) => itemOf(row, index));
		this.counts.done++;
		this.progress();
	}

	failed(index: number, failure: ServiceError): void {
		this.hasNewFailure = true;
		this.note(index, failure);
	}

	/** What an earlier try of the same run has come to. It stops nobody: the rest is what this try is for. */
	recalled(index: number, known: Known): void {
		if ('done' in known) this.done(index, known.done);
		else this.note(index, known.unknown);
	}

	items(): INodeExecutionData[] {
		if (this.worst !== undefined && !this.goesOn)
			throw toNodeError(this.context.getNode(), this.worst.failure, this.worst.index, this.account());
		return this.results.flatMap((items) => items ?? []);
	}

	/** When the run broke off: the answers there are, and this failure for all items that have none. */
	itemsAfter(failure: ServiceError): INodeExecutionData[] {
		return Array.from(this.results, (items, index) => items ?? [errorItem(failure, index)]).flat();
	}

	private note(index: number, failure: ServiceError): void {
		this.results[index] = errorItem(failure, index);
		this.counts[failure.outcome === 'unknown' ? 'unknown' : 'failed']++;
		if (this.worst === undefined || index < this.worst.index) this.worst = { failure, index };
		this.progress();
	}

	/** What the person must know about the other items before running the node again: all of them, each counted once. */
	private account(): string {
		const others = this.results.length - 1;
		if (others === 0) return '';
		const unknown = this.counts.unknown - (this.worst?.failure.outcome === 'unknown' ? 1 : 0);
		const failed = this.counts.failed - (this.worst?.failure.outcome === 'unknown' ? 0 : 1);
		const { done } = this.counts;
		const left = others - done - unknown - failed;
		if (done === 0 && unknown === 0) return 'No other item was done.';
		const all = `of the other ${counted(others, 'item')}`;
		const parts = [
			done > 0 && `${done.toLocaleString('en')} ${all} ${were(done)} already done`,
			unknown > 0 &&
				`${unknown.toLocaleString('en')} ${done > 0 ? '' : `${all} `}may have been done (look at the service before you run it again)`,
			failed > 0 && `${failed.toLocaleString('en')} ${were(failed)} not done`,
			left > 0 && `${left.toLocaleString('en')} ${were(left)} not started`,
		].filter((part) => part !== false);
		const account = `${parts.join(', ')}.`;
		if (done === 0) return account;
		return this.context.getNode().retryOnFail === true
			? `${account} Retry On Fail does not repeat them.`
			: `${account} To keep their results and go on, set 'On Error' in the node's settings to 'Continue (using error output)'.`;
	}

	private progress(): void {
		const { done, unknown, failed } = this.counts;
		this.feedback.progress(done + unknown + failed, this.results.length, 'items');
	}
}

const were = (count: number) => (count === 1 ? 'was' : 'were');

function itemOf(row: DoneRow, index: number): INodeExecutionData {
	const pairedItem = { item: index };
	return row instanceof StoredRow
		? { json: kept(row.json), binary: row.binary, pairedItem }
		: { json: kept(row), pairedItem };
}

/**
 * n8n takes an item for a failed one by the key `error` in its data: it would leave by the error output, or have the whole
 * node repeated. A result that has such a key is put one level down.
 */
function kept(json: IDataObject): IDataObject {
	return json.error ? { data: json } : json;
}
