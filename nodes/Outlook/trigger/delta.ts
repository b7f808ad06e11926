import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import type { DeliveredIds } from '../../../core/webhook/deliveredIds';
import {
	charactersIn,
	firstPage,
	followLink,
	linkOf,
	Pace,
	PAGE_SIZE,
	pathIn,
	type Page,
} from '../api/changePages';
import { withoutNotes } from '../api/messages';
import { Known, type KeptKnown } from './known';
import type { Watch } from './watch';

/** Where the look at one place has come to. */
export interface Position extends KeptKnown {
	/** Where to go on: a link of Graph’s. */
	link?: string;
	/** What is older is none of its business, in epoch milliseconds. */
	since?: number;
	/** Since when it is looked at, in epoch milliseconds: what was before is not told, however far a round has to look back. */
	startedAt?: number;
	/** Whether the first round, in which Graph tells what is there already, is over. */
	isPrimed?: boolean;
	/** When the round was begun whose links are followed. */
	begunAt?: number;
	/** What the link was asked for with: where, and which kind of change; and which fields. */
	place?: string;
	fields?: string;
	/** How many rows are asked for at a time, after a page that made too long an answer. */
	pageSize?: number;
}

/** A folder, a calendar or the contacts, by its name, and where the look at it goes on. */
export interface Place {
	name: string;
	from: Position;
}

/** Pages of one poll: what is left comes with the next. */
const MOST_PAGES = 25;
/**
 * A round through all that is there takes more of them, as next to nothing of it is told. n8n waits for so long when the trigger
 * is switched on; tests have less time.
 */
export const round = { ms: 15_000 };
/**
 * When the bodies of what was found have so many characters nothing else is asked for either: they are all in memory, and in
 * what n8n saves of the execution. Tests need fewer.
 */
export const most = { text: 20_000_000 };
/** The kinds of what was told: a change, and that an event or a contact is new. */
export const TOLD = 'row';
const NEW = 'new';
/** How far back a round that has to begin anew looks again: what was seen is known. */
const OVERLAP_MS = 3_600_000;
const CLOCKS_APART_MS = 5 * 60_000;
const DAY_MS = 86_400_000;
const SECOND_MS = 1_000;

/** A change. */
export interface Found {
	row: IDataObject;
	/** What makes it that one. */
	name: string;
	/** Of what is gone, whether it was known to be there. */
	wasThere?: boolean;
}

export interface Changes {
	found: Found[];
	/** Characters of the bodies. */
	text: number;
	/** To be stored as the very last step. */
	position: Position;
	/** Whether there may be more already. */
	isMore: boolean;
}

/** What is the same for all places. Times are epoch milliseconds. */
export interface How {
	now: number;
	/** When a place begins that was not looked at before; now by Outlook’s clock, if this is not said. */
	start: number | undefined;
	/** What was told of all places; what is told now is added. */
	seen: DeliveredIds;
	/** Of so many IDs it is known that they are there. */
	mostKnown: number;
	/** After how many milliseconds no other page is asked for. */
	forMs: number;
	/**
	 * What of some changes is told, and how, where that takes requests: page by page, so that a look ends in time and the next
	 * one goes on. It is given where the look has come to.
	 */
	judge?: (taken: Found[], state: Position) => Promise<Found[]>;
}

/** A look at one place. */
interface Look extends Pick<How, 'now' | 'seen' | 'judge'> {
	state: Position;
	watch: Watch;
	/** Where what is gone is told: what is there. */
	known: Known;
	pace: Pace;
	/** Of this page, to be judged. */
	taken: Found[];
	found: Found[];
	/** Characters of the bodies in all of these. */
	text: number;
}

/**
 * What changed in a place since the last look. The first look, and one after Graph has forgotten where the last one came to, goes
 * through all that is there and gives only what is newer than the trigger (or the last look) and not known.
 *
 * What was there before Graph forgot and is not found again is gone.
 *
 * What is known of another place, or of another kind of change, says nothing: this one begins then at `start`.
 */
