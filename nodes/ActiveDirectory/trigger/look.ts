import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../../core/errors';
import { counted } from '../../../core/text';
import { packed, unpacked } from '../changes/cursor';
import { deletedSince, seesDeleted } from '../changes/deleted';
import { deletedFilter } from '../changes/kinds';
import { checkSame, goesOnFrom, placeOf, type Place } from '../changes/place';
import { earlier, idOf } from '../changes/since';
import type { Directory } from '../connection';
import { dnKey } from '../dn';
import { SERVICE } from '../errors/network';
import { eventsOf, moved, type Comparing, type PersonEvent } from './compare';
import { placeIn, stateOf, type Kept, type Known, type KeptGroup, type Person } from './known';
import { membersOf, watchedGroup } from './members';
import { Reader, type Found } from './read';
import { Unsure, type Pending } from './unsure';

/** What n8n keeps for a trigger from poll to poll. */
export interface State extends Partial<Place> {
	/** Of what is watched: with another base or other attributes it begins anew. */
	of?: string;
	/** The latest time of a change, outside Active Directory. */
	at?: string;
	/** Epoch milliseconds of the last look, and of the last one at everybody. */
	lookedAt?: number;
	comparedAt?: number;
	/** `Known`, packed. */
	known?: string;
	pending?: Pending;
}

export interface Chosen {
	of: string;
	base: string;
	attributes: string[];
	/** Names of the groups that are watched. */
	groups: string[];
	/** After how many milliseconds everybody is looked at again. */
	compareMs: number;
	/** Whether it is told even when most people are gone at once. */
	tellsAnyLoss: boolean;
}

export type Happened =
	| PersonEvent
	| { event: 'unitMoved'; id: string; more: IDataObject }
	| { event: 'memberAdded' | 'memberRemoved'; id: string; person: Kept | undefined; more: IDataObject };

/** Before the last look somebody may have been made elsewhere, and clocks differ. */
const LEEWAY_MS = 10 * 60_000;
/** So many people, or this part of all, cannot be gone without a trace: more likely the account may no longer see them. */
const FEW = 10;
const PART = 0.2;

/** What happened since the last look, and what to remember of it as the very last step. @throws {ServiceError} */
export async function look(
	directory: Directory,
	before: State,
	chosen: Chosen,
	now: number,
): Promise<{ events: Happened[]; state: State }> {
	const place = await placeOf(directory);
	const isFirst = before.known === undefined || before.of !== chosen.of;
	const last: State = isFirst ? {} : before;
	const known = isFirst ? NOBODY() : unpacked<Known>(before.known!);
	const isOther = !isFirst && !goesOnFrom(before as Place, place);
	const unsure = Unsure.of(last.pending, isOther, now);
	const one = new Look(directory, last, chosen, known, unsure);
	const isDue = isFirst || unsure.isOn || now - (before.comparedAt ?? 0) >= chosen.compareMs;
	const { found, isWhole } = await one.read(isDue);
	one.people(found, isWhole);
	await one.groups(isWhole);
	await checkSame(directory, place);
	return {
		events: isFirst ? [] : one.events,
		state: {
			...place,
			...(place.usn === undefined ? latestTime(last.at, found.latest) : {}),
			of: chosen.of,
			lookedAt: now,
			comparedAt: isWhole ? now : (before.comparedAt ?? now),
			known: packed(known),
			...(unsure.pending === undefined ? {} : { pending: unsure.pending }),
		},
	};
}

const NOBODY = (): Known => ({ people: {}, units: {}, groups: {} });

function latestTime(before = '', found: string): Pick<State, 'at'> {
	const at = found > before ? found : before;
	return at === '' ? {} : { at };
}

/** One look; it brings `known` to what it has found and told. */
class Look {
	readonly events: Happened[] = [];

	constructor(
		private readonly directory: Directory,
		private readonly before: State,
		private readonly chosen: Chosen,
		private readonly known: Known,
		private readonly unsure: Unsure,
	) {}

	/** Only what was changed, where that is enough. A unit that was moved takes with it whom no number tells of. */
	async read(isDue: boolean): Promise<{ found: Found; isWhole: boolean }> {
		const reader = await Reader.of(this.directory, this.chosen);
		const { usn, at } = this.before;
		if (!isDue && usn !== undefined) {
			const found = await reader.since(usn);
			await this.addDeleted(found, usn);
			if (!this.isUnitMoved(found)) return { found, isWhole: false };
		} else if (!isDue && at !== undefined) {
			const found = await reader.sinceTime(earlier(at));
			if (!this.isUnitMoved(found)) return { found, isWhole: false };
		}
		const found = await reader.all();
		const missing = Object.keys(this.known.people).filter((id) => !found.people.has(id));
		for (const [id, dn] of await reader.elsewhere(missing)) found.outside.set(id, dn);
		await this.checkLoss(missing.filter((id) => !found.outside.has(id)));
		for (const id of missing) if (!found.outside.has(id)) found.gone.add(id);
		return { found, isWhole: true };
	}

	people(found: Found, isWhole: boolean): void {
		const { known } = this;
		const unitsBefore = known.units;
		known.units = isWhole
			? Object.fromEntries(found.units)
			: { ...unitsBefore, ...Object.fromEntries(found.units) };
		const comparing: Comparing = {
			attributes: this.chosen.attributes,
			placeBefore: placeIn(unitsBefore),
			placeNow: placeIn(known.units),
		};
		this.units(unitsBefore, comparing);
		for (const [id, person] of found.people) this.person(id, person, comparing);
		for (const [id, dn] of found.outside) this.left(id, dn);
		for (const id of found.gone) this.left(id, undefined);
	}

