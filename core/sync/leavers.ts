import { visitAll } from '../visitAll';
import type { Action, Current, Problem, Rules } from './types';
import { count, GENERAL_VOCABULARY } from './vocabulary';

const DAY = 24 * 60 * 60 * 1000;

/** What becomes of the records in scope that no row points at. Protected records and those out of scope are left out. */
export async function planLeavers(
	records: Current[],
	seen: Set<Current>,
	rules: Rules,
): Promise<{ actions: Action[]; problems: Problem[]; deleted: Set<Current> }> {
	const actions: Action[] = [];
	const problems: Problem[] = [];
	const deleted = new Set<Current>();
	await visitAll(records, (record) => {
		if (!record.owned || record.protectedBy !== undefined || seen.has(record)) return;
		const { kind, reason, problem } = decide(record, rules);
		const key = record.fields[rules.key];
		const action: Action = {
			kind,
			key: typeof key === 'string' ? key : '',
			label: record.label,
			id: record.id,
			changes: {},
			reason,
		};
		actions.push(action);
		if (kind === 'delete') deleted.add(record);
		if (problem) problems.push({ severity: 'unsupported', id: record.id, label: record.label, ...problem });
	});
	return { actions, problems, deleted };
}

interface Decision {
	kind: 'disable' | 'delete' | 'none';
	reason: string;
	problem?: { message: string; remedy: string };
}

const gone = 'No longer on the list';

function decide(record: Current, rules: Rules): Decision {
	const { leavers, vocabulary = GENERAL_VOCABULARY } = rules;
	const { disabled } = vocabulary;
	switch (leavers.action) {
		case 'delete':
			return { kind: 'delete', reason: gone };
		case 'disable':
			if (record.active) return { kind: 'disable', reason: gone };
			return { kind: 'none', reason: `${gone}; already ${disabled}` };
		case 'disableThenDelete':
			return disableThenDelete(record, rules);
		default:
			// Whatever else it says: nothing done can be made good later.
			return { kind: 'none', reason: `${gone}; leavers are left as they are` };
	}
}

function disableThenDelete(
	record: Current,
	{ leavers, now, vocabulary = GENERAL_VOCABULARY }: Rules,
): Decision {
	const { disabled, target } = vocabulary;
	if (record.active) {
		return { kind: 'disable', reason: `${gone}; to be deleted after ${count(leavers.afterDays, 'day')}` };
	}
	const disabledAt = record.disabledAt?.getTime() ?? NaN;
	if (Number.isNaN(disabledAt)) {
		const reason = `${gone}; ${disabled}, but it is not known since when`;
		const message = `${record.label} is ${disabled} and no longer on the list, but ${target} does not say since when, so it is not deleted.`;
		return {
			kind: 'none',
			reason,
			problem: { message, remedy: 'Delete it by hand once it is no longer needed.' },
		};
	}
	const days = Math.floor((now.getTime() - disabledAt) / DAY);
	if (now.getTime() - disabledAt >= leavers.afterDays * DAY) {
		return { kind: 'delete', reason: `${gone}; ${disabled} for ${count(days, 'day')}` };
	}
	const due = new Date(disabledAt + leavers.afterDays * DAY).toISOString().slice(0, 10);
	return { kind: 'none', reason: `${gone}; ${disabled}, to be deleted from ${due} on` };
}