export async function changesSince(
	before: Position,
	watch: Watch,
	client: Client,
	{ now, start, seen, mostKnown, forMs, judge }: How,
): Promise<Changes> {
	const state: Position = {
		...(start === undefined ? {} : { since: start }),
		begunAt: now,
		...fitting(before, watch, now, client),
	};
	if (state.since !== undefined) beginAt(state.since, state);
	const known = new Known(state, mostKnown);
	const look: Look = {
		state,
		watch,
		seen,
		known,
		pace: new Pace(state.pageSize),
		now,
		taken: [],
		found: [],
		text: 0,
		...(judge && { judge }),
	};
	const isOld = watch.renewAfterDays !== undefined && now - state.begunAt! > watch.renewAfterDays * DAY_MS;
	let isMore = true;
	const isSoon = () => Date.now() - now <= round.ms;
	const isInTime = () => Date.now() - now <= forMs && (judge === undefined || isSoon());
	const goesOn = (pages: number): boolean => {
		if (pages === 0) return Date.now() - now <= forMs;
		const isFew = look.found.length < MOST_PAGES * PAGE_SIZE;
		if (look.text >= most.text) return false;
		return isInTime() && (pages < MOST_PAGES || (!state.isPrimed && isFew && isSoon()));
	};
	for (let pages = 0; goesOn(pages); pages++) {
		const page = await nextPage(look, client);
		beginAt(beginning(client, now), state);
		const { link, isLast } = linkOf(page, client);
		for (const row of page.value) take(row, look);
		await settle(look);
		state.link = link;
		if (!isLast) continue;
		state.isPrimed = true;
		// What is not reached is missing in the next look too, which takes what came since the same time for new.
		if (!(await tellMissing(look, isInTime))) break;
		if (!isOld || state.begunAt === now) {
			state.since = client.clock.at(now);
			isMore = false;
			break;
		}
		begin(state, now);
		known.clear();
	}
	beginAt(beginning(client, now), state);
	const { known: _known, lost: _lost, pageSize: _size, ...rest } = state;
	const { size } = look.pace;
	const position = { ...rest, ...known.kept(), ...(size < PAGE_SIZE ? { pageSize: size } : {}) };
	return { found: look.found, text: look.text, isMore, position };
}

/**
 * When a trigger begins, in epoch milliseconds. What comes now must not be older: n8n's clock may be ahead of Outlook's, and the
 * time of a message stands for all of its second.
 */
export function beginning(client: Client, now: number): number {
	const moment = client.clock.at(now);
	return moment - (moment % SECOND_MS);
}

/** Of a place that was not looked at before. */
function beginAt(moment: number, state: Position): void {
	state.since ??= moment;
	state.startedAt ??= state.since;
}

async function settle(look: Look): Promise<void> {
	const taken = look.taken.splice(0);
	look.found.push(...((await look.judge?.(taken, look.state)) ?? taken));
}

/** What was there before Graph forgot the place and was not found again, some at a time. @returns whether that is all of it */
async function tellMissing(look: Look, isInTime: () => boolean): Promise<boolean> {
	const missing = look.known.missing();
	for (let at = 0; at < missing.length; at += PAGE_SIZE) {
		if (at > 0 && !isInTime()) return false;
		for (const id of missing.slice(at, at + PAGE_SIZE)) take({ id, '@removed': {} }, look);
		await settle(look);
	}
	return true;
}

/**
 * What is remembered, as far as it is about what is looked at now: a link keeps to the folder, the kind of change and the
 * fields that it was asked for with. Another place begins anew; with other fields there is a new round, and what was told is known.
 */
function fitting(before: Position, watch: Watch, now: number, client: Client): Position {
	const place = placeOf(watch);
	const fields = String(watch.query.$select ?? '');
	const isOtherPlace = before.place !== undefined && before.place !== place;
	// The credential was changed to another cloud.
	const isOtherCloud = before.link !== undefined && pathIn(before.link, client) === undefined;
	if (isOtherPlace || isOtherCloud) return { place, fields };
	const state = { ...before, place, fields };
	if (before.fields !== undefined && before.fields !== fields) begin(state, now);
	return state;
}

