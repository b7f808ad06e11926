import { createHash } from 'node:crypto';
import stringify from 'safe-stable-stringify';
import { visitAll } from './paced';
import type { Action, GuardFinding, Limits, Plan, GuardDecision } from './types';
import { count } from './vocabulary';

/** The limits a sync starts with. */
export const DEFAULT_LIMITS: Readonly<Required<Limits>> = Object.freeze({
	emptySource: true,
	maxShrinkPercent: 20,
	maxLeaverPercent: 20,
	maxLeavers: 50,
	maxInvalidPercent: 20,
});

// Below this one person is already 20 % or more, and every joiner's typo or leaver would trip the guard. There only the
// absolute guards count: an unusable source, an incomplete read and `maxLeavers`.
const SMALLEST_FOR_PERCENT = 5;

/** Were both sides read to the end? */
export interface Reads {
	sourceComplete: boolean;
	targetComplete: boolean;
}

/**
 * Decides what of a plan must not be applied. A guard that trips holds back the leavers (too many of them) or everything
 * (the source or a read cannot be trusted). The verdict's own `approval`, handed in with the same plan, lets it pass;
 * after an incomplete read nothing does.
 */
export async function guard(plan: Plan, limits: Limits, read: Reads, approval = ''): Promise<GuardDecision> {
	const incomplete = checkReads(read);
	const source = checkSource(plan, limits);
	const leavers = checkLeavers(plan, limits);
	const findings = [...incomplete, ...source, ...leavers];
	let hold: GuardDecision['hold'] = 'nothing';
	if (incomplete.length + source.length > 0) hold = 'everything';
	else if (leavers.length > 0) hold = 'leavers';

	const held = plan.actions.filter((action) => isHeld(action, hold));
	const own = await approvalOf(held);
	const given = approval.trim();
	const approved = given !== '' && given === own && incomplete.length === 0;
	if (given !== '' && given !== own) {
		findings.push({
			guard: 'approval',
			message: 'The approval does not fit this plan: the plan has changed since it was approved.',
			remedy:
				hold === 'nothing'
					? 'Nothing is held back now; clear the approval.'
					: 'Look at the plan again and approve what it says now.',
		});
	}
	return { hold: approved ? 'nothing' : hold, findings, approval: own, approved };
}

/** Whether a verdict keeps an action from being applied. */
export function isHeld(action: Action, hold: GuardDecision['hold']): boolean {
	if (hold === 'nothing' || action.kind === 'none') return false;
	return hold === 'everything' || action.kind === 'disable' || action.kind === 'delete';
}

function checkReads({ sourceComplete, targetComplete }: Reads): GuardFinding[] {
	const sides = [...(sourceComplete ? [] : ['source']), ...(targetComplete ? [] : ['target'])];
	return sides.map((side) => ({
		guard: 'incompleteRead',
		message: `The ${side} was not read to the end, so people may be missing who are really there.`,
		remedy: 'Run again once it can be read completely. This cannot be approved.',
	}));
}

function checkSource({ counts }: Plan, limits: Limits): GuardFinding[] {
	const { rows, validRows, owned, ownedActive } = counts;
	const findings: GuardFinding[] = [];
	if (limits.emptySource && validRows === 0) {
		const found = rows === 0 ? 'has no rows' : `has no usable row (${rows} read)`;
		findings.push({
			guard: 'emptySource',
			message: `The source ${found}.`,
			remedy:
				'Check that the source is the right one, and that its columns are mapped and its filter finds people.',
		});
	}
	const missing = ownedActive - validRows;
	if (owned >= SMALLEST_FOR_PERCENT && exceeds(missing, ownedActive, limits.maxShrinkPercent)) {
		findings.push({
			guard: 'sourceShrank',
			message:
				`The source has ${count(validRows, 'usable row')}, but ${count(ownedActive, 'active record')} in the target ` +
				`belong to this sync: ${percent(missing, ownedActive)} fewer (limit ${limits.maxShrinkPercent} %).`,
			remedy: 'Check that the source is complete. If so many people really left, approve this plan.',
		});
	}
	const unusable = rows - validRows;
	if (rows >= SMALLEST_FOR_PERCENT && exceeds(unusable, rows, limits.maxInvalidPercent)) {
		findings.push({
			guard: 'invalidRows',
			message:
				`${unusable} of ${count(rows, 'row')} are invalid, duplicate or in conflict: ${percent(unusable, rows)} ` +
				`(limit ${limits.maxInvalidPercent} %).`,
			remedy:
				'Correct the rows named in the problems. If the rest should be applied all the same, approve this plan.',
		});
	}
	return findings;
}

function checkLeavers({ actions, counts, vocabulary }: Plan, limits: Limits): GuardFinding[] {
	const disables = actions.filter((action) => action.kind === 'disable').length;
	const deletes = actions.filter((action) => action.kind === 'delete').length;
	const leavers = disables + deletes;
	const what = `${count(leavers, 'person', 'people')} would be ${vocabulary.disabled} (${disables}) or deleted (${deletes})`;
	const remedy = 'Look at who they are. If all of them really left, approve this plan.';
	const findings: GuardFinding[] = [];
	if (counts.owned >= SMALLEST_FOR_PERCENT && exceeds(leavers, counts.ownedActive, limits.maxLeaverPercent)) {
		const of = `${counts.ownedActive} active records of this sync`;
		findings.push({
			guard: 'leavers',
			message: `${what}; ${of}, limit ${limits.maxLeaverPercent} %.`,
			remedy,
		});
	}
	if (limits.maxLeavers !== undefined && leavers > limits.maxLeavers) {
		findings.push({ guard: 'leavers', message: `${what}; limit ${limits.maxLeavers}.`, remedy });
	}
	return findings;
}

function exceeds(part: number, whole: number, limit: number | undefined): boolean {
	return limit !== undefined && part > 0 && part * 100 > limit * whole;
}

function percent(part: number, whole: number): string {
	return `${Math.round((part * 100) / whole)} %`;
}

/** A hash of exactly these actions, in any order. One way, so that it can be shown and mailed. */
async function approvalOf(actions: Action[]): Promise<string> {
	if (actions.length === 0) return '';
	// In boxes by their first letters: sorting a hundred thousand at once would hold everybody up.
	const boxes = new Map<string, string[]>();
	await visitAll(actions, ({ kind, id, key, changes }) => {
		const line = sha256(stringify({ kind, id, key, changes }) ?? '');
		const box = boxes.get(line.slice(0, 2));
		if (box) box.push(line);
		else boxes.set(line.slice(0, 2), [line]);
	});
	const hash = createHash('sha256');
	await visitAll([...boxes.keys()].sort(), (name) => {
		for (const line of boxes.get(name)!.sort()) hash.update(line);
	});
	return hash.digest('hex').slice(0, 32);
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
