import type { Client } from '../../../core/http/client';
import { DeliveredIds, type KeptIds } from '../../../core/webhook/deliveredIds';
import { AT_ONCE } from '../batch';
import { calendarsOf } from './calendars';
import type { Chosen } from './chosen';
import {
	beginning,
	changesSince,
	most,
	TOLD,
	type Found,
	type How,
	type Place,
	type Position,
} from './delta';
import { ofCalendars, ofFolders } from './fields';
import { foldersOf } from './folders';
import { ofPlace } from './missing';
import { withoutThoseOutside } from './outOfView';
import { firstOf, watchOf } from './watch';

/** What a trigger remembers. */
export interface State {
	/** Where the look at each folder or calendar has come to, by its name. */
	places?: Record<string, Position>;
	/** When a place begins that was not looked at before, in epoch milliseconds; when it is looked at first, if this is not said. */
	since?: number;
	/** What was told, of all of them. */
	seen?: KeptIds;
}

export interface Changes {
	found: Found[];
	/** To be stored as the very last step. */
	state: State;
	/** Whether there may be more already. */
	isMore: boolean;
}

const REMEMBERED = 20_000;
/** When so many changes are found nothing else is asked for: they are all in memory, and what was told must be remembered. */
const MOST_FOUND = 5_000;
/** Of so many messages, contacts or events of all places it is known that they are there. */
const KNOWN = 5_000;

/**
 * What changed in all that is chosen. What was told is known in all of it: a message that moves from one watched folder into
 * another is no new message.
 *
 * @param forMs after how many milliseconds nothing else is asked for
 */
export async function changesInPlaces(
	before: State,
	chosen: Chosen,
	client: Client,
	now: number,
	forMs = Infinity,
): Promise<Changes> {
	const seen = DeliveredIds.of(before.seen, { most: { [TOLD]: REMEMBERED } });
	const { since } = before;
	const places = await placesOf(before.places ?? {}, chosen, client, { now, start: since });
	const changes: Changes = {
		found: [],
		state: { ...(since === undefined ? {} : { since }), places: {} },
		isMore: false,
	};
	const how = { now, start: since, seen, forMs, mostKnown: Math.floor(KNOWN / places.length) };
	let text = 0;
	const look = async ({ name, from }: Place) => {
		const isMuch = changes.found.length >= MOST_FOUND || text >= most.text;
		const isEnough = isMuch || Date.now() - now > forMs;
		const watch = watchOf(chosen, name, client, now);
		const judge = async (taken: Found[], to: Position) =>
			await withoutThoseOutside(taken, { mailbox: chosen.mailbox, watch, from, to, seen }, client);
		const isCalendar = chosen.event === 'eventChanged';
		const come = isEnough
			? { found: [], text: 0, position: { since: since ?? beginning(client, now), ...from }, isMore: true }
			: await ofPlace(
					changesSince(from, watch, client, { ...how, ...(isCalendar ? { judge } : {}) }),
					name,
					chosen,
				);
		changes.found.push(...come.found);
		text += come.text;
		changes.state.places![name] = come.position;
		changes.isMore ||= come.isMore;
	};
	// As many side by side as Outlook works on at a time; more would only fill the memory.
	for (let at = 0; at < places.length; at += AT_ONCE)
		await Promise.all(places.slice(at, at + AT_ONCE).map(look));
	return { ...changes, state: { ...changes.state, seen: seen.kept() } };
}

async function placesOf(
	known: Record<string, Position>,
	chosen: Chosen,
	client: Client,
	{ now, start }: Pick<How, 'now' | 'start'>,
): Promise<Place[]> {
	if (ofFolders.includes(chosen.event)) return await foldersOf(known, chosen, client, start);
	if (ofCalendars.includes(chosen.event)) return await calendarsOf(known, chosen, client, now);
	const name = firstOf(chosen);
	return [{ name, from: known[name] ?? {} }];
}
