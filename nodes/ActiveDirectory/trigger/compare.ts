import type { IDataObject } from 'n8n-workflow';
import { dnKey } from '../dn';
import { isSameValue, told, type Kept } from './known';

/** What is told of a person. */
export interface PersonEvent {
	event: 'userCreated' | 'userChanged' | 'userDisabled' | 'userEnabled' | 'userMoved' | 'userDeleted';
	id: string;
	/** As the person is now, or was last. */
	person: Kept;
	more: IDataObject;
}

export interface Comparing {
	attributes: string[];
	/** Where an entry stood, and stands, by the id of what it is in. */
	placeBefore(dn: string): string;
	placeNow(dn: string): string;
}

/** What is another way than it was. The entry's name and place are no attributes: they come apart from them. */
export function eventsOf(
	id: string,
	before: Kept,
	now: Kept,
	{ attributes, placeBefore, placeNow }: Comparing,
): PersonEvent[] {
	const events: PersonEvent[] = [];
	const add = (event: PersonEvent['event'], more: IDataObject = {}) =>
		events.push({ event, id, person: now, more });
	if (placeBefore(before.dn) !== placeNow(now.dn)) add('userMoved', moved(before.dn, now.dn));
	const changes: IDataObject[] = attributes.flatMap((attribute, i) =>
		isSameValue(before.values[i], now.values[i])
			? []
			: [{ attribute, ...ends(before.values[i], now.values[i]) }],
	);
	if (ownName(before.dn) !== ownName(now.dn)) changes.push({ attribute: 'dn', from: before.dn, to: now.dn });
	if (changes.length > 0) add('userChanged', { changes });
	if (before.enabled !== now.enabled && now.enabled !== null)
		add(now.enabled ? 'userEnabled' : 'userDisabled');
	return events;
}

const ownName = (dn: string): string => dnKey(dn).split(/(?<!\\),/)[0] ?? '';

/** @param isInside whether it is still below the base */
export const moved = (from: string | null, to: string, isInside = true): IDataObject => ({
	from,
	to,
	isInside,
});

/** Long values are not kept: what was there before is then not said. */
function ends(from: unknown, to: unknown): IDataObject {
	const [before, now] = [told(from), told(to)];
	return {
		...(before === undefined ? {} : { from: before as IDataObject[string] }),
		...(now === undefined ? {} : { to: now as IDataObject[string] }),
	};
}
