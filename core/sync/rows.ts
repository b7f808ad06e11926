import type { Normaliser } from './normalise';
import type { Group } from './recordIndex';
import { cleanText } from '../visible';
import { visitAll } from '../visitAll';
import type { Action, Current, Desired, Finding, Problem, Rules, Severity } from './types';
import { digitsOfKeys } from './zeros';
import { fieldName, listed, quoted, quotedCell, rowLabel, rowName, wordsOf } from './vocabulary';

/** A source row on its way to a record. */
export interface Row {
	desired: Desired;
	/** The key as the source spells it, without stray white space. */
	key: string;
	label: string;
	state: 'ok' | 'invalid' | 'duplicate' | 'conflict' | 'outside';
	/** What the row is looked up by: one entry for each match field. Empty where there is none. */
	marks: string[];
	/** What its key is looked up by. */
	keyMark: string;
	/** What each match field finds, best field first; fields that find nothing are left out. */
	hits: readonly Group[];
	/** What the target would refuse of it. */
	findings: readonly Finding[];
	/** The row's record once it is certain. A row that is `ok` without one is a joiner. */
	record: Current | undefined;
	/** What it would ask of a record that it finds, worked out before it was certain that this is its record. */
	foreseen: Asked | undefined;
}

/** What a row asks of a record, or of the target when it has none. */
export interface Asked {
	record: Current | undefined;
	/** Missing where that is out of reach. */
	action?: Action;
	problems?: Problem[];
}

/** All rows in source order, and of these the groups that share a key. */
export interface ReadRows {
	rows: Row[];
	/** By what the first match field is looked up by; of rows with the same the first. */
	byMark: Map<string, Row>;
	twins: Row[][];
	/** Records that some row points at, as far as that is known. */
	seen: Set<Current>;
}

const NO_HITS: readonly Group[] = [];
const NO_FINDINGS: readonly Finding[] = [];

/** What every row is looked up by, and what is wrong with it by itself; which records it finds is not known yet. */
export async function readRows(desired: Desired[], rules: Rules, normaliser: Normaliser): Promise<ReadRows> {
	const { match, key: keyField } = rules;
	const same = match.indexOf(keyField);
	const rows: Row[] = [];
	const byFirst = new Marked<string>();
	const byKey = same === 0 ? byFirst : new Marked<string>();
	await visitAll(desired, (entry) => {
		const marks = match.map((field) => normaliser.lookup(field, entry.fields[field]));
		const key = entry.fields[keyField];
		const keyMark = marks[same] ?? normaliser.lookup(keyField, key);
		const row: Row = {
			desired: entry,
			key: typeof key === 'string' ? cleanText(key) : '',
			label: rowLabel(entry, rules),
			state: 'ok',
			marks,
			keyMark,
			hits: NO_HITS,
			findings: rules.validate?.(entry.fields) ?? NO_FINDINGS,
			record: undefined,
			foreseen: undefined,
		};
		rows.push(row);
		byFirst.add(marks[0], row);
		if (byKey !== byFirst) byKey.add(keyMark, row);
	});
	return { rows, byMark: byFirst.first, twins: byKey.groups(), seen: new Set() };
}

/** What the row is looked up by through a field: read once where that field is one of those that records are matched by. */
export function markOf(
	{ marks, desired }: Row,
	field: string,
	{ match }: Rules,
	normaliser: Normaliser,
): string {
	return marks[match.indexOf(field)] ?? normaliser.lookup(field, desired.fields[field]);
}

const NONE: ReadonlySet<string> = new Set();

/** Marks rows without a key and rows that fail the target's own checks. */
export async function rejectInvalid(rows: Row[], records: Current[], rules: Rules): Promise<Problem[]> {
	const problems: Problem[] = [];
	const digits = digitsOfKeys(records, rules);
	const { target } = wordsOf(rules);
	await visitAll(rows, (row) => {
		const { faults } = row.desired;
		const faulty = faults === undefined ? NONE : new Set(faults.map(({ field }) => field));
		if (faults !== undefined) problems.push(...faultsOf(row, faults, rules));
		if (digits !== undefined && hasLostZeros(row, digits, rules)) {
			row.state = 'invalid';
			const wrong = `has ${row.key.length} digits where those in ${target} have ${digits}: its leading zeros seem to be lost`;
			problems.push(fieldProblem('invalid', row, rules.key, wrong, KEEP_ZEROS, rules));
		}
		if (row.key === '' && !faulty.has(rules.key)) {
			row.state = 'invalid';
			problems.push(keyless(row, rules));
		}
		for (const { field, message, remedy } of row.findings) {
			if (faulty.has(field)) continue;
			row.state = 'invalid';
			problems.push(fieldProblem('invalid', row, field, message, remedy, rules));
		}
	});
	return problems;
}

