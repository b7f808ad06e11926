import type { FieldChanges, FieldTally, GuardFinding, Limits, Plan } from './types';
import { count, exceeds } from './vocabulary';

/** Two people with a new title are an ordinary night, whatever their share of a small company: unless there are but two. */
const FEWEST_CHANGED = 3;
/** Two new names in one night are rare in a company so small that they are more than the limit. */
const FEWEST_RENAMED = 2;
/** So many joiners at once are ordinary even where nobody, or hardly anybody, has an account yet. */
const FEWEST_JOINERS = 10;

/** Changes of a kind that an ordinary night does not have: a list that slipped, was misread, or is another company's. */
export function checkMassChange(plan: Plan, limits: Limits): GuardFinding[] {
	return [...checkCreated(plan, limits), ...checkEnabled(plan, limits), ...checkFields(plan, limits)];
}

function checkCreated({ actions, counts, vocabulary }: Plan, limits: Limits): GuardFinding[] {
	const created = actions.filter(({ kind }) => kind === 'create').length;
	const { maxCreatedPercent: limit, firstLoad = 0 } = limits;
	if (created <= Math.max(FEWEST_JOINERS, firstLoad) || !exceeds(created, counts.active, limit)) return [];
	const announced = firstLoad > 0 ? `, and ${firstLoad} for the first load` : '';
	return [
		{
			guard: 'created',
			message:
				`${count(created, vocabulary.record, vocabulary.records)} would be created, and there are only ` +
				`${counts.active} active ones (limit ${limit} %${announced}).`,
			remedy: `Check that this is the right list, and that the credential is the right one. For a first load, enter under Guards, “First Load”, how many ${vocabulary.records} it makes.`,
		},
	];
}

function checkEnabled({ actions, counts, vocabulary }: Plan, limits: Limits): GuardFinding[] {
	const enabled = actions.filter(({ kind }) => kind === 'enable').length;
	const { maxEnabled, maxEnabledPercent } = limits;
	const byNumber = maxEnabled !== undefined && enabled > maxEnabled;
	const byShare = enabled > 1 && exceeds(enabled, counts.owned, maxEnabledPercent);
	if (!byNumber && !byShare) return [];
	const limit = byNumber ? `limit ${maxEnabled}` : `limit ${maxEnabledPercent} % of ${counts.owned}`;
	const who = count(
		enabled,
		`${vocabulary.disabled} ${vocabulary.record}`,
		`${vocabulary.disabled} ${vocabulary.records}`,
	);
	return [
		{
			guard: 'enabled',
			message: `${who} would be ${vocabulary.enabled} (${limit}).`,
			remedy: 'Check that the list has only people who are employed now, not those who left as well.',
		},
	];
}

const ROLES = {
	name: { guard: 'renamed', limit: 'maxRenamedPercent', happens: 'would get another name' },
	place: { guard: 'moved', limit: 'maxMovedPercent', happens: 'would be moved' },
} as const;

/** What is taken over in an announced first load may well have been called otherwise before. */
function tallyOf({ known, takenOver }: FieldChanges, { firstLoad = 0 }: Limits): FieldTally {
	if (firstLoad > 0) return known;
	return {
		held: known.held + takenOver.held,
		changed: known.changed + takenOver.changed,
		emptied: known.emptied + takenOver.emptied,
		examples: [...known.examples, ...takenOver.examples].slice(0, 2),
	};
}

function checkFields({ fields }: Plan, limits: Limits): GuardFinding[] {
	return fields.flatMap((field): GuardFinding[] => {
		const { name, role } = field;
		const { held, changed, emptied, examples } = tallyOf(field, limits);
		const {
			guard,
			limit: option,
			happens,
		} = role === undefined
			? ({ guard: 'column', limit: 'maxColumnPercent', happens: `would get another ${name}` } as const)
			: ROLES[role];
		const limit = limits[option];
		const fewest = guard === 'renamed' ? FEWEST_RENAMED : Math.min(FEWEST_CHANGED, Math.max(2, held));
		if (changed < fewest || !exceeds(changed, held, limit)) return [];
		const share = `${Math.round((changed * 100) / held)} %, limit ${limit} %`;
		const what =
			emptied === changed
				? `${changed} of the ${held} people who have a ${name} would lose it`
				: `${changed} of ${held} people ${happens}${emptied > 0 ? `, ${emptied} of them none at all` : ''}`;
		return [
			{
				guard,
				message: `${what} (${share}): ${examples.join(', ')}.`,
				remedy: `Look at the column of ${name} in the list: has it slipped by a row, been sorted alone, been mapped to another field, or been read in the wrong encoding?`,
			},
		];
	});
}
