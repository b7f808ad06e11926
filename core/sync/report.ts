import { heldProblems, holdOf, type Hold } from './hold';
import { type Section, toHtml, toText } from './page';
import type {
	ActionKind,
	Facts,
	Plan,
	Problem,
	Result,
	Status,
	Summary,
	GuardDecision,
	Vocabulary,
} from './types';
import { capital, count } from './vocabulary';

const SHOWN = 20;
const DEFAULT_TITLE = 'User sync';

/** Every problem of a run: what the guards found, those of the rows, then those of applying the plan. */
export function allProblems(plan: Plan, decision: GuardDecision, results: Result[]): Problem[] {
	return [
		...heldProblems(decision),
		...plan.problems,
		...results.flatMap(({ problem }) => (problem ? [problem] : [])),
	];
}

/** The run in numbers, in one sentence, and as a text and an HTML page ready to mail. */
export function report(plan: Plan, verdict: GuardDecision, results: Result[], facts: Facts): Summary {
	const { vocabulary } = plan;
	const everybody = [...results, ...(facts.withoutPassword ?? [])];
	// What is held back has its own part of the page and would bury the rest; nothing is wrong with who is outside.
	const problems = allProblems(plan, verdict, everybody).filter(
		({ severity }) => severity !== 'blocked' && severity !== 'outside',
	);
	const numbers = numbersOf(plan, verdict, results, facts, {
		passwordsNotKnown: everybody.filter(({ created }) => created?.firstPassword).length,
		problems: problems.length,
	});
	const hold = holdOf(verdict, facts.mode, vocabulary, facts.approve);
	const headline = headlineOf(numbers, vocabulary);
	const sections = [
		...guardSections(verdict, hold, results, vocabulary),
		numberSection(numbers, vocabulary),
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
function countsOf({ sourceRows, created, updated, enabled, disabled, deleted, unchanged, held }: Numbers) {
	return { sourceRows, created, updated, enabled, disabled, deleted, unchanged, held };
}

function numbersOf(
	{ counts }: Plan,
	verdict: GuardDecision,
	results: Result[],
	facts: Facts,
	more: { passwordsNotKnown: number; problems: number },
) {
	const tally = tallyOf(results);
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
		targetBefore: counts.records,
		targetAfter: counts.records + tally.kinds.create - tally.kinds.delete,
		created: tally.kinds.create,
		updated: tally.kinds.update,
		enabled: tally.kinds.enable,
		disabled: tally.kinds.disable,
		deleted: tally.kinds.delete,
		stayDisabled: results.filter(({ action }) => action.staysDisabled !== undefined).length,
		unchanged: tally.statuses.unchanged,
		held: tally.statuses.held,
		failed: tally.statuses.failed,
		unknown: tally.statuses.unknown,
		notStarted: tally.statuses['not started'],
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
			results.flatMap(({ action: { label, staysDisabled } }): Array<[string, string]> =>
				staysDisabled === undefined ? [] : [[label, staysDisabled]],
			),
		),
	];
}

type Numbers = Omit<Summary, 'headline' | 'text' | 'html'>;

function tallyOf(results: Result[]): { kinds: Record<ActionKind, number>; statuses: Record<Status, number> } {
	const kinds = { create: 0, update: 0, enable: 0, disable: 0, delete: 0, none: 0 };
	const statuses = { planned: 0, done: 0, unchanged: 0, held: 0, failed: 0, unknown: 0, 'not started': 0 };
	const counted = new Set<string>();
	for (const { action, status } of results) {
		statuses[status] += 1;
		if (status !== 'done' && status !== 'planned') continue;
		if (action.kind === 'update' || action.kind === 'enable') {
			// A reference that is set at the end belongs to a person who was counted before.
			if (action.id === undefined || counted.has(action.id)) continue;
			counted.add(action.id);
		}
		kinds[action.kind] += 1;
	}
	return { kinds, statuses };
}

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

function numberSection(numbers: Numbers, words: Vocabulary): Section {
	const wishes = numbers.mode === 'preview';
	const left = [
		numbers.invalid > 0 ? `${numbers.invalid} invalid` : '',
		numbers.duplicates > 0 ? `${numbers.duplicates} duplicate` : '',
		numbers.conflicts > 0 ? `${numbers.conflicts} in conflict` : '',
		numbers.outside > 0 ? `${numbers.outside} outside this sync` : '',
	].filter((part) => part !== '');
	const lines: Array<[string, number]> = [
		[wishes ? 'To create' : 'Created', numbers.created],
		[wishes ? 'To change' : 'Changed', numbers.updated],
		[wishes ? `To ${words.enable}` : capital(words.enabled), numbers.enabled],
		[wishes ? `To ${words.disable}` : capital(words.disabled), numbers.disabled],
		[wishes ? 'To delete' : 'Deleted', numbers.deleted],
		['Nothing to do', numbers.unchanged],
	];
	const rare: Array<[string, number]> = [
		['Held back by a safety check', numbers.held],
		['Failed', numbers.failed],
		['Outcome unknown', numbers.unknown],
		['Not started', numbers.notStarted],
	];
	return {
		title: 'Numbers',
		rows: [
			['Rows in the source', `${numbers.sourceRows}${left.length > 0 ? ` (${left.join(', ')})` : ''}`],
			...[...lines, ...rare.filter(([, number]) => number > 0)].map(([name, number]): [string, string] => [
				name,
				String(number),
			]),
			['Records before and after', `${numbers.targetBefore} → ${numbers.targetAfter}`],
		],
	};
}

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
	const waited =
		numbers.waitedSeconds > 0 ? `, ${seconds(numbers.waitedSeconds)} of it waiting for the rate limit` : '';
	return {
		title: 'Run',
		rows: [
			['Started', numbers.started],
			['Took', `${seconds(numbers.seconds)}${waited}`],
			['Requests', String(numbers.requests)],
		],
	};
}

function seconds(number: number): string {
	return `${Math.round(number * 10) / 10} s`;
}
