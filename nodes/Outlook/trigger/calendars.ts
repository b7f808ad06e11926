import { invalidInput } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { calendarPath } from '../event/fields';
import type { Chosen } from './chosen';
import { placeOf, type Place, type Position } from './delta';
import { watchOf } from './watch';

/** Each is looked at with a request of its own. */
const MOST_CALENDARS = 50;
/** The usual one, when none is chosen. */
const USUAL = '';

/** The calendars that are looked at; '' for the usual one. @throws {ServiceError} for too many */
export function calendarsIn({ calendars }: Chosen): string[] {
	if (calendars.length > MOST_CALENDARS)
		throw invalidInput(
			'Calendar Names or IDs',
			`These are ${calendars.length} calendars, and ${MOST_CALENDARS} at most are looked at`,
			'Choose fewer. A second trigger can look at the others.',
		);
	return calendars.length === 0 ? [USUAL] : calendars;
}

/**
 * The same, with where the looks go on. The usual calendar goes on where it was, whether it is chosen by its ID or by choosing
 * none; one that is chosen later begins then.
 *
 * @param known where the looks have come to
 */
export async function calendarsOf(
	known: Record<string, Position>,
	chosen: Chosen,
	client: Client,
	now: number,
): Promise<Place[]> {
	const names = calendarsIn(chosen);
	const isOther = Object.keys(known).length > 0 && USUAL in known !== names.includes(USUAL);
	const usual = isOther ? await idOfUsual(chosen.mailbox, client) : undefined;
	const place = (name: string) => placeOf(watchOf(chosen, name, client, now));
	/** The same calendar by its other name. */
	const renamed = (name: string): Position | undefined => {
		if (usual === undefined || (name !== USUAL && name !== usual)) return undefined;
		const other = name === USUAL ? usual : USUAL;
		const from = known[other];
		return from?.place === place(other) ? { ...from, place: place(name) } : undefined;
	};
	return names.map((name) => ({ name, from: known[name] ?? renamed(name) ?? {} }));
}

async function idOfUsual(mailbox: string, client: Client): Promise<string> {
	const { id } = await client.send<{ id: string }>({
		path: calendarPath(mailbox, USUAL, client),
		query: { $select: 'id' },
		answer: ['id'],
	});
	return id;
}