/** What is wrong with the cells of a row; such a fault may reach the whole row. */
function faultsOf(row: Row, faults: NonNullable<Desired['faults']>, rules: Rules): Problem[] {
	const problems: Problem[] = [];
	const misread = faults.find((fault) => fault.misread);
	for (const { field, reach, message, remedy, ...fault } of faults) {
		// A row in the wrong encoding is named once, not for each of its cells.
		if (fault.misread && field !== misread?.field) continue;
		if (reach === 'row') row.state = 'invalid';
		problems.push(fieldProblem(reach === 'row' ? 'invalid' : 'cell', row, field, message, remedy, rules));
	}
	return problems;
}

const KEEP_ZEROS = 'Format the column as text in the spreadsheet, enter the numbers anew, and export again.';

function hasLostZeros({ key, hits }: Row, digits: number, { match, key: field }: Rules): boolean {
	if (key.length >= digits || !/^\d+$/.test(key)) return false;
	return !hits.some(({ rank }) => match[rank] === field);
}

function keyless(row: Row, rules: Rules): Problem {
	const { record } = wordsOf(rules);
	const key = fieldName(rules, rules.key);
	const held = row.desired.raw?.[rules.key] === undefined ? '' : ` but ${quotedCell(row.desired, rules.key)}`;
	const who = row.label === rowName(row.desired) ? '' : ` (${row.label})`;
	const message = `${rowName(row.desired)} has no ${key}${held}, so it is not clear whose it is${who}. It is left out.`;
	const remedy = `Fill in ${key} in the list. The person’s present ${record}, if any, is left as it is until then.`;
	return rowProblem('invalid', row, message, remedy, rules.key);
}

/** What is wrong with one field of a row. A field that cannot be used alone is left as it is, and the row goes on. */
function fieldProblem(
	severity: 'invalid' | 'cell',
	row: Row,
	field: string,
	wrong: string,
	remedy: string,
	rules: Rules,
): Problem {
	// What is only written when a record is made, such as a password, is nobody's to read.
	const isSecret = rules.createOnly?.includes(field) === true;
	const value = isSecret ? '' : ` ${quotedCell(row.desired, field)}`;
	const rest = severity === 'cell' ? `. It is left as it is.` : '';
	const message = `${rowName(row.desired)}: ${fieldName(rules, field)}${value} ${wrong}${rest}`;
	return rowProblem(severity, row, message, remedy, field);
}

/** Marks every row whose key another row has too. */
export function rejectSharedKeys(groups: Row[][], rules: Rules): Problem[] {
	const problems: Problem[] = [];
	for (const twins of groups) {
		const value = quoted(twins[0]!.key);
		const message = `${rowsOf(twins)} have the same ${fieldName(rules, rules.key)} ${value}. None of them is used.`;
		const remedy = `Keep one row for each person in the list. The present ${wordsOf(rules).record} is left as it is until then.`;
		for (const row of twins) {
			if (row.state === 'ok') row.state = 'duplicate';
			problems.push(rowProblem('duplicate', row, message, remedy, rules.key));
		}
	}
	return problems;
}

/** Rows by a mark. Nearly every one is unique: only what really occurs twice gets a list. */
class Marked<T> {
	/** Of rows with one mark the first. */
	readonly first = new Map<T, Row>();
	private readonly several = new Map<T, Row[]>();

	/** A row without a mark is in no group. */
	add(mark: T | undefined, row: Row): void {
		if (mark === undefined || mark === '') return;
		const earlier = this.first.get(mark);
		if (earlier === undefined) {
			this.first.set(mark, row);
			return;
		}
		const group = this.several.get(mark);
		if (group) group.push(row);
		else this.several.set(mark, [earlier, row]);
	}

	/** Groups of two and more rows with one mark. */
	groups(): Row[][] {
		return [...this.several.values()];
	}
}

/** Groups of two and more rows with one mark. Rows without a mark are in no group. */
export async function groupsOf<T>(rows: Row[], mark: (row: Row) => T | undefined): Promise<Row[][]> {
	const marked = new Marked<T>();
	await visitAll(rows, (row) => marked.add(mark(row), row));
	return marked.groups();
}

/** "Items 3, 8 and 12 (lines 4, 9 and 13 of the file)". */
export function rowsOf(rows: Row[]): string {
	const items = `Items ${listed(rows.map(({ desired }) => String(desired.row + 1)))}`;
	const lines = rows.flatMap(({ desired }) => (desired.line === undefined ? [] : [String(desired.line)]));
	return lines.length < rows.length ? items : `${items} (lines ${listed(lines)} of the file)`;
}

/** A problem of one row, with all that is known about it. */
export function rowProblem(
	severity: Severity,
	row: Pick<Row, 'desired' | 'key' | 'label'> & { record?: Current | undefined },
	message: string,
	remedy: string,
	field?: string,
): Problem {
	return {
		severity,
		row: row.desired.row,
		...(row.desired.line === undefined ? {} : { line: row.desired.line }),
		...(row.key === '' ? {} : { key: row.key }),
		label: row.label,
		...(row.record ? { id: row.record.id } : {}),
		...(field === undefined ? {} : { field }),
		message,
		remedy,
	};
}
