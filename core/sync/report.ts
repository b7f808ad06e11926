import { heldProblems, holdOf, type Hold } from './hold';
import { type Section, toHtml, toText } from './page';
import { notUsedOf, tallyOf, type Tally } from './tally';
import type { ActionKind, Facts, Plan, Problem, Result, Summary, GuardDecision, Vocabulary } from './types';
import { capital, count } from './vocabulary';

const SHOWN = 20;
const DEFAULT_TITLE = 'User sync';

/** Every problem of a run: what the guards found, those of the rows, then those of applying the plan. */
export function allProblems(plan: Plan, decision: GuardDecision, results: Result[]): Problem[] {
	const problems = [...heldProblems(decision), ...plan.problems];
	for (const { problem } of results) if (problem) problems.push(problem);
	return problems;
}

/** The run in numbers, in one sentence, and as a text and an HTML page ready to mail. */
export function report(plan: Plan, verdict: GuardDecision, results: Result[], facts: Facts): Summary {
	const { vocabulary } = plan;
	const everybody = [...results, ...(facts.withoutPassword ?? [])];
	// What is held back has its own part of the page and would bury the rest; nothing is wrong with who is outside.
	const problems = allProblems(plan, verdict, everybody).filter(
		({ severity }) => severity !== 'blocked' && severity !== 'outside',
	);
	const tally = tallyOf(results);
	const numbers = numbersOf(plan, verdict, results, facts, tally, {
		passwordsNotKnown: everybody.filter(({ created }) => created?.firstPassword).length,
		problems: problems.length,
	});
	const hold = holdOf(verdict, facts.mode, vocabulary, facts.approve);
	const headline = headlineOf(numbers, vocabulary);
	const sections = [
		...guardSections(verdict, hold, results, vocabulary),
		numberSection(numbers, tally, vocabulary),
		...peopleSections(problems, results, facts, vocabulary),
		runSection(numbers),
	];
	const title = facts.title ?? DEFAULT_TITLE;
	const { mode, hold: held, approval, approved, ...rest } = numbers;
	return {
		// In the order in which people read, for whoever looks at the item itself.
		headline,
		mode,
		hold: held,
		...(hold === undefined
			? {}
			: { whatHappened: hold.happened, ifTheListIsWrong: hold.ifWrong, ifItIsReallySo: hold.ifRight }),
		approval,
		approved,
		...countsOf(numbers),
		...rest,
		text: toText(title, headline, sections),
		html: toHtml(title, headline, sections),
	};
}

/** What was done comes before what it took. */
function countsOf(numbers: Numbers) {
	const { sourceRows, created, updated, enabled, unchanged, notUsed } = numbers;
	const ofRows = { sourceRows, created, updated, enabled, unchanged, notUsed };
	const { leavers, disabled, deleted, leaversUnchanged, held } = numbers;
	return { ...ofRows, leavers, disabled, deleted, leaversUnchanged, held };
}

function numbersOf(
	{ counts }: Plan,
	verdict: GuardDecision,
	results: Result[],
	facts: Facts,
	{ rows, leavers }: ReturnType<typeof tallyOf>,
	more: { passwordsNotKnown: number; problems: number },
) {
	const both = (fate: keyof Tally) => rows[fate] + leavers[fate];
	return {
		mode: facts.mode,
		started: facts.started.toISOString(),
		seconds: facts.seconds,
		requests: facts.requests,
		waitedSeconds: facts.waitedSeconds,
		sourceRows: counts.rows,
		invalid: counts.invalidRows,
		duplicates: counts.duplicateRows,
		conflicts: counts.conflictRows,
		outside: counts.outsideRows,
		notUsed: notUsedOf(counts),
		targetBefore: counts.records,
		targetAfter: counts.records + rows.create - leavers.delete,
		created: rows.create,
		updated: rows.update,
		enabled: rows.enable,
		unchanged: rows.unchanged,
		leavers: Object.values(leavers).reduce((sum, number) => sum + number, 0),
		disabled: leavers.disable,
		deleted: leavers.delete,
		leaversUnchanged: leavers.unchanged,
		stayDisabled: results.filter(({ action }) => action.staysDisabled !== undefined).length,
		held: both('held'),
		failed: both('failed'),
		unknown: both('unknown'),
		notStarted: both('not started'),
		...more,
		hold: verdict.hold,
		approval: verdict.approval,
		approved: verdict.approved,
	};
}

/** Who needs a look: problems, then leavers, then those who stay as they are. */
function peopleSections(
	problems: Problem[],
	results: Result[],
	{ mode }: Facts,
	vocabulary: Vocabulary,
): Section[] {
	return [
		// Both rows of a pair have the same words: a reader needs them once.
		...listSection('Problems', [...new Map(problems.map(({ message, remedy }) => [message, remedy]))]),
		...listSection(
			mode === 'preview'
				? `Would be ${vocabulary.disabled} or deleted`
				: `${capital(vocabulary.disabled)} or deleted`,
			leaversOf(results, vocabulary),
		),
		...listSection(
			`Stay ${vocabulary.disabled}`,
			results
				.filter(({ action }) => action.staysDisabled !== undefined)
				.map(({ action: { label, staysDisabled = '' } }): [string, string] => [label, staysDisabled]),
		),
	];
}

type Numbers = Omit<Summary, 'headline' | 'text' | 'html'>;

