import { fieldChanges } from './fieldChanges';
import { planLeavers } from './leavers';
import { matchRows } from './match';
import { createNormaliser, isFilled, type Normaliser } from './normalise';
import { visitAll } from './paced';
import { type Planned, readReferences, resolveReferences } from './references';
import { RecordIndex } from './recordIndex';
import { type ReadRows, readRows, type Row, rowProblem } from './rows';
import type { Action, Changes, Current, Desired, Plan, Problem, Rules } from './types';
import { fieldName, listed, quoted, rowName, wordsOf } from './vocabulary';

/** The rows of a source, and what they are looked up by if that could be told already. */
export interface Source {
	desired: Desired[];
	read?: ReadRows;
}

/**
 * Makes a plan while the records are still on their way: rows and records are read as they come, and compared when all are
 * here. Changes neither, and gives way to the event loop on the way.
 */
export class Planner {
	private readonly normaliser: Normaliser;
	private readonly index: RecordIndex;

	/** @throws RangeError when `rules.leavers.afterDays` is not a number of days. */
	constructor(private readonly rules: Rules) {
		const { afterDays } = rules.leavers;
		if (!Number.isFinite(afterDays) || afterDays < 0) {
			throw new RangeError('The number of days before leavers are deleted must be 0 or more.');
		}
		this.normaliser = createNormaliser(rules);
		this.index = new RecordIndex(rules, this.normaliser);
	}

	/** All records so far. */
	get records(): Current[] {
		return this.index.records;
	}

	/** Some of the records, each only once. */
	async add(records: Iterable<Current>): Promise<void> {
		await this.index.add(records);
	}

	/** All rows, as far as they can be read before all records are here. */
	async read(desired: Desired[]): Promise<Source> {
		// Which value a reference means depends on the records.
		return this.rules.reference === undefined
			? { desired, read: await readRows(desired, this.rules, this.normaliser) }
			: { desired };
	}

	/** What has to be done to bring the records in line with the rows: once for a planner, when all records were added. */
	async plan({ desired, read }: Source): Promise<Plan> {
		const { rules, normaliser, index } = this;
		if (read !== undefined) return await planFor(desired, read, index, rules, normaliser);
		const source = await readReferences(desired, index.records, rules, normaliser);
		return await planFor(source, await readRows(source, rules, normaliser), index, rules, normaliser);
	}
}

/** A plan for rows and records that are all here. @throws RangeError as `Planner` does */
export async function plan(
	desired: Iterable<Desired>,
	current: Iterable<Current>,
	rules: Rules,
): Promise<Plan> {
	const planner = new Planner(rules);
	await planner.add(current);
	return await planner.plan(await planner.read([...desired]));
}

