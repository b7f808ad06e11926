import type { ActionKind, PlanCounts, Result, Status, Summary, Vocabulary } from './types';
import { capital } from './vocabulary';

/** What became of a person. Everybody is counted once, however many actions there were. */
type Fate = Exclude<ActionKind, 'none'> | Exclude<Status, 'planned' | 'done'>;

export type Tally = Record<Fate, number>;

/**
 * People by what became of them: those of the rows, and those who have a record of this sync and no row. Together with the rows
 * that could not be used they come to all rows and all such records.
 */
export function tallyOf(results: Result[]): { rows: Tally; leavers: Tally } {
	// By the place of the row.
	const rows: Array<Fate | undefined> = [];
	const leavers = none();
	for (const result of results) {
		const { row } = result.action;
		const fate = fateOf(result);
		if (row === undefined) leavers[fate] += 1;
		else rows[row] = weightier(rows[row], fate);
	}
	const tally = none();
	for (const fate of rows) if (fate !== undefined) tally[fate] += 1;
	return { rows: tally, leavers };
}

/** How many rows could not be used. */
export const notUsedOf = (counts: PlanCounts): number =>
	counts.invalidRows + counts.duplicateRows + counts.conflictRows + counts.outsideRows;

/** The numbers of a summary under the target's words: `frozen`, not `disabled`. */
export function inTheWordsOf(words: Vocabulary, summary: Summary): Record<string, unknown> {
	const names: Record<string, string> = {
		enabled: words.enabled,
		disabled: words.disabled,
		stayDisabled: `stay${capital(words.disabled)}`,
	};
	return Object.fromEntries(Object.entries(summary).map(([name, value]) => [names[name] ?? name, value]));
}

/** Who was created and whose manager could not be set was created: what is wanting is among the problems. */
const WEIGHT: Fate[] = [
	'create',
	'enable',
	'update',
	'disable',
	'delete',
	'failed',
	'unknown',
	'not started',
	'held',
	'unchanged',
];

const weightier = (one: Fate | undefined, other: Fate): Fate =>
	one !== undefined && WEIGHT.indexOf(one) <= WEIGHT.indexOf(other) ? one : other;

function fateOf({ action: { kind }, status }: Result): Fate {
	if (status !== 'done' && status !== 'planned') return status;
	return kind === 'none' ? 'unchanged' : kind;
}

const none = (): Tally => Object.fromEntries(WEIGHT.map((fate) => [fate, 0])) as Tally;
