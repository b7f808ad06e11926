import { cleanText, type Normaliser } from './normalise';
import { visitAll } from './paced';
import type { Current, Desired, Problem, Rules, Severity } from './types';
import { fieldName, listed, quoted, rowLabel, rowName } from './vocabulary';

/** Records that share one value of one match field; `rank` is that field's place in the order. */
export interface Group {
	rank: number;
	records: Current[];
}

/** A source row on its way to a record. */
export interface Row {
	desired: Desired;
	/** The key as the source spells it, without stray white space. */
	key: string;
	label: string;
	state: 'ok' | 'invalid' | 'duplicate' | 'conflict';
	/** What the row is looked up by: one entry for each match field, the key's at the end. Empty where there is none. */
	marks: string[];
	/** What each match field finds, best field first; fields that find nothing are left out. */
	hits: Group[];
	/** The row's record once it is certain. A row that is `ok` without one is a joiner. */
	record?: Current;
}

/** Looks every row up through every match field. */
export async function readRows(
	desired: Desired[],
	records: Current[],
	rules: Rules,
	normaliser: Normaliser,
): Promise<Row[]> {
	const indexes = rules.match.map(() => new Map<string, Group>());
	await visitAll(records, (record) => {
		for (const [rank, index] of indexes.entries()) {
			const field = rules.match[rank]!;
			const value = normaliser.lookup(field, record.fields[field]);
			const group = index.get(value);
			if (group) group.records.push(record);
			else if (value !== '') index.set(value, { rank, records: [record] });
		}
	});
	const looked = [...rules.match, rules.key];
	const rows: Row[] = [];
	await visitAll(desired, (entry) => {
		const marks = looked.map((field) => normaliser.lookup(field, entry.fields[field]));
		const hits: Group[] = [];
		indexes.forEach((index, rank) => {
			const group = index.get(marks[rank]!);
			if (group) hits.push(group);
		});
		const key = entry.fields[rules.key];
		rows.push({
			desired: entry,
			key: typeof key === 'string' ? cleanText(key) : '',
			label: rowLabel(entry, rules),
			state: 'ok',
			marks,
			hits,
		});
	});
	return rows;
}

/** Marks rows without a key and rows that fail the target's own checks. */
export async function rejectInvalid(rows: Row[], rules: Rules): Promise<Problem[]> {
	const problems: Problem[] = [];
	const key = fieldName(rules, rules.key);
	await visitAll(rows, (row) => {
		const name = rowName(row.desired.row);
		if (row.key === '') {
			row.state = 'invalid';
			const message = `${name} has no ${key}, so it is not clear whose it is (${row.label}). It is left out.`;
			const remedy = `Fill in ${key} in the source. The person's present record, if any, is left as it is until then.`;
			problems.push(rowProblem('invalid', row, message, remedy, rules.key));
		}
		for (const finding of rules.validate?.(row.desired.fields) ?? []) {
			row.state = 'invalid';
			// What is only written when a record is made, such as a password, is nobody's to read.
			const isSecret = rules.createOnly?.includes(finding.field) === true;
			const value = isSecret ? '' : ` ${quoted(row.desired.fields[finding.field])}`;
			const message = `${name}: ${fieldName(rules, finding.field)}${value} ${finding.message}`;
			problems.push(rowProblem('invalid', row, message, finding.remedy, finding.field));
		}
	});
	return problems;
}

/** Marks every row whose key another row has too. */
export async function rejectSharedKeys(rows: Row[], rules: Rules): Promise<Problem[]> {
	const problems: Problem[] = [];
	for (const twins of await groupsOf(rows, ({ marks }) => marks[rules.match.length])) {
		const value = quoted(twins[0]!.key);
		const message = `${rowsOf(twins)} have the same ${fieldName(rules, rules.key)} ${value}. None of them is used.`;
		const remedy =
			'Keep one row for each person in the source. The present record is left as it is until then.';
		for (const row of twins) {
			if (row.state === 'ok') row.state = 'duplicate';
			problems.push(rowProblem('duplicate', row, message, remedy, rules.key));
		}
	}
	return problems;
}

/** Groups of two and more rows with one mark. Rows without a mark are in no group. */
export async function groupsOf<T>(rows: Row[], mark: (row: Row) => T | undefined): Promise<Row[][]> {
	const first = new Map<T, Row>();
	// Only what really occurs twice gets a list: nearly every mark is unique.
	const groups = new Map<T, Row[]>();
	await visitAll(rows, (row) => {
		const value = mark(row);
		if (value === undefined || value === '') return;
		const earlier = first.get(value);
		const group = groups.get(value);
		if (group) group.push(row);
		else if (earlier) groups.set(value, [earlier, row]);
		else first.set(value, row);
	});
	return [...groups.values()];
}

/** "Rows 3, 8 and 12". */
export function rowsOf(rows: Row[]): string {
	return `Rows ${listed(rows.map((row) => String(row.desired.row + 1)))}`;
}

/** A problem of one row, with all that is known about it. */
export function rowProblem(
	severity: Severity,
	row: Pick<Row, 'desired' | 'key' | 'label' | 'record'>,
	message: string,
	remedy: string,
	field?: string,
): Problem {
	return {
		severity,
		row: row.desired.row,
		...(row.key === '' ? {} : { key: row.key }),
		label: row.label,
		...(row.record ? { id: row.record.id } : {}),
		...(field === undefined ? {} : { field }),
		message,
		remedy,
	};
}
