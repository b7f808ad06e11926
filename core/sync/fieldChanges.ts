import { isFilled } from './normalise';
import { visitAll } from '../visitAll';
import type { Planned } from './references';
import type { Action, Current, Desired, FieldChanges, FieldTally, Rules } from './types';
import { fieldName, quoted } from './vocabulary';

const EXAMPLES = 2;

/** Whether this sync knew the record before, or takes it over. */
type Standing = 'known' | 'takenOver';

const standingOf = ({ fields }: Current, { key }: Pick<Rules, 'key'>): Standing =>
	isFilled(fields[key]) ? 'known' : 'takenOver';

/** How many of the records that rows mean have a value now, of each field that the rows have. */
export class HeldValues {
	private readonly byStanding: Record<Standing, Map<string, number>> = {
		known: new Map(),
		takenOver: new Map(),
	};

	constructor(private readonly rules: Pick<Rules, 'key'>) {}

	/** A row means another record than it seemed to: neither, one of them or both may be none. */
	move(row: Desired, from: Current | undefined, to: Current | undefined): void {
		if (from === to) return;
		this.count(row, from, -1);
		this.count(row, to, 1);
	}

	*[Symbol.iterator](): Generator<{ field: string; standing: Standing; held: number }> {
		for (const standing of ['known', 'takenOver'] as const)
			for (const [field, held] of this.byStanding[standing]) if (held > 0) yield { field, standing, held };
	}

	private count({ fields }: Desired, record: Current | undefined, by: 1 | -1): void {
		if (record === undefined || record.protectedBy !== undefined) return;
		const counts = this.byStanding[standingOf(record, this.rules)];
		for (const field in fields) {
			const held = record.fields[field];
			// Whether a text is but white space is not worth a look at each of a million values.
			if (fields[field] !== undefined && held !== '' && (typeof held === 'string' || isFilled(held)))
				counts.set(field, (counts.get(field) ?? 0) + by);
		}
	}
}

/**
 * What happens to each field of the people who have a record: for how many a value is replaced or emptied, of how many who
 * have one. A field that is filled in for the first time is no change here: nothing is lost by it.
 *
 * @returns in the order of the columns
 */
export async function fieldChanges(
	planned: Planned[],
	late: Action[],
	held: HeldValues,
	rules: Pick<Rules, 'key' | 'labels' | 'roles'>,
): Promise<FieldChanges[]> {
	const fields = new Map<string, FieldChanges>();
	const of = (field: string): FieldChanges => {
		const known = fields.get(field);
		if (known) return known;
		const role = rules.roles?.[field];
		const made: FieldChanges = {
			name: fieldName(rules, field),
			...(role === undefined ? {} : { role }),
			known: empty(),
			takenOver: empty(),
		};
		fields.set(field, made);
		return made;
	};
	for (const { field, standing, held: number } of held) of(field)[standing].held = number;
	await visitAll(planned, ({ row: { record }, action }) => {
		if (action.kind === 'none' || record === undefined) return;
		const standing = standingOf(record, rules);
		learn(action, (field) => of(field)[standing]);
	});
	for (const action of late) learn(action, (field) => of(field).known);
	const columns = Object.keys(rules.labels ?? {});
	const placeOf = (field: string) => (columns.includes(field) ? columns.indexOf(field) : columns.length);
	return [...fields].sort(([one], [other]) => placeOf(one) - placeOf(other)).map(([, changes]) => changes);
}

const empty = (): FieldTally => ({ held: 0, changed: 0, emptied: 0, examples: [] });

function learn({ id, label, changes }: Action, tallyOf: (field: string) => FieldTally): void {
	if (id === undefined) return;
	for (const [field, { from, to }] of Object.entries(changes)) {
		if (!isFilled(from)) continue;
		const tally = tallyOf(field);
		tally.changed += 1;
		if (!isFilled(to)) tally.emptied += 1;
		if (tally.examples.length < EXAMPLES)
			tally.examples.push(`${quoted(from)} → ${isFilled(to) ? quoted(to) : 'empty'} (${label})`);
	}
}
