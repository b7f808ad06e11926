import type { IDataObject } from 'n8n-workflow';

/** When a message was received; what has no such time comes last. */
const timeOf = ({ receivedDateTime }: IDataObject): number =>
	Date.parse(String(receivedDateTime ?? '')) || -Infinity;

/** The newest messages of several lists together: twice as many as are wanted are kept at most. */
export class Newest {
	private kept: IDataObject[] = [];
	/** What is not newer has no place any more. */
	private bar = -Infinity;

	constructor(private readonly wanted: number) {}

	get size(): number {
		return this.kept.length;
	}

	/** @returns false when the message, and so each that is older, has no place among them */
	take(message: IDataObject): boolean {
		if (this.bar !== -Infinity && timeOf(message) <= this.bar) return false;
		this.kept.push(message);
		if (this.kept.length >= 2 * this.wanted) {
			this.kept = this.inOrder();
			this.bar = timeOf(this.kept.at(-1)!);
		}
		return true;
	}

	/** The newest first; of the same time, as they came. */
	inOrder(): IDataObject[] {
		return this.kept.toSorted((a, b) => order(timeOf(a), timeOf(b))).slice(0, this.wanted);
	}
}

/** No difference: two that have no time would be none. */
const order = (a: number, b: number): number => (a === b ? 0 : a < b ? 1 : -1);
