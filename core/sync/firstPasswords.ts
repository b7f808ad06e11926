import { isFilled } from './normalise';
import { actionProblem, nameOf } from './outcome';
import { visitAll } from '../visitAll';
import type { Current, Plan, Result } from './types';

/** What stands in place of a first password that nobody knows. */
export const NOT_KNOWN = 'not known';

/** Which first passwords were handed out, as far as is remembered. */
export interface HandedOut {
	/** What was made before is somebody else's matter. */
	since: Date;
	/** Records made by runs that came to an end: id → when, in milliseconds; null when the target did not tell. */
	handed: ReadonlyMap<string, number | null>;
	/** Ids and keys of records of which it is known that nobody has their first password. */
	pending: ReadonlySet<string>;
}

/** Two clocks may differ by so much. */
const APART_MS = 5 * 60_000;

/** A target may tell a time more or less exactly. */
const SAME_MS = 2_000;

/** An id that is given out again is another record. */
function wasHanded({ id, createdAt }: Current, handed: HandedOut['handed']): boolean {
	const at = handed.get(id);
	if (at === undefined) return false;
	return at === null || createdAt === undefined || Math.abs(createdAt.getTime() - at) <= SAME_MS;
}

/**
 * People on the list whose record was made, and whose first password nobody has: the run that made it broke off, or the
 * answer with it got lost. Who has signed in, or has had a record before, is none of them.
 *
 * @param reset what to do about it, as a sentence
 * @returns a result for each, as if this run had made the record: for whoever sends the welcome letters
 */
export async function withoutPassword(
	{ actions, vocabulary }: Plan,
	records: Current[],
	key: string,
	{ since, handed, pending }: HandedOut,
	reset: string,
): Promise<Result[]> {
	const recent = new Map<string, Current>();
	await visitAll(records, (record) => {
		const { id, active, createdAt, used, fields, protectedBy } = record;
		if (
			!active ||
			used === true ||
			protectedBy !== undefined ||
			wasHanded(record, handed) ||
			!isFilled(fields[key])
		)
			return;
		const isNew = createdAt !== undefined && createdAt.getTime() >= since.getTime() - APART_MS;
		if (isNew || pending.has(id) || pending.has(String(fields[key]))) recent.set(id, record);
	});
	const found: Result[] = [];
	await visitAll(recent.size === 0 ? [] : actions, (action) => {
		const { id, row } = action;
		const record = id === undefined || row === undefined ? undefined : recent.get(id);
		if (id === undefined || record === undefined) return;
		recent.delete(id);
		const { createdAt } = record;
		const reason = 'Created by an earlier run that did not come to its end';
		const made = { ...action, kind: 'create' as const, changes: {}, reason };
		const why = `${nameOf(action)}: the ${vocabulary.record} was created by a run that did not come to its end, so its first password is not known.`;
		found.push({
			action: made,
			status: 'done',
			created: { id, ...(createdAt ? { createdAt } : {}), firstPassword: NOT_KNOWN },
			problem: actionProblem('password', made, why, reset),
		});
	});
	return found;
}

/** Says so of each record made in this run whose answer got lost: another run may have made it, with another password. */
export function sayUnknown(results: Result[], { vocabulary }: Plan, reset: string): Result[] {
	return results.map((result) => {
		const { action, status, created, problem } = result;
		if (status !== 'done' || created?.firstPassword !== NOT_KNOWN || problem !== undefined) return result;
		const why = `${nameOf(action)}: the ${vocabulary.record} was created, but the answer of ${vocabulary.target} got lost, so its first password is not known.`;
		return { ...result, problem: actionProblem('password', action, why, reset) };
	});
}
