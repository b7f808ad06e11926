import { isFilled, type Normaliser } from './normalise';
import { visitAll } from '../visitAll';
import { markOf, type Row, rowProblem } from './rows';
import type { Action, Current, Desired, Problem, Rules, Value } from './types';
import { fieldName, quotedCell, rowName, wordsOf } from './vocabulary';

/** A row with the action that was planned for it. */
export interface Planned {
	row: Row;
	action: Action;
}

/** Where a value that is pointed at comes from: there now, made by a create, or only there once an action has run. */
type Source = { when: 'now' } | { when: 'create' | 'later'; key: string };

/** What a reference says: its value as it is looked up by, and who has that. */
interface Named {
	mark: string;
	source: Source | undefined;
}

/**
 * Rows whose reference names a record by another field (a manager by number or alias), with the value that the target wants. Looked
 * up among the rows, then among the records; what is found nowhere stays as it is, and is reported later.
 */
export async function readReferences(
	rows: Desired[],
	records: Current[],
	{ reference }: Rules,
	normaliser: Normaliser,
): Promise<Desired[]> {
	const { field, to, by } = reference ?? {};
	if (field === undefined || to === undefined) return rows;
	const values = new Map<string, Value>();
	const learn = (key: string, value: Value | undefined) => {
		if (key !== '' && isFilled(value)) values.set(key, value);
	};
	await visitAll(records, ({ fields, also }) => {
		for (const other of also?.[to] ?? []) learn(normaliser.lookup(to, other), fields[to]);
		if (by !== undefined) learn(normaliser.lookup(by, fields[by]), fields[to]);
	});
	if (by !== undefined)
		await visitAll(rows, ({ fields }) => learn(normaliser.lookup(by, fields[by]), fields[to]));
	if (values.size === 0) return rows;
	const read: Desired[] = [];
	await visitAll(rows, (row) => {
		const value = values.get(normaliser.lookup(by ?? to, row.fields[field]));
		if (value === undefined) read.push(row);
		else {
			// Messages quote what the list says.
			const raw = { [field]: String(row.fields[field]), ...row.raw };
			read.push({ ...row, raw, fields: { ...row.fields, [field]: value } });
		}
	});
	return read;
}

/**
 * Settles the field that points at another record: a value nobody has is left out and reported; one that a create of this
 * plan brings makes the action wait (`after`); one that can only come later (a circle of joiners, a new address) is
 * set by an `update` of its own, which is returned.
 */
export async function resolveReferences(
	planned: Planned[],
	records: Current[],
	deleted: Set<Current>,
	rules: Rules,
	normaliser: Normaliser,
): Promise<{ actions: Action[]; problems: Problem[] }> {
	if (!rules.reference) return { actions: [], problems: [] };
	const { field, to } = rules.reference;
	const sources = await findSources(planned, records, deleted, to, normaliser);
	// One manager has many people: each spelling is normalised once.
	const known = new Map<Value, Named>();
	const find = (value: Value): Named => {
		const before = known.get(value);
		if (before !== undefined) return before;
		const mark = normaliser.lookup(to, value);
		const named = { mark, source: sources.get(mark) };
		known.set(value, named);
		return named;
	};
	const problems: Problem[] = [];
	const late: Action[] = [];
	await visitAll(planned, (entry) => {
		const value = entry.row.desired.fields[field];
		// What is left alone as a whole (protected, stays disabled) needs no advice about one field.
		if (entry.action.kind === 'none' || !isFilled(value)) return;
		const { mark, source } = find(value);
		if (isOwn(entry, mark, rules, normaliser)) {
			problems.push(ownReference(entry, rules));
			dropField(entry.action, field);
		} else if (!source) {
			problems.push(dangling(entry, rules));
			dropField(entry.action, field);
		} else if (source.when !== 'now' && entry.action.changes[field]) {
			entry.action.after = source.key;
			entry.action.reference = field;
			if (source.when === 'later') late.push(...split(entry.action, field));
		}
	});
	for (const action of await circular(planned)) late.push(...split(action, field));
	return { actions: late, problems };
}

