import { approvalOf } from './approval';
import { RIGHT_ENCODING } from './cells';
import { checkMassChange } from './massChange';
import type { Action, GuardFinding, GuardName, Limits, Plan, GuardDecision, Vocabulary } from './types';
import { capital, count, exceeds } from './vocabulary';

/** The limits a sync starts with. */
export const DEFAULT_LIMITS: Readonly<Required<Limits>> = Object.freeze({
	emptySource: true,
	maxShrinkPercent: 20,
	maxLeaverPercent: 20,
	maxLeavers: 50,
	maxInvalidPercent: 20,
	maxCreatedPercent: 20,
	firstLoad: 0,
	maxEnabled: 20,
	maxEnabledPercent: 20,
	maxRenamedPercent: 20,
	maxMovedPercent: 30,
	maxColumnPercent: 50,
});

const CUT_OFF: ReadonlySet<GuardName> = new Set(['incompleteRead', 'emptySource', 'sourceShrank']);

/** Were both sides read to the end? */
export interface Reads {
	sourceComplete: boolean;
	targetComplete: boolean;
	/** How many rows there must be at least, when the source is known to be incomplete by that. */
	expected?: number;
}

/**
 * Decides what of a plan must not be applied. A guard that trips holds back the leavers (too many of them) or everything
 * (the source or a read cannot be trusted). The decision's own `approval`, handed in with the same plan, lets it pass;
 * after an incomplete read nothing does.
 */
export async function guard(plan: Plan, limits: Limits, read: Reads, approval = ''): Promise<GuardDecision> {
	const incomplete = checkReads(read, plan);
	// What was not read to the end says nothing about people.
	const source =
		incomplete.length > 0 ? incomplete : [...checkSource(plan, limits), ...checkMassChange(plan, limits)];
	// Who is missing in a list that is cut off is no finding of its own.
	const isShort = source.some(({ guard: name }) => CUT_OFF.has(name));
	const leavers = isShort ? [] : checkLeavers(plan, limits);
	const findings = [...source, ...leavers];
	const hold = source.length > 0 ? 'everything' : leavers.length > 0 ? 'leavers' : 'nothing';

	const held = plan.actions.filter((action) => isHeld(action, hold));
	const own = await approvalOf(held);
	const given = approval.trim();
	const approved = given !== '' && given === own && incomplete.length === 0;
	if (given !== '' && given !== own) findings.unshift(wrongCode(given, hold, plan.vocabulary));
	return { hold: approved ? 'nothing' : hold, findings, approval: own, approved };
}

/** Whether a decision keeps an action from being applied. */
export function isHeld(action: Action, hold: GuardDecision['hold']): boolean {
	if (hold === 'nothing' || action.kind === 'none') return false;
	return hold === 'everything' || action.kind === 'disable' || action.kind === 'delete';
}

function wrongCode(given: string, hold: GuardDecision['hold'], { records }: Vocabulary): GuardFinding {
	return {
		guard: 'approval',
		message: `“${given.slice(0, 40)}” is not the code of this plan: the list or the ${records} have changed since.`,
		remedy:
			hold === 'nothing'
				? 'Nothing needs an approval now: clear the code.'
				: 'Look at what is held back now.',
	};
}

function checkReads({ sourceComplete, targetComplete, expected }: Reads, plan: Plan): GuardFinding[] {
	const findings: GuardFinding[] = [];
	if (!sourceComplete)
		findings.push({
			guard: 'incompleteRead',
			message:
				expected === undefined
					? 'The list was not read to the end, so people may be missing who are really there.'
					: `The list has ${count(plan.counts.rows, 'row')}, and at least ${expected} are expected: people may be missing who are really there.`,
			remedy:
				expected === undefined
					? 'Run again once it can be read completely.'
					: 'Check that the list is complete. If so few are right, lower “Rows Expected, at Least” under Guards.',
		});
	if (!targetComplete)
		findings.push({
			guard: 'incompleteRead',
			message: `${capital(plan.vocabulary.target)} did not show all its ${plan.vocabulary.records}, so people may seem new who are there already.`,
			remedy: 'Run again once all can be read.',
		});
	return findings;
}

/** One person is an ordinary night, and in a company of four already a quarter; two are too many there. */
const isTooMany = (part: number, whole: number, limit: number | undefined): boolean =>
	part > 1 && exceeds(part, whole, limit);