/** What a link keeps to beside the fields. */
export const placeOf = ({ path, query }: Watch): string => `${path} ${String(query.changeType ?? '')}`;

async function nextPage({ state, watch, known, now, pace }: Look, client: Client): Promise<Page> {
	if (state.link !== undefined) {
		try {
			return await followLink(state.link, client, pace);
		} catch (error) {
			// Graph no longer knows where this link was: all is gone through again.
			if (!client.isGone(error)) throw error;
			if (state.isPrimed) state.since = lookingBack(state);
			begin(state, now);
			known.search();
		}
	}
	return await firstPage(watch.path, watch.query, client, pace);
}

/** Where a round begins that goes through all again. */
const lookingBack = ({ since, startedAt }: Position): number => Math.max(since! - OVERLAP_MS, startedAt!);

/** When a place was looked at last, by whichever clock: n8n's may be ahead of Outlook's, by which changes have their times. */
export const justBefore = ({ since = Infinity, startedAt = 0 }: Position): number =>
	Math.max(since - CLOCKS_APART_MS, startedAt);

function begin(state: Position, now: number): void {
	delete state.link;
	state.isPrimed = false;
	state.begunAt = now;
}

function take(row: IDataObject, look: Look): void {
	const { state, watch, seen, taken } = look;
	const isGone = row['@removed'] !== undefined;
	const wasThere = noted(String(row.id), isGone, look);
	if (watch.wants === (isGone ? 'present' : 'gone')) return;
	if (!state.isPrimed && !wasThere && (isGone || !isNewer(row, look))) return;
	const plain = { ...watch.adds, ...told(row) };
	const name = wasThere ? unusedName(nameOf(plain, watch), seen) : nameOf(plain, watch);
	if (seen.has(TOLD, name)) return;
	seen.add(TOLD, name);
	look.text += charactersIn([row]);
	if (isGone) taken.push({ name, row: plain, wasThere });
	else
		taken.push({
			name,
			row: watch.wants === 'both' ? { ...plain, isNew: isNew(plain, state, seen) } : plain,
		});
}

/** Takes note of what is there where what is gone is told. @returns of what is gone, whether it was known to be there */
function noted(id: string, isGone: boolean, { watch, known }: Look): boolean {
	if (watch.wants === 'present') return false;
	if (isGone) return known.go(id);
	known.come(id);
	return false;
}

const isNewer = (row: IDataObject, { state, watch }: Look): boolean =>
	Date.parse(String(row[watch.time] ?? '')) >= state.since!;

/** Whether an event or a contact was made since the last look. One that becomes visible late is new too, once. */
function isNew({ id, createdDateTime }: IDataObject, state: Position, seen: DeliveredIds): boolean {
	if (!(Date.parse(String(createdDateTime)) >= lookingBack(state)) || seen.has(NEW, String(id))) return false;
	seen.add(NEW, String(id));
	return true;
}

/** What makes a change that one. What is gone from one place may go from another afterwards. */
export function nameOf(row: IDataObject, watch: Watch): string {
	const id = String(row.id);
	if (watch.once) return id;
	if (row.change === 'gone') return `${id} gone ${watch.name}`;
	// Of an event of a series Graph may tell no more than when it is.
	return `${id} ${String(row.changeKey ?? row[watch.time] ?? JSON.stringify(row))}`;
}

/** What has come back after it was gone, and goes again, is another change: whoever knows what was told must not take it for the first. */
function unusedName(name: string, seen: DeliveredIds, time = 1): string {
	const unused = time === 1 ? name : `${name} ${time}`;
	return seen.has(TOLD, unused) ? unusedName(name, seen, time + 1) : unused;
}

/** A row with what became of it in plain words. */
export function told({ '@removed': removed, '@odata.type': _type, ...row }: IDataObject): IDataObject {
	return { ...withoutNotes(row), change: removed === undefined ? 'present' : 'gone' };
}
