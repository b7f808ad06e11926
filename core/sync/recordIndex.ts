import type { Normaliser } from './normalise';
import { visitAll } from '../visitAll';
import type { Current, Rules } from './types';

/** Records that share one value of one match field; `rank` is that field's place in the order. */
export interface Group {
	rank: number;
	records: Current[];
}

/** The records of the target by what each match field says of them; they come in any order, a part at a time. */
export class RecordIndex {
	readonly records: Current[] = [];
	private readonly byField: Array<{ field: string; rank: number; groups: Map<string, Group> }>;

	constructor(
		{ match }: Pick<Rules, 'match'>,
		private readonly normaliser: Normaliser,
	) {
		this.byField = match.map((field, rank) => ({ field, rank, groups: new Map() }));
	}

	/** @param look is shown each of them once it is among the others */
	async add(records: readonly Current[], look: (record: Current) => void): Promise<void> {
		await visitAll(records, (record) => {
			this.records.push(record);
			for (const { field, rank, groups } of this.byField) {
				const own = this.normaliser.lookup(field, record.fields[field]);
				addTo(groups, own, rank, record);
				for (const other of record.also?.[field] ?? []) {
					const value = this.normaliser.lookup(field, other);
					if (value !== own) addTo(groups, value, rank, record);
				}
			}
			look(record);
		});
	}

	/** @param marks what each match field is looked up by, in their order; fields that find nothing are left out */
	find(marks: string[]): Group[] {
		let hits: Group[] | undefined;
		for (const { rank, groups } of this.byField) {
			const group = groups.get(marks[rank]!);
			if (group === undefined) continue;
			// As long as it is: one that is pushed to makes room for many.
			hits = hits === undefined ? [group] : [...hits, group];
		}
		return hits ?? [];
	}
}

function addTo(groups: Map<string, Group>, value: string, rank: number, record: Current): void {
	const group = groups.get(value);
	if (group) group.records.push(record);
	else if (value !== '') groups.set(value, { rank, records: [record] });
}
