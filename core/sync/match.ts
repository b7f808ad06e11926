import { isFilled, type Normaliser } from './normalise';
import { visitAll } from '../visitAll';
import type { Group, RecordIndex } from './recordIndex';
import {
	groupsOf,
	type ReadRows,
	rejectInvalid,
	rejectSharedKeys,
	type Row,
	rowProblem,
	rowsOf,
} from './rows';
import type { Current, Problem, Rules } from './types';
import { fieldName, listed, quoted, quotedCell, rowName, wordsOf } from './vocabulary';

/** Record → the doubtful row that may mean it, and how good its hit is (-1 outranks every field). */
type Doubts = Map<Current, { rank: number; row: Row }>;

/**
 * Finds each row's record: afterwards only rows whose state is `ok` may be acted on. Nothing is guessed: what could be meant in two ways becomes a problem, and every record such
 * a row could mean is left alone. One case is let through: a record that a row names through an earlier field than the
 * doubtful row's stays that row's (its employee number is right, and somebody else's row has its address).
 */
export async function matchRows(
	read: ReadRows,
	index: RecordIndex,
	rules: Rules,
	normaliser: Normaliser,
): Promise<Problem[]> {
	const { rows, twins } = read;
	const { records } = index;
	await findRecords(read, index);
	const problems = [...(await rejectInvalid(rows, records, rules)), ...rejectSharedKeys(twins, rules)];

	const doubts: Doubts = new Map();
	// A row that cannot be trusted may mean any record it finds; two rows with one key mean the one they find first.
	doubt(doubts, rows, 'invalid', (row) => row.hits, -1);
	doubt(doubts, rows, 'duplicate', (row) => row.hits.slice(0, 1), -1);
	await visitAll(rows, (row) => {
		const problem = row.state === 'ok' ? claim(row, rules, normaliser) : undefined;
		if (problem) problems.push(problem);
	});
	problems.push(...(await rejectTwoRecords(rows, rules, normaliser)));
	doubt(doubts, rows, 'conflict', (row) => row.hits);

	problems.push(...(await settleClaims(rows, doubts, rules)));
	problems.push(...(await rejectSharedJoiners(rows, rules)));
	return problems;
}

/** A placeholder ("n/a") can put every record in one group that every row finds: such a group is gone through once. */
function isRepeated(group: Group, visited: Set<Group>): boolean {
	if (group.records.length === 1) return false;
	const before = visited.has(group);
	visited.add(group);
	return before;
}

/** Looks up every row's hits that are not known yet: afterwards all records that some row finds are `seen`. */
async function findRecords({ rows, seen }: ReadRows, index: RecordIndex): Promise<void> {
	const visited = new Set<Group>();
	await visitAll(rows, (row) => {
		if (row.hits[0]?.records.length === 1) return;
		row.hits = index.find(row.marks);
		for (const group of row.hits)
			if (!isRepeated(group, visited)) for (const record of group.records) seen.add(record);
	});
}

function doubt(
	doubts: Doubts,
	rows: Row[],
	state: Row['state'],
	hits: (row: Row) => readonly Group[],
	rank?: number,
): void {
	const visited = new Set<Group>();
	for (const row of rows) {
		if (row.state !== state) continue;
		for (const group of hits(row)) {
			if (isRepeated(group, visited)) continue;
			const found = rank ?? group.rank;
			for (const record of group.records) {
				const known = doubts.get(record);
				if (!known || found < known.rank) doubts.set(record, { rank: found, row });
			}
		}
	}
}