	async groups(isWhole: boolean): Promise<void> {
		const kept: Record<string, KeptGroup> = {};
		for (const text of this.chosen.groups) {
			const group = await watchedGroup(this.directory, text);
			const before = this.known.groups[group.id];
			const { usn, at } = this.before;
			const isTouched =
				usn === undefined
					? group.changed >= (at === undefined ? '' : earlier(at))
					: BigInt(group.changed || 0) > BigInt(usn);
			const { dn, name } = group;
			if (before !== undefined && !isWhole && !isTouched) {
				kept[group.id] = { ...before, dn, name };
				continue;
			}
			const members = await membersOf(this.directory, group);
			kept[group.id] = {
				dn,
				name,
				members:
					before === undefined ? members : this.members(group.id, { dn, name }, before.members, members),
			};
		}
		this.known.groups = kept;
	}

	private isUnitMoved({ units }: Found): boolean {
		return [...units].some(([id, dn]) => {
			const before = this.known.units[id];
			return before !== undefined && dnKey(before) !== dnKey(dn);
		});
	}

	private units(before: Record<string, string>, { placeBefore, placeNow }: Comparing): void {
		for (const [id, dn] of Object.entries(this.known.units)) {
			const old = before[id];
			if (old === undefined) continue;
			const isItself =
				placeBefore(old) !== placeNow(dn) || dnKey(old).split(',')[0] !== dnKey(dn).split(',')[0];
			if (!isItself) continue;
			if (this.unsure.believes(`unit ${id}`, dnKey(dn)))
				this.events.push({ event: 'unitMoved', id, more: { from: old, to: dn } });
			else this.known.units[id] = old;
		}
	}

	private person(id: string, { createdAt, ...now }: Person, comparing: Comparing): void {
		const before = this.known.people[id];
		const events =
			before === undefined ? [this.appeared(id, now, createdAt)] : eventsOf(id, before, now, comparing);
		if (events.length > 0 && !this.unsure.believes(id, stateOf(now))) return;
		this.known.people[id] = now;
		this.events.push(...events);
	}

	/** Somebody who has been in the domain for long was moved here. */
	private appeared(id: string, person: Kept, createdAt: string): PersonEvent {
		const since = Math.min(this.before.lookedAt ?? 0, this.unsure.since(id)) - LEEWAY_MS;
		const isNew = createdAt === '' || Date.parse(createdAt) >= since;
		return isNew
			? { event: 'userCreated', id, person, more: {} }
			: { event: 'userMoved', id, person, more: moved(null, person.dn) };
	}

	/** @param dn where the person is now; undefined for nowhere */
	private left(id: string, dn: string | undefined): void {
		const before = this.known.people[id];
		if (before === undefined || !this.unsure.believes(id, dn === undefined ? 'gone' : dnKey(dn))) return;
		delete this.known.people[id];
		if (dn === undefined) this.events.push({ event: 'userDeleted', id, person: before, more: {} });
		else {
			const person = { ...before, dn };
			this.events.push({ event: 'userMoved', id, person, more: moved(before.dn, dn, false) });
		}
	}

	private members(
		id: string,
		group: { dn: string; name: string },
		before: Record<string, string>,
		now: Record<string, string>,
	): Record<string, string> {
		const next: Record<string, string> = {};
		const tell = (event: 'memberAdded' | 'memberRemoved', member: string, dn: string): boolean => {
			if (!this.unsure.believes(`${id} ${member}`, event)) return false;
			const person = this.known.people[member];
			this.events.push({ event, id: member, person, more: { group: { id, ...group }, member: dn } });
			return true;
		};
		for (const [member, dn] of Object.entries(now))
			if (member in before || tell('memberAdded', member, dn)) next[member] = dn;
		for (const [member, dn] of Object.entries(before))
			if (!(member in now) && !tell('memberRemoved', member, dn)) next[member] = dn;
		return next;
	}

	/** People who were deleted since, where the account may see that. */
	private async addDeleted(found: Found, usn: string): Promise<void> {
		if (!(await seesDeleted(this.directory))) return;
		const deleted = deletedSince(this.directory, usn, deletedFilter('user'), ['objectGUID']);
		for await (const entry of deleted) found.gone.add(idOf(entry));
	}

	/** @param missing ids of those who are nowhere @throws {ServiceError} when that cannot be */
	private async checkLoss(missing: string[]): Promise<void> {
		const all = Object.keys(this.known.people).length;
		if (this.chosen.tellsAnyLoss || missing.length <= Math.max(FEW, all * PART)) return;
		const proven = new Set<string>();
		if (await seesDeleted(this.directory)) {
			const usn = this.unsure.isOn ? '0' : (this.before.usn ?? '0');
			const deleted = deletedSince(this.directory, usn, deletedFilter('user'), ['objectGUID']);
			for await (const entry of deleted) proven.add(idOf(entry));
		}
		const unproven = missing.filter((id) => !proven.has(id)).length;
		if (unproven <= Math.max(FEW, all * PART)) return;
		throw new ServiceError({
			service: SERVICE,
			message: `${unproven} of ${counted(all, 'person', 'people')} are nowhere to be found, and nothing shows that they were deleted: nobody is told of`,
			remedy: `Most likely the account may no longer see them. See whether it can read ${this.chosen.base}. If they are gone indeed, switch on 'Tell Any Loss' for one poll.`,
		});
	}
}
