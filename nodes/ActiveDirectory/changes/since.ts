import { ServiceError } from '../../../core/errors';
import { counted } from '../../../core/text';
import type { Directory } from '../connection';
import { isWithin } from '../dn';
import { SERVICE } from '../errors/network';
import { all, type Filter } from '../filter/filter';
import { isoToGeneralized, generalizedToIso } from '../values/times';
import type { Entry } from '../values/decode';
import { guidOf } from '../values/identifiers';
import { listOf } from '../wire/serverInfo';
import { packed, unpacked, type Cursor } from './cursor';
import { DELETED_ATTRIBUTES, deletedSince, seesDeleted } from './deleted';
import { after, checkSame, goesOnFrom, placeOf, type Place } from './place';

export interface Asked {
	base: string;
	scope: 'base' | 'one' | 'sub';
	/** Of what is there, in the directory's own terms. */
	filter: Filter;
	/** Of what was deleted. */
	deleted: Filter;
	attributes: string[];
	/** Whether all ids are compared with those of the last look. */
	compares: boolean;
	/** Fingerprint of all this. */
	of: string;
}

export interface Told {
	change: 'present' | 'created' | 'changed' | 'deleted' | 'gone';
	id: string;
	/** Undefined when only the id is left. */
	entry?: Entry;
}

export interface End {
	cursor: Cursor;
	/** Why all was given, and not only what changed. */
	anew?: 'noCursor' | 'otherServer' | 'otherQuestion';
	/** Whether deleted entries were looked for. */
	seesDeleted: boolean;
}

/** What replicas may be behind each other, and clocks apart: so long before the latest change is looked at again. */
const OVERLAP_MS = 60_000;
/** Stamps that a cursor holds at most. Where more was changed within a minute, some of it is told twice. */
const MOST_SEEN = 2_000;
/** So many known entries cannot all be gone: more likely the account may no longer see them. */
const FEW = 10;

/** Told one by one; the end comes last. @throws {ServiceError} */
export async function* changesSince(
	directory: Directory,
	asked: Asked,
	cursor: Cursor | undefined,
): AsyncGenerator<Told | End> {
	const place = await placeOf(directory);
	const anew =
		cursor === undefined
			? 'noCursor'
			: cursor.of !== asked.of
				? 'otherQuestion'
				: goesOnFrom(cursor, place)
					? undefined
					: 'otherServer';
	const from = anew === undefined ? cursor : undefined;
	const isActiveDirectory = place.usn !== undefined;
	const next: Cursor = { v: 1, of: asked.of, ...place };
	yield* isActiveDirectory ? byNumber(directory, asked, from) : byTime(directory, asked, from, next);
	const sees = await seesDeleted(directory);
	const told = new Set<string>();
	if (sees && from?.usn !== undefined)
		for await (const one of deletedFrom(directory, asked, from.usn)) {
			told.add(one.id);
			yield one;
		}
	if (asked.compares) yield* compared(directory, asked, from, next, told);
	await checkSame(directory, place);
	yield { cursor: next, ...(anew === undefined ? {} : { anew }), seesDeleted: sees };
}

async function* byNumber(
	directory: Directory,
	{ base, scope, filter, attributes }: Asked,
	from: Place | undefined,
): AsyncGenerator<Told> {
	const usn = from?.usn;
	const changed: Filter | undefined =
		usn === undefined ? undefined : { compare: '>=', attribute: 'uSNChanged', value: after(usn) };
	const found = directory.search({
		base,
		scope,
		filter: all(filter, changed),
		attributes: [...attributes, 'objectGUID', 'uSNCreated'],
	});
	for await (const entry of found) {
		const isNew = usn !== undefined && BigInt(listOf(entry.uSNCreated)[0] ?? 0) > BigInt(usn);
		yield { change: usn === undefined ? 'present' : isNew ? 'created' : 'changed', id: idOf(entry), entry };
	}
}

