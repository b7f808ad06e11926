import { isFilled, type Normaliser } from './normalise';
import { type Asked, type Row, rowProblem } from './rows';
import type { Action, Changes, Current, Problem, Rules } from './types';
import { fieldName, listed, quoted, rowName, wordsOf } from './vocabulary';

/** What a certain row asks for. It depends on nothing but the row, its record and the rules. */
export function asked(row: Row, record: Current | undefined, rules: Rules, normaliser: Normaliser): Asked {
	if (!record) return joiner(row, rules);
	const { desired } = row;
	const action = actionOf(row, 'none', record.label);
	action.id = record.id;
	if (record.protectedBy !== undefined) {
		action.reason = `Protected, never touched: ${record.protectedBy}`;
		return { record, action };
	}
	const { disabled, target, record: noun, records } = wordsOf(rules);
	if (!record.owned && !record.adoptable) {
		const message = `${rowName(desired)} is ${record.label} in ${target}, which this sync does not look after. It is not touched.`;
		const remedy = `Nothing, if that is meant. If not, bring the ${noun} into the scope of this sync, or widen the scope.`;
		return { record, problems: [rowProblem('outside', { ...row, record }, message, remedy)] };
	}
	if (!record.active && rules.rejoiners === 'nothing') {
		action.reason = `On the list, but ${disabled} in ${target}; ${disabled} ${records} are left as they are`;
		return { record, action };
	}
	const problems: Problem[] = [];
	action.changes = differences(row, record, rules, normaliser, problems);
	const staysDisabled = record.active ? undefined : record.rejoin?.reason;
	action.kind = record.active || staysDisabled !== undefined ? 'update' : 'enable';
	if (staysDisabled !== undefined) action.staysDisabled = staysDisabled;
	return problems.length === 0 ? { record, action } : { record, action, problems };
}

/** Who would be outside the scope is not created: the next run would neither change nor miss such a record. */
function joiner(row: Row, rules: Rules): Asked {
	const why = rules.outside?.(row.desired.fields);
	if (why === undefined) return { record: undefined, action: create(row, rules) };
	const { record } = wordsOf(rules);
	const message = `${rowName(row.desired)}${nameOf(row)} is outside the scope of this sync: ${why}. No ${record} is created.`;
	const remedy = 'Nothing, if that is meant. If not, widen the scope, or correct the row.';
	return { record: undefined, problems: [rowProblem('outside', row, message, remedy)] };
}

const nameOf = ({ label, desired }: Row) => (label === rowName(desired) ? '' : ` (${label})`);

function create(row: Row, rules: Rules): Action {
	const fields = { ...row.desired.fields };
	const changes: Changes = {};
	for (const [field, value] of Object.entries(fields)) {
		if (isFilled(value) && !rules.createOnly?.includes(field))
			changes[field] = { from: undefined, to: value };
	}
	return Object.assign(actionOf(row, 'create', row.label), { changes, fields });
}

/** What is done about a row; what that is in detail is still to be said. */
function actionOf({ desired, key }: Row, kind: Action['kind'], label: string): Action {
	const action: Action = { kind, key, label, row: desired.row, changes: {}, reason: '' };
	if (desired.line !== undefined) action.line = desired.line;
	return action;
}

function differences(
	row: Row,
	record: Current,
	rules: Rules,
	normaliser: Normaliser,
	problems: Problem[],
): Changes {
	const changes: Changes = {};
	for (const field in row.desired.fields) {
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
		problems.push(rowProblem('unsupported', { ...row, record }, message, remedy, field));
	}
	return changes;
}

/** Says why, once it is certain what changes. An update that turned out empty is no update. Twice it says the same. */
export function settle(action: Action, rules: Rules): void {
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
