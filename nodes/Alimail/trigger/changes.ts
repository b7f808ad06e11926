import type { IDataObject } from 'n8n-workflow';
import { isSame, rowOf, shown, WATCHED, type Known } from './known';

export type Users = Map<string, Known>;

/** What has become of one account. */
export interface UserEvent extends IDataObject {
	event: 'created' | 'changed' | 'frozen' | 'unfrozen' | 'deleted';
	/** The account's. */
	id: string;
	user: IDataObject;
}

const isFrozen = ({ status }: Known): boolean => status === 'FREEZE';

/**
 * What is different between two looks at all accounts, but for those that are missing. Pure.
 *
 * @param fields that count for `changed`
 */
export function changesBetween(before: Users, now: Users, fields: readonly string[]): UserEvent[] {
	const events: UserEvent[] = [];
	for (const [id, known] of now) {
		const earlier = before.get(id);
		const tell = (event: UserEvent['event'], more: IDataObject = {}) =>
			events.push({ event, id, user: rowOf(known), ...more });
		if (earlier === undefined) {
			tell('created');
			continue;
		}
		const changes = differences(earlier, known, fields);
		if (Object.keys(changes).length > 0) tell('changed', { changes });
		if (isFrozen(known) && !isFrozen(earlier)) tell('frozen');
		if (!isFrozen(known) && isFrozen(earlier)) tell('unfrozen');
	}
	return events;
}

function differences(earlier: Known, known: Known, fields: readonly string[]): IDataObject {
	const changed = WATCHED.filter((field) => fields.includes(field) && !isSame(earlier[field], known[field]));
	return Object.fromEntries(
		changed.map((field) => [field, { from: shown(field, earlier[field]), to: shown(field, known[field]) }]),
	);
}

/**
 * A field that several had and nobody has any more was not given: a permission or a setting has changed, and not everybody's
 * data. What was known of it stays.
 */
export function withKnown(before: Users, now: Users): Users {
	const lost = WATCHED.filter((field) => {
		const had = [...before.values()].filter((known) => known[field] !== '').length;
		return had > 1 && ![...now.values()].some((known) => known[field] !== '');
	});
	if (lost.length === 0) return now;
	const kept = (id: string): Partial<Known> =>
		Object.fromEntries(lost.map((field) => [field, before.get(id)?.[field] ?? '']));
	return new Map([...now].map(([id, known]) => [id, { ...known, ...kept(id) }]));
}

/** Accounts that may be missing at once: one always may. @param percent 0: all may */
export const mayBeMissing = (percent: number, all: number): number =>
	percent === 0 ? Infinity : Math.max(1, Math.floor((percent / 100) * all));
