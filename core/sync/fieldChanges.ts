import { isFilled } from './normalise';
import { visitAll } from './paced';
import type { Planned } from './references';
import type { Action, FieldChanges, FieldTally, Rules } from './types';
import { fieldName, quoted } from './vocabulary';

const EXAMPLES = 2;

/**
 * What happens to each field of the people who have a record: for how many a value is replaced or emptied, of how many who
 * have one. A field that is filled in for the first time is no change here: nothing is lost by it.
 */
export async function fieldChanges(
	planned: Planned[],
	late: Action[],
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
	await visitAll(planned, ({ row, action }) => {
		const { record, desired } = row;
		if (record === undefined || record.protectedBy !== undefined) return;
		const group = isFilled(record.fields[rules.key]) ? 'known' : 'takenOver';
		for (const field in desired.fields) {
			const held = record.fields[field];
			// Whether a text is but white space is not worth a look at each of a million values.
			if (desired.fields[field] !== undefined && held !== '' && (typeof held === 'string' || isFilled(held)))
				of(field)[group].held += 1;
		}
		if (action.kind !== 'none') learn(action, (field) => of(field)[group]);
	});
	for (const action of late) learn(action, (field) => of(field).known);
	return [...fields.values()];
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