/** Gives the row the record its first successful field finds, unless that is ambiguous or somebody else. */
function claim(row: Row, rules: Rules, normaliser: Normaliser): Problem | undefined {
	const [hit] = row.hits;
	if (hit === undefined) return undefined;
	const { rank, records } = hit;
	const field = rules.match[rank]!;
	if (records.length > 1) {
		row.state = 'conflict';
		return severalHaveIt(row, field, records, rules);
	}
	const record = records[0]!;
	// By the key itself it was found.
	const ownKey = rank === 0 ? '' : normaliser.lookup(rules.key, record.fields[rules.key]);
	if (ownKey !== '' && ownKey !== row.keyMark) {
		row.state = 'conflict';
		return { ...anotherKey(row, field, record, rules), id: record.id };
	}
	const strange = strangeFields(row, record, field, rules, normaliser);
	if (strange.length > 1) {
		row.state = 'conflict';
		return { ...somebodyElse(row, record, field, strange, rules), id: record.id };
	}
	row.record = record;
	return undefined;
}

/** "Email Address “ana@example.com”", of a row. */
const cellOf = ({ desired }: Row, field: string, rules: Rules): string =>
	`${fieldName(rules, field)} ${quotedCell(desired, field)}`;

function severalHaveIt(row: Row, field: string, records: Current[], rules: Rules): Problem {
	const words = wordsOf(rules);
	const message = `${rowName(row.desired)}: ${records.length} ${words.records} have the ${cellOf(row, field, rules)}: ${labels(records)}. None is touched.`;
	const remedy = `Give each of these ${words.records} its own ${fieldName(rules, field)} in ${words.target}, or remove the wrong one.`;
	return rowProblem('conflict', row, message, remedy, field);
}

function anotherKey(row: Row, field: string, record: Current, rules: Rules): Problem {
	const words = wordsOf(rules);
	const key = fieldName(rules, rules.key);
	const message =
		`${rowName(row.desired)} has the ${cellOf(row, field, rules)} of ${record.label}, but another ${key}: ${quoted(row.key)} in the list, ` +
		`${quoted(record.fields[rules.key])} in ${words.target}. The ${words.record} is not touched.`;
	const remedy = `Correct the ${key} where it is wrong, or give the new person another ${fieldName(rules, field)}.`;
	return rowProblem('conflict', row, message, remedy, field);
}

/** Fields of identity that both fill in, when every one of them is another's. The field that found the record aside. */
function strangeFields(
	{ desired }: Row,
	record: Current,
	found: string,
	{ identity = [] }: Rules,
	normaliser: Normaliser,
): string[] {
	const both = identity.filter(
		(field) => field !== found && isFilled(desired.fields[field]) && isFilled(record.fields[field]),
	);
	return both.some((field) => normaliser.has(record, field, desired.fields[field])) ? [] : both;
}

function somebodyElse(row: Row, record: Current, field: string, strange: string[], rules: Rules): Problem {
	const { target, record: noun } = wordsOf(rules);
	const others = strange.map((field) => {
		const [here, there] = [quotedCell(row.desired, field), quoted(record.fields[field])];
		return `another ${fieldName(rules, field)} (${here} in the list, ${there} in ${target})`;
	});
	const names = listed(strange.map((field) => fieldName(rules, field)));
	const message = `${rowName(row.desired)} has the ${cellOf(row, field, rules)} of ${record.label}, but ${listed(others)}. It may be somebody else’s; the ${noun} is not touched.`;
	const remedy = `If it is the same person, correct ${names} in the list or in ${target} so that one of them fits. If not, give each person a value of their own: numbers are not to be given out again.`;
	return rowProblem('conflict', row, message, remedy, strange[0]);
}

/** One record belongs to one row. Where two claim it, or a doubtful row may mean it, none gets it. */
async function settleClaims(rows: Row[], doubts: Doubts, rules: Rules): Promise<Problem[]> {
	const problems: Problem[] = [];
	const { record: noun } = wordsOf(rules);
	const reject = (claimants: Row[], record: Current, rival?: Row) => {
		const all = rival ? [...claimants, rival] : claimants;
		const message = `${rowsOf(all)} point at the same ${noun}, ${record.label}. It is not touched.`;
		const remedy = 'Keep one row for each person in the list, and correct the row that is wrong.';
		for (const row of claimants) {
			row.state = 'duplicate';
			problems.push(rowProblem('duplicate', row, message, remedy));
		}
	};
	const claimed = await groupsOf(rows, ({ state, record }) => (state === 'ok' ? record : undefined));
	for (const claimants of claimed) {
		const record = claimants[0]?.record;
		if (record) reject(claimants, record);
	}
	if (doubts.size === 0) return problems;
	await visitAll(rows, (row) => {
		const doubtful = row.state === 'ok' && row.record ? doubts.get(row.record) : undefined;
		if (row.record && doubtful && doubtful.rank <= row.hits[0]!.rank) reject([row], row.record, doubtful.row);
	});
	return problems;
}

