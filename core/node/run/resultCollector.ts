import type { IBinaryKeyData, IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { errorItem, toNodeError, type ServiceError } from '../../errors';
import type { RunFeedback } from '../operation';

/** A row whose files n8n has stored already. */
export class StoredRow {
	constructor(
		readonly json: IDataObject,
		readonly binary: IBinaryKeyData,
	) {}
}

export type DoneRow = IDataObject | StoredRow;

/**
 * Where the answers of a run come together, in item order. Knows what a failure means: with "Continue" each failure is
 * an item of its own and all others keep their results; without, no new work is started, what is under way is
 * finished, and the first failing item stops the node.
 */
export class ResultCollector {
	/** What became of each item; nearly always one row, which needs no list round it. */
	private readonly results: Array<INodeExecutionData | INodeExecutionData[] | undefined>;
	private readonly goesOn: boolean;
	private worst?: { failure: ServiceError; index: number };
	private succeeded = 0;
	private settled = 0;

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
		return this.worst !== undefined && !this.goesOn;
	}

	done(index: number, rows: DoneRow[]): void {
		const [only] = rows;
		this.results[index] =
			only !== undefined && rows.length === 1 ? toItem(only, index) : rows.map((row) => toItem(row, index));
		this.succeeded++;
		this.progress();
	}

	failed(index: number, failure: ServiceError): void {
		this.results[index] = errorItem(failure, index);
		if (this.worst === undefined || index < this.worst.index) this.worst = { failure, index };
		this.progress();
	}

	items(): INodeExecutionData[] {
		if (this.worst !== undefined && !this.goesOn)
			throw toNodeError(this.context.getNode(), this.worst.failure, this.worst.index, this.account());
		return this.results.flatMap((items) => items ?? []);
	}

	/** When the run broke off: the answers there are, and this failure for all items that have none. */
	itemsAfter(failure: ServiceError): INodeExecutionData[] {
		return Array.from(this.results, (items, index) => items ?? errorItem(failure, index)).flat();
	}

	/** What the person must know about the other items before running the node again. */
	private account(): string {
		const { succeeded } = this;
		const others = this.results.length - 1;
		if (others === 0) return '';
		if (succeeded === 0) return 'No other item was done.';
		const already = `${succeeded.toLocaleString('en')} of the other ${others.toLocaleString('en')} items ${succeeded === 1 ? 'was' : 'were'} already done.`;
		return this.context.getNode().retryOnFail === true
			? `${already} Retry On Fail does not repeat them.`
			: `${already} To keep their results and go on, set 'On Error' in the node's settings to 'Continue (using error output)'.`;
	}

	private progress(): void {
		this.feedback.progress(++this.settled, this.results.length, 'items');
	}
}

function toItem(row: DoneRow, index: number): INodeExecutionData {
	const pairedItem = { item: index };
	return row instanceof StoredRow
		? { json: row.json, binary: row.binary, pairedItem }
		: { json: row, pairedItem };
}