async function findSources(
	planned: Planned[],
	records: Current[],
	deleted: Set<Current>,
	to: string,
	normaliser: Normaliser,
): Promise<Map<string, Source>> {
	const sources = new Map<string, Source>();
	const renamed = new Set<Current>();
	const add = (value: string, source: Source) => {
		if (value !== '' && !sources.has(value)) sources.set(value, source);
	};
	const creates = planned.filter(({ action }) => action.kind === 'create');
	const renames = planned.filter(
		({ action, row }) => action.kind !== 'create' && row.record && action.changes[to],
	);
	for (const { row } of renames) if (row.record) renamed.add(row.record);
	await visitAll(records, (record) => {
		// A value that is about to go (deleted, or replaced) cannot be pointed at any more.
		if (!deleted.has(record) && !renamed.has(record)) {
			add(normaliser.lookup(to, record.fields[to]), { when: 'now' });
		}
	});
	await visitAll(creates, ({ action }) =>
		add(normaliser.lookup(to, action.fields?.[to]), { when: 'create', key: action.key }),
	);
	for (const { action } of renames) {
		add(normaliser.lookup(to, action.changes[to]!.to), { when: 'later', key: action.key });
	}
	return sources;
}

/** Somebody who is his own manager: to most services a mistake, and never worth losing the rest of the row for. */
function isOwn({ row, action }: Planned, wanted: string, rules: Rules, normaliser: Normaliser): boolean {
	if (wanted === '') return false;
	const { to } = rules.reference as { to: string };
	const listed = row.desired.fields[to];
	if (markOf(row, to, rules, normaliser) === wanted) return true;
	// What this very run changes is theirs no longer.
	const held = action.changes[to] === undefined ? row.record?.fields[to] : undefined;
	return held !== listed && normaliser.lookup(to, held) === wanted;
}

function ownReference({ row, action }: Planned, rules: Rules): Problem {
	const { field } = rules.reference as { field: string };
	const name = fieldName(rules, field);
	const message = `${rowName(row.desired)}: ${name} ${quotedCell(row.desired, field)} is the very person of this row. ${doneWithout(action, rules)}`;
	const remedy = `Correct ${name} in the list, or leave it empty for who has none.`;
	return rowProblem('reference', row, message, remedy, field);
}

const doneWithout = ({ kind }: Action, rules: Rules) =>
	kind === 'create' ? `The ${wordsOf(rules).record} is created without it.` : 'It is left as it is.';

function dangling({ row, action }: Planned, rules: Rules): Problem {
	const { field, to } = rules.reference as { field: string; to: string };
	const what = `${fieldName(rules, field)} ${quotedCell(row.desired, field)}`;
	const message = `${rowName(row.desired)}: nobody has the ${fieldName(rules, to)} of ${what}. ${doneWithout(action, rules)}`;
	const remedy = `Correct ${fieldName(rules, field)} in the list, or add the person it names; the next run sets it.`;
	return rowProblem('reference', row, message, remedy, field);
}

function dropField(action: Action, field: string): void {
	delete action.changes[field];
	if (!action.fields) return;
	const fields = { ...action.fields };
	delete fields[field];
	action.fields = fields;
}

/** Takes the reference out of an action and gives it back as an update to run at the end. */
function split(action: Action, field: string): Action[] {
	// Nothing else to write: the update itself can wait until the end.
	if (action.kind === 'update' && Object.keys(action.changes).length === 1) return [];
	const { key, label, row, line, id, after } = action;
	const changes = { [field]: action.changes[field]! };
	dropField(action, field);
	delete action.after;
	delete action.reference;
	const reason = 'Can only be set once the one it points at is there';
	return [
		{
			kind: 'update',
			key,
			label,
			...(row === undefined ? {} : { row }),
			...(line === undefined ? {} : { line }),
			...(id === undefined ? {} : { id }),
			changes,
			reason,
			...(after === undefined ? {} : { after }),
			reference: field,
		},
	];
}

/** One create of every circle of creates that wait for each other (or for themselves). */
async function circular(planned: Planned[]): Promise<Action[]> {
	const creates = new Map<string, Action>();
	for (const { action } of planned) if (action.kind === 'create') creates.set(action.key, action);
	const walks = new Map<Action, number>();
	const found: Action[] = [];
	let walk = 0;
	await visitAll([...creates.values()], (start) => {
		walk += 1;
		let action: Action | undefined = start;
		while (action && !walks.has(action)) {
			walks.set(action, walk);
			const next: Action | undefined = action.after === undefined ? undefined : creates.get(action.after);
			if (next && walks.get(next) === walk) found.push(action);
			action = next;
		}
	});
	return found;
}