/**
 * A row that finds one record by its number and another by its address may carry the wrong number: following it would
 * change one person and make a leaver of the other. It is clear only if a row of its own names that other record by a
 * better field.
 */
async function rejectTwoRecords(rows: Row[], rules: Rules, normaliser: Normaliser): Promise<Problem[]> {
	// By one field nobody is found twice.
	if (rules.match.length === 1) return [];
	const certain = rows.filter((row) => row.state === 'ok' && row.record);
	const ranks = new Map<Current | undefined, number>();
	for (const row of certain) ranks.set(row.record, row.hits[0]!.rank);
	const words = wordsOf(rules);
	const unclear = new Map<Group, boolean>();
	const isUnclear = (group: Group): boolean => {
		const known = unclear.get(group);
		if (known !== undefined) return known;
		const found = group.records.some((record) => (ranks.get(record) ?? Infinity) >= group.rank);
		unclear.set(group, found);
		return found;
	};
	const problems: Problem[] = [];
	await visitAll(certain, (row) => {
		const { record, desired, hits } = row;
		const other = hits.find((group) => {
			if (group === hits[0] || (group.records.length === 1 && group.records[0] === record)) return false;
			const field = rules.match[group.rank]!;
			const [held, found] = [record, group.records[0]].map((entry) =>
				normaliser.lookup(field, entry?.fields[field]),
			);
			const isOwn = record?.also?.[field]?.some(
				(other) => normaliser.lookup(field, other) === row.marks[group.rank],
			);
			return held !== found && isOwn !== true && isUnclear(group);
		});
		if (!record || !other) return;
		row.state = 'conflict';
		const [one, two] = [hits[0]!, other].map(({ rank }) => {
			const field = rules.match[rank]!;
			return `${fieldName(rules, field)} ${quoted(desired.fields[field])}`;
		});
		const message =
			`${rowName(desired)} has the ${one} of ${record.label} and the ${two} of ${labels(other.records)}. ` +
			`None of these ${words.records} is touched.`;
		const remedy = `Correct the row, or the ${words.record} in ${words.target} that should not have this value.`;
		problems.push(rowProblem('conflict', row, message, remedy, rules.match[other.rank]));
	});
	return problems;
}

/** A joiner must not bring a value that another row brings too: both would become one record, or the second fail. */
async function rejectSharedJoiners(rows: Row[], rules: Rules): Promise<Problem[]> {
	const others = [...rules.match.entries()].filter(([, field]) => field !== rules.key);
	if (others.length === 0) return [];
	const certain = rows.filter((row) => row.state === 'ok');
	const problems: Problem[] = [];
	for (const [rank, field] of others) {
		for (const group of await groupsOf(certain, ({ marks }) => marks[rank])) {
			const what = `${fieldName(rules, field)} ${quoted(group[0]!.desired.fields[field])}`;
			const message = `${rowsOf(group)} have the same ${what}. No ${wordsOf(rules).record} is created from them.`;
			const remedy = `Give each person their own ${fieldName(rules, field)} in the list.`;
			for (const row of group.filter((entry) => !entry.record)) {
				row.state = 'duplicate';
				problems.push(rowProblem('duplicate', row, message, remedy, field));
			}
		}
	}
	return problems;
}

function labels(records: Current[]): string {
	// Thousands of records can share a placeholder: never name more than are shown.
	const shown = records.slice(0, 5).map((record) => record.label);
	return listed(shown, records.length);
}