async function planFor(
	source: Desired[],
	read: ReadRows,
	index: RecordIndex,
	rules: Rules,
	normaliser: Normaliser,
): Promise<Plan> {
	const { records } = index;
	const { rows } = read;
	const { seen, problems } = await matchRows(read, index, rules, normaliser);
	const leavers = await planLeavers(records, seen, rules);

	const planned: Planned[] = [];
	await visitAll(rows, (row) => {
		if (row.state !== 'ok') return;
		const action = planRow(row, rules, normaliser, problems);
		if (action) planned.push({ row, action });
	});
	const late = await resolveReferences(planned, records, leavers.deleted, rules, normaliser);
	await visitAll(planned, ({ action }) => settle(action, rules));
	const fields = await fieldChanges(planned, late.actions, rules);

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

function statesOf(rows: Row[]): Record<Row['state'], number> {
	const states = { ok: 0, invalid: 0, duplicate: 0, conflict: 0, outside: 0 };
	for (const { state } of rows) states[state] += 1;
	return states;
}

function byRow(a: Problem, b: Problem): number {
	return (a.row ?? Number.MAX_SAFE_INTEGER) - (b.row ?? Number.MAX_SAFE_INTEGER);
}

/** What one certain row asks for; nothing when its record is out of reach. */
function planRow(row: Row, rules: Rules, normaliser: Normaliser, problems: Problem[]): Action | undefined {
	const { record, desired, key } = row;
	const { disabled, target, record: noun, records } = wordsOf(rules);
	if (!record) return joiner(row, rules, problems);
	const action: Action = {
		kind: 'none',
		key,
		label: record.label,
		...placeOf(desired),
		id: record.id,
		changes: {},
		reason: '',
	};
	if (record.protectedBy !== undefined) {
		return { ...action, reason: `Protected, never touched: ${record.protectedBy}` };
	}
	if (!record.owned && !record.adoptable) {
		row.state = 'outside';
		const message = `${rowName(desired)} is ${record.label} in ${target}, which this sync does not look after. It is not touched.`;
		const remedy = `Nothing, if that is meant. If not, bring the ${noun} into the scope of this sync, or widen the scope.`;
		problems.push(rowProblem('outside', row, message, remedy));
		return undefined;
	}
	if (!record.active && rules.rejoiners === 'nothing') {
		return {
			...action,
			reason: `On the list, but ${disabled} in ${target}; ${disabled} ${records} are left as they are`,
		};
	}
	action.changes = differences(row, record, rules, normaliser, problems);
	const staysDisabled = record.active ? undefined : record.rejoin?.reason;
	action.kind = record.active || staysDisabled !== undefined ? 'update' : 'enable';
	if (staysDisabled !== undefined) action.staysDisabled = staysDisabled;
	return action;
}

/** Who would be outside the scope is not created: the next run would neither change nor miss such a record. */
function joiner(row: Row, rules: Rules, problems: Problem[]): Action | undefined {
	const why = rules.outside?.(row.desired.fields);
	if (why === undefined) return create(row, rules);
	row.state = 'outside';
	const { record } = wordsOf(rules);
	const message = `${rowName(row.desired)}${nameOf(row)} is outside the scope of this sync: ${why}. No ${record} is created.`;
	problems.push(
		rowProblem(
			'outside',
			row,
			message,
			'Nothing, if that is meant. If not, widen the scope, or correct the row.',
		),
	);
	return undefined;
}

const nameOf = ({ label, desired }: Row) => (label === rowName(desired) ? '' : ` (${label})`);

/** Where a row stands, for messages. */
const placeOf = ({ row, line }: Desired) => (line === undefined ? { row } : { row, line });

function create({ desired, key, label }: Row, rules: Rules): Action {
	const fields = { ...desired.fields };
	const changes: Changes = {};
	for (const [field, value] of Object.entries(fields)) {
		if (isFilled(value) && !rules.createOnly?.includes(field))
			changes[field] = { from: undefined, to: value };
	}
	return { kind: 'create', key, label, ...placeOf(desired), changes, fields, reason: '' };
}

function differences(
	row: Row,
	record: Current,
	rules: Rules,
	normaliser: Normaliser,
	problems: Problem[],
): Changes {
	const changes: Changes = {};
	for (const field of Object.keys(row.desired.fields)) {
		const to = row.desired.fields[field];
		const from = record.fields[field];
		if (to === undefined || rules.createOnly?.includes(field)) continue;
		if (rules.equals?.[field]?.(from, to) ?? normaliser.has(record, field, to)) continue;
		const remedy = rules.immutable?.[field];
		if (remedy === undefined) {
			changes[field] = { from, to };
			continue;
		}
		const message =
			`${rowName(row.desired)}: ${fieldName(rules, field)} of ${record.label} is ${quoted(from)} and should be ` +
			`${quoted(to)}, but ${wordsOf(rules).target} cannot change it. It is left as it is.`;
		problems.push(rowProblem('unsupported', row, message, remedy, field));
	}
	return changes;
}

/** Says why, now that it is certain what changes. An update that turned out empty is no update. */
function settle(action: Action, rules: Rules): void {
	if (action.kind === 'none') return;
	const { disabled, record, target } = wordsOf(rules);
	if (action.kind === 'create') {
		const fields = rules.match.map((field) => fieldName(rules, field)).join(' or ');
		action.reason = `On the list, and no ${record} has this ${fields}`;
		return;
	}
	const fields = Object.keys(action.changes);
	const changed = fields.length > 0 ? listed(fields.map((field) => fieldName(rules, field))) : '';
	if (action.kind === 'enable') {
		action.reason = `Back on the list, and ${disabled} in ${target}${changed ? `; changed: ${changed}` : ''}`;
		return;
	}
	if (changed === '') action.kind = 'none';
	action.reason = changed === '' ? 'Nothing has changed' : `Changed on the list: ${changed}`;
	if (action.staysDisabled !== undefined) action.reason += `. Stays ${disabled}: ${action.staysDisabled}`;
}
