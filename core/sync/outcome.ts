import { cleanText } from '../visible';
import type { Action, ActionKind, Problem, Result, Severity, Vocabulary } from './types';
import { fieldName, quoted, rowName } from './vocabulary';

const LONGEST_ERROR = 500;
const DONE: Record<Exclude<ActionKind, 'enable' | 'disable'>, string> = {
	create: 'created',
	update: 'changed',
	delete: 'deleted',
	none: 'touched',
};

/** What has, or has not, become of a record: "created", "frozen". */
function pastOf(kind: ActionKind, words: Vocabulary): string {
	if (kind === 'disable') return words.disabled;
	return kind === 'enable' ? words.enabled : DONE[kind];
}

/** A problem of one action, with all that is known about it. */
export function actionProblem(
	severity: Severity,
	action: Action,
	message: string,
	remedy: string,
	field?: string,
): Problem {
	const { row, line, id, key, label } = action;
	return {
		severity,
		...(row === undefined ? {} : { row }),
		...(line === undefined ? {} : { line }),
		...(id === undefined ? {} : { id }),
		...(key === '' ? {} : { key }),
		label,
		...(field === undefined ? {} : { field }),
		message,
		remedy,
	};
}

/** What a target's error means: `unknown` when it says that the request may have worked, else `failed`. */
export function failure(action: Action, error: unknown, words: Vocabulary): Result {
	const { outcome, remedy } = (typeof error === 'object' && error !== null ? error : {}) as {
		outcome?: unknown;
		remedy?: unknown;
	};
	const said = sentence(error instanceof Error ? error.message : String(error));
	const status = outcome === 'unknown' ? 'unknown' : 'failed';
	const message =
		status === 'unknown'
			? `${nameOf(action)} may or may not have been ${pastOf(action.kind, words)}: ${said}`
			: `${nameOf(action)} was not ${pastOf(action.kind, words)}: ${said}`;
	const advice =
		status === 'unknown'
			? 'Run again: the run first looks how things are, and does only what is still missing.'
			: 'Put right what the message names and run again; the run does only what is still missing.';
	const ownAdvice = typeof remedy === 'string' && remedy !== '' ? remedy : advice;
	return { action, status, problem: actionProblem(status, action, message, ownAdvice) };
}

/** A reference that was not set, because what it points at did not come about. */
export function referenceMissing(action: Action, labels: Record<string, string>): Problem {
	const field = action.reference ?? '';
	const value = quoted(action.changes[field]?.to);
	const message =
		`${nameOf(action)}: ${fieldName({ labels }, field)} ${value} was not set, because one of the two ` +
		`was not created or changed in this run.`;
	const remedy =
		'Put right what stopped the other (it has a problem of its own); the next run sets the field.';
	return actionProblem('reference', action, message, remedy, field);
}

/** A service's words as a sentence, on one line and of bearable length. */
function sentence(text: string): string {
	const line = cleanText(text);
	const words = line.length > LONGEST_ERROR ? `${line.slice(0, LONGEST_ERROR)}…` : line;
	return /[.!?…。]$/.test(words) ? words : `${words}.`;
}

/** "Item 12 (ann@example.com)", or just the label of a leaver. */
export function nameOf({ row, line, label }: Pick<Action, 'row' | 'line' | 'label'>): string {
	if (row === undefined) return label;
	return `${rowName(line === undefined ? { row } : { row, line })} (${label})`;
}
