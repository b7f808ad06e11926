import { asked, settle } from './asked';
import { fieldChanges, HeldValues } from './fieldChanges';
import { planLeavers } from './leavers';
import { matchRows } from './match';
import { createNormaliser, type Normaliser } from './normalise';
import { visitAll } from '../visitAll';
import { type Planned, readReferences, resolveReferences } from './references';
import { RecordIndex } from './recordIndex';
import { type Asked, type ReadRows, readRows, type Row } from './rows';
import type { Current, Desired, Plan, Problem, Rules } from './types';
import { wordsOf } from './vocabulary';

/** The rows of a source, and what they are looked up by if that could be told already. */
export interface Source {
	desired: Desired[];
	read?: ReadRows;
}

/**
 * Makes a plan while the records are still on their way: rows and records are read as they come, and each row is compared
 * with the record that it seems to mean. Which it means is decided when all are here. Changes neither, and gives way to the
 * event loop on the way.
 */
export class Planner {
	private readonly normaliser: Normaliser;
	private readonly index: RecordIndex;
	/** Of the rows by their records as they were foreseen. */
	private readonly held: HeldValues;
	private rows: ReadRows | undefined;

	/** @throws RangeError when `rules.leavers.afterDays` is not a number of days. */
	constructor(private readonly rules: Rules) {
		const { afterDays } = rules.leavers;
		if (!Number.isFinite(afterDays) || afterDays < 0) {
			throw new RangeError('The number of days before leavers are deleted must be 0 or more.');
		}
		this.normaliser = createNormaliser(rules);
		this.index = new RecordIndex(rules, this.normaliser);
		this.held = new HeldValues(rules);
	}

	/** All records so far. */
	get records(): Current[] {
		return this.index.records;
	}

	/** Some of the records, each only once. */
	async add(records: readonly Current[]): Promise<void> {
		await this.index.add(records, (record) => this.foresee(record));
	}

	/** All rows, as far as they can be read before all records are here. */
	async read(desired: Desired[]): Promise<Source> {
		const { rules, normaliser, index } = this;
		// Which value a reference means depends on the records.
		if (rules.reference !== undefined) return { desired };
		const read = await readRows(desired, rules, normaliser);
		this.rows = read;
		await visitAll([...index.records], (record) => this.foresee(record));
		return { desired, read };
	}

	/** What has to be done to bring the records in line with the rows: once for a planner, when all records were added. */
	async plan({ desired, read }: Source): Promise<Plan> {
		const { rules, normaliser, index, held } = this;
		const source = read ? desired : await readReferences(desired, index.records, rules, normaliser);
		const rows = read ?? (await readRows(source, rules, normaliser));
		return await planFor(source, rows, { index, held, rules, normaliser });
	}

	/** Nearly every row means the record that it finds first: what it asks of that is known before all are here. */
	private foresee(record: Current): void {
		const { rules, normaliser, rows } = this;
		const field = rules.match[0]!;
		const row = rows?.byMark.get(normaliser.lookup(field, record.fields[field]));
		if (rows === undefined || row === undefined) return;
		this.held.move(row.desired, row.foreseen?.record, record);
		row.foreseen = asked(row, record, rules, normaliser);
		if (row.foreseen.action) settle(row.foreseen.action, rules);
		// By one field it finds nothing else.
		if (rules.match.length > 1) return;
		row.hits = this.index.find(row.marks);
		rows.seen.add(record);
	}
}

/** A plan for rows and records that are all here. @throws RangeError as `Planner` does */
export async function plan(
	desired: Iterable<Desired>,
	current: readonly Current[],
	rules: Rules,
): Promise<Plan> {
	const planner = new Planner(rules);
	await planner.add(current);
	return await planner.plan(await planner.read([...desired]));
}

interface Known {
	index: RecordIndex;
	held: HeldValues;
	rules: Rules;
	normaliser: Normaliser;
}

async function planFor(
	source: Desired[],
	read: ReadRows,
	{ index, held, rules, normaliser }: Known,
): Promise<Plan> {
	const { records } = index;
	const { rows } = read;
	const problems = await matchRows(read, index, rules, normaliser);
	const leavers = await planLeavers(records, read.seen, rules);

	const planned: Planned[] = [];
	await visitAll(rows, (row) => {
		const { desired, record, foreseen } = row;
		const asks = row.state === 'ok' ? asksOf(row, rules, normaliser) : undefined;
		held.move(desired, foreseen?.record, asks?.action ? record : undefined);
		if (asks === undefined) return;
		if (asks.problems) problems.push(...asks.problems);
		if (asks.action) planned.push({ row, action: asks.action });
		else row.state = 'outside';
	});
	const late = await resolveReferences(planned, records, leavers.deleted, rules, normaliser);
	await visitAll(planned, ({ action }) => settle(action, rules));
	const fields = await fieldChanges(planned, late.actions, held, rules);

	const states = statesOf(rows);
	const {
		invalid: invalidRows,
		duplicate: duplicateRows,
		conflict: conflictRows,
		outside: outsideRows,
	} = states;
	const owned = records.filter((record) => record.owned && record.protectedBy === undefined);
	return {
		rows: source,
		actions: [...planned.map(({ action }) => action), ...leavers.actions, ...late.actions],
		problems: [...problems, ...late.problems, ...leavers.problems].sort(byRow),
		counts: {
			rows: source.length,
			validRows: states.ok,
			invalidRows,
			misreadRows: source.filter(({ faults }) => faults?.some(({ misread }) => misread)).length,
			duplicateRows,
			conflictRows,
			outsideRows,
			records: records.length,
			owned: owned.length,
			ownedActive: owned.filter((record) => record.active).length,
			active: records.filter((record) => record.active).length,
		},
		fields,
		labels: rules.labels,
		vocabulary: wordsOf(rules),
	};
}

/** What a certain row asks for: as it was foreseen, if that was of its record. */
function asksOf(row: Row, rules: Rules, normaliser: Normaliser): Asked {
	const { record, foreseen } = row;
	return foreseen !== undefined && foreseen.record === record
		? foreseen
		: asked(row, record, rules, normaliser);
}

function statesOf(rows: Row[]): Record<Row['state'], number> {
	const states = { ok: 0, invalid: 0, duplicate: 0, conflict: 0, outside: 0 };
	for (const { state } of rows) states[state] += 1;
	return states;
}

function byRow(a: Problem, b: Problem): number {
	return (a.row ?? Number.MAX_SAFE_INTEGER) - (b.row ?? Number.MAX_SAFE_INTEGER);
}