async function* byTime(
	directory: Directory,
	{ base, scope, filter, attributes }: Asked,
	from: Cursor | undefined,
	next: Cursor,
): AsyncGenerator<Told> {
	const since = from?.at === undefined ? undefined : earlier(from.at);
	const changed: Filter | undefined =
		since === undefined ? undefined : { compare: '>=', attribute: 'modifyTimestamp', value: since };
	const query = { base, scope, filter: all(filter, changed) };
	const found = directory.search({
		...query,
		attributes: [...attributes, 'entryUUID', 'entryCSN', 'createTimestamp', 'modifyTimestamp'],
	});
	const stamps = new Map<string, [time: string, stamp: string]>();
	let latest = from?.at ?? '';
	for await (const entry of found) {
		const [time = ''] = listOf(entry.modifyTimestamp);
		const [stamp = time] = listOf(entry.entryCSN);
		const id = idOf(entry);
		if (time > latest) latest = time;
		stamps.set(id, [time, stamp]);
		if (from?.seen?.[id] === stamp) continue;
		yield { change: from === undefined ? 'present' : newOrNot(entry, from.at), id, entry };
	}
	if (latest !== '') Object.assign(next, { at: latest, seen: latestOf(stamps, earlier(latest)) });
}

const newOrNot = (entry: Entry, at = ''): 'created' | 'changed' =>
	at !== '' && (listOf(entry.createTimestamp)[0] ?? '') >= at ? 'created' : 'changed';

/** The stamps of what will be looked at again. */
const latestOf = (stamps: Map<string, [time: string, stamp: string]>, edge: string): Record<string, string> =>
	Object.fromEntries(
		[...stamps]
			.filter(([, [time]]) => time >= edge)
			.slice(-MOST_SEEN)
			.map(([id, [, stamp]]) => [id, stamp]),
	);

/** The start of the time that is looked at again. */
export const earlier = (time: string): string =>
	isoToGeneralized(new Date(Date.parse(generalizedToIso(time) ?? '') - OVERLAP_MS), false);

async function* deletedFrom(directory: Directory, asked: Asked, usn: string): AsyncGenerator<Told> {
	const attributes = [...new Set([...DELETED_ATTRIBUTES, ...asked.attributes])];
	for await (const entry of deletedSince(directory, usn, asked.deleted, attributes)) {
		const [parent = ''] = listOf(entry.lastKnownParent);
		// Where it stood is a deleted place itself when all above it was deleted too.
		if (parent !== '' && !/\\0ADEL:/i.test(parent) && !isWithin(parent, asked.base)) continue;
		yield { change: 'deleted', id: idOf(entry), entry };
	}
}

async function* compared(
	directory: Directory,
	{ base, scope, filter }: Asked,
	from: Cursor | undefined,
	next: Cursor,
	told: ReadonlySet<string>,
): AsyncGenerator<Told> {
	const attributes = [next.usn === undefined ? 'entryUUID' : 'objectGUID'];
	const there = new Set<string>();
	for await (const entry of directory.search({ base, scope, filter, attributes })) there.add(idOf(entry));
	next.known = packed([...there]);
	if (from?.known === undefined) return;
	const known = unpacked<string[]>(from.known);
	if (there.size === 0 && known.length > FEW)
		throw new ServiceError({
			service: SERVICE,
			message: `None of the ${counted(known.length, 'entry', 'entries')} of the last look is found any more`,
			remedy: `Most likely the account may no longer see them, or they were moved out of ${base}. If they are gone indeed, run it once without a cursor.`,
		});
	for (const id of known) if (!there.has(id) && !told.has(id)) yield { change: 'gone', id };
}

/** What an entry keeps for good. */
export function idOf(entry: Entry): string {
	const [guid] = [entry.objectGUID ?? []].flat();
	if (Buffer.isBuffer(guid) && guid.length === 16) return guidOf(guid);
	return listOf(entry.entryUUID)[0] ?? entry.dn;
}