function checkSource({ counts, actions, vocabulary, problems }: Plan, limits: Limits): GuardFinding[] {
	const { rows, validRows, outsideRows, ownedActive } = counts;
	if (limits.emptySource && validRows + outsideRows === 0) {
		const found = rows === 0 ? 'has no rows' : `has no usable row (${rows} read${misread(counts)})`;
		const remedy =
			counts.misreadRows > 0
				? `${RIGHT_ENCODING}.`
				: 'Check that it is the right list, that its columns are mapped, and that its filter finds people.';
		const first = counts.misreadRows > 0 ? '' : firstOf(problems);
		return [{ guard: 'emptySource', message: `The list ${found}.${first}`, remedy }];
	}
	const findings: GuardFinding[] = [];
	const missing = ownedActive - validRows;
	if (isTooMany(missing, ownedActive, limits.maxShrinkPercent)) {
		const leavers = leaversOf(actions, vocabulary);
		findings.push({
			guard: 'sourceShrank',
			message:
				`The list has ${count(validRows, 'usable row')}, but ${count(ownedActive, `active ${vocabulary.record} belongs`, `active ${vocabulary.records} belong`)} ` +
				`to this sync: ${percent(missing, ownedActive)} fewer (limit ${limits.maxShrinkPercent} %)${leavers.number > 0 ? `; ${leavers.what}` : ''}.`,
			remedy: counts.misreadRows > 0 ? `${RIGHT_ENCODING}.` : 'Check that the list is complete.',
		});
	}
	// Whom this sync does not look after says nothing about the list.
	const inside = rows - outsideRows;
	const unusable = inside - validRows;
	if (isTooMany(unusable, inside, limits.maxInvalidPercent)) {
		const { invalidRows, duplicateRows, conflictRows } = counts;
		const kinds = [
			invalidRows > 0 ? `${invalidRows} invalid` : '',
			duplicateRows > 0 ? `${duplicateRows} duplicate` : '',
			conflictRows > 0 ? `${conflictRows} in conflict` : '',
		].filter((kind) => kind !== '');
		findings.push({
			guard: 'invalidRows',
			message: `${unusable} of ${count(inside, 'row')} cannot be used (${kinds.join(', ')}${misread(counts)}): ${percent(unusable, inside)}, limit ${limits.maxInvalidPercent} %.`,
			remedy:
				counts.misreadRows > 0 ? `${RIGHT_ENCODING}.` : 'Correct the rows that are named under Problems.',
		});
	}
	return findings;
}

/** What is wrong with the first row, which is as a rule what is wrong with all of them. */
function firstOf(problems: Plan['problems']): string {
	const first = problems.find(({ row }) => row !== undefined);
	return first === undefined ? '' : ` The first: ${first.message.replace(/[.]?$/, '.')}`;
}

const misread = ({ misreadRows }: Plan['counts']): string =>
	misreadRows === 0
		? ''
		: `; ${misreadRows} have lost characters: the file was read in another encoding than it was written in`;

function checkLeavers({ actions, counts, vocabulary }: Plan, limits: Limits): GuardFinding[] {
	const { ownedActive } = counts;
	const { number, what, disables } = leaversOf(actions, vocabulary);
	const { maxLeavers, maxLeaverPercent } = limits;
	const byNumber = maxLeavers !== undefined && number > maxLeavers;
	// Where the only one there is would go, one is everybody.
	const isAll = number === 1 && disables === ownedActive && exceeds(number, ownedActive, maxLeaverPercent);
	if (!byNumber && !isAll && !isTooMany(number, ownedActive, maxLeaverPercent)) return [];
	const limit = byNumber ? maxLeavers : `${maxLeaverPercent} %`;
	return [
		{
			guard: 'leavers',
			message: `${capital(what)}, of ${count(ownedActive, `active ${vocabulary.record}`, `active ${vocabulary.records}`)} of this sync (${percent(number, ownedActive)}, limit ${limit}).`,
			remedy: 'Check that the list is complete; who they are is in the Users output.',
		},
	];
}

/** "5 people would be frozen", "5 people would be frozen or deleted (3 and 2)". */
function leaversOf(actions: Action[], { disabled }: Vocabulary) {
	const disables = actions.filter(({ kind }) => kind === 'disable').length;
	const deletes = actions.filter(({ kind }) => kind === 'delete').length;
	const number = disables + deletes;
	const happens =
		deletes === 0
			? disabled
			: disables === 0
				? 'deleted'
				: `${disabled} or deleted (${disables} and ${deletes})`;
	return { disables, number, what: `${count(number, 'person', 'people')} would be ${happens}` };
}

function percent(part: number, whole: number): string {
	return whole === 0 ? '100 %' : `${Math.round((part * 100) / whole)} %`;
}