function headlineOf(numbers: Numbers, words: Vocabulary): string {
	const wishes = numbers.mode === 'preview';
	const done = [
		[numbers.created, 'created', 'create'],
		[numbers.updated, 'changed', 'change'],
		[numbers.enabled, words.enabled, words.enable],
		[numbers.disabled, words.disabled, words.disable],
		[numbers.deleted, 'deleted', 'delete'],
	] as const;
	const parts = done
		.filter(([number]) => number > 0)
		.map(([number, past, infinitive]) => (wishes ? `${number} to ${infinitive}` : `${number} ${past}`));
	const said = parts.length > 0 ? parts.join(', ') : wishes ? 'nothing to do' : 'nothing was changed';
	const trouble = [
		numbers.held > 0 ? `${numbers.held} held back by a safety check` : '',
		numbers.failed > 0 ? `${numbers.failed} failed` : '',
		numbers.unknown > 0 ? `${numbers.unknown} with an unknown outcome` : '',
		numbers.notStarted > 0 ? `${numbers.notStarted} not started` : '',
		numbers.passwordsNotKnown > 0 ? `${count(numbers.passwordsNotKnown, 'first password')} not known` : '',
		numbers.problems > 0 ? count(numbers.problems, 'problem') : '',
	].filter((part) => part !== '');
	const sentence = [said, ...trouble].join('; ');
	return `${wishes ? 'Preview, nothing was changed: ' : ''}${wishes ? sentence : capital(sentence)}.`;
}

function guardSections(
	{ findings, approved }: GuardDecision,
	hold: Hold | undefined,
	results: Result[],
	words: Vocabulary,
): Section[] {
	if (findings.length === 0) return [];
	if (hold === undefined) {
		const title = approved ? 'Safety checks (passed by approval)' : 'Safety checks';
		return [{ title, rows: findings.map(({ message }) => [message]) }];
	}
	const rows: Section['rows'] = [[hold.happened], [hold.ifWrong], [hold.ifRight]];
	const heldBack = results
		.filter(({ status }) => status === 'held')
		.map(({ action }): [string, string] => [
			action.label,
			`${wordFor(action.kind, words)}: ${action.reason}`,
		]);
	return [{ title: 'Held back', rows }, ...listSection('What is held back', heldBack)];
}

/** Two sums, each with its parts: the rows of the list, and the records that no row names. */
function numberSection(numbers: Numbers, { rows, leavers }: Tallies, words: Vocabulary): Section {
	const wishes = numbers.mode === 'preview';
	const unused = partsOf([
		[numbers.invalid, 'invalid'],
		[numbers.duplicates, 'duplicate'],
		[numbers.conflicts, 'in conflict'],
		[numbers.outside, 'outside this sync'],
	]);
	const trouble = (tally: Tally): Array<[number, string]> => [
		[tally.held, 'held back by a safety check'],
		[tally.failed, 'failed'],
		[tally.unknown, 'with an unknown outcome'],
		[tally['not started'], 'not started'],
	];
	const ofRows = partsOf([
		[rows.create, wishes ? 'to create' : 'created'],
		[rows.update, wishes ? 'to change' : 'changed'],
		[rows.enable, wishes ? `to ${words.enable}` : words.enabled],
		[rows.unchanged, 'with nothing to do'],
		[numbers.notUsed, `not used (${unused})`],
		...trouble(rows),
	]);
	const ofLeavers = partsOf([
		[leavers.disable, wishes ? `to ${words.disable}` : words.disabled],
		[leavers.delete, wishes ? 'to delete' : 'deleted'],
		[leavers.unchanged, 'with nothing to do'],
		...trouble(leavers),
	]);
	return {
		title: 'Numbers',
		rows: [
			['Rows of the list', sumOf(numbers.sourceRows, ofRows)],
			[`${capital(words.records)} of this sync that are not on it`, sumOf(numbers.leavers, ofLeavers)],
			[
				`${capital(words.records)} before and after${wishes ? ', if it is applied' : ''}`,
				`${numbers.targetBefore} → ${numbers.targetAfter}`,
			],
		],
	};
}

type Tallies = ReturnType<typeof tallyOf>;

const partsOf = (parts: Array<[number, string]>): string =>
	parts
		.filter(([number]) => number > 0)
		.map(([number, name]) => `${number} ${name}`)
		.join(', ');

const sumOf = (sum: number, parts: string): string => (sum === 0 ? '0' : `${sum}: ${parts}`);

function leaversOf(results: Result[], words: Vocabulary): Array<[string, string]> {
	return results
		.filter(({ action, status }) => {
			const applied = status === 'done' || status === 'planned';
			return applied && (action.kind === 'disable' || action.kind === 'delete');
		})
		.map(({ action }) => [action.label, `${wordFor(action.kind, words)}: ${action.reason}`]);
}

/** A kind of action in the target's words. */
function wordFor(kind: ActionKind, words: Vocabulary): string {
	return kind === 'disable' || kind === 'enable' ? words[kind] : kind;
}

function listSection(title: string, rows: Section['rows']): Section[] {
	if (rows.length === 0) return [];
	const more = rows.length - SHOWN;
	return [{ title, rows: more > 0 ? [...rows.slice(0, SHOWN), [`and ${more} more`]] : rows }];
}

function runSection(numbers: Numbers): Section {
	const waited = seconds(numbers.waitedSeconds);
	return {
		title: 'Run',
		rows: [
			['Started', numbers.started],
			[
				'Took',
				seconds(numbers.seconds) + (waited === NO_TIME ? '' : `, ${waited} of it waiting for the rate limit`),
			],
			['Requests', String(numbers.requests)],
		],
	};
}

const NO_TIME = '0 s';

function seconds(number: number): string {
	return `${Math.round(number * 10) / 10} s`;
}
