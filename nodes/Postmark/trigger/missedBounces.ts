import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { backfill, type Backfill, type Source } from '../../../core/poll/backfill';
import type { DeliveredIds } from '../../../core/webhook/deliveredIds';
import { DatedSearch } from '../api/datedSearch';
import type { Event } from './events';
import type { Settings } from './settings';

const MINUTE = 60_000;
/** What happened just now may still be on its way here. */
const SETTLE = 5 * MINUTE;
/** A bounce may appear in the list later than it happened: each look goes over the end of the last one again. */
const OVERLAP = 30 * MINUTE;
/** Events given at a time, each of which takes one or two requests more. */
const MOST = 250;

export interface MissedBounces extends Omit<Backfill<Event>, 'cursor'> {
	/** Where the next look begins. */
	cursor: number;
	/** The zone in which Postmark reads dates, if it had to be known. */
	zone?: string;
}

/** Where a look begins, and what the last one has learned. */
export interface Start {
	from: number;
	windowMs?: number | undefined;
	zone?: string | undefined;
}

/** Stands for an email that Postmark does not have, such as that of a test. */
const NO_MESSAGE = '00000000-0000-0000-0000-000000000000';

/** Bounces and spam complaints that did not get through, oldest first, as the webhook would have brought them. */
export async function missedBounces(
	client: Client,
	settings: Settings,
	{ from, windowMs, zone }: Start,
	seen: DeliveredIds,
	deadline: number,
): Promise<MissedBounces> {
	const isKnown = (id: string) => seen.has('Bounce', id) || seen.has('SpamComplaint', id);
	const { search, source } = bouncesOf(client, settings);
	if (zone !== undefined) search.zone = zone;
	const until = Math.max(from, Date.now() - SETTLE);
	const limits = { most: MOST, forMs: deadline - Date.now(), ...(windowMs !== undefined && { windowMs }) };
	const look = await backfill(source, from, until, isKnown, limits);
	const learned = search.zone === undefined ? {} : { zone: search.zone };
	const { events, failure } = await completed(look.rows, client, settings, deadline);
	if (events.length < look.rows.length) {
		// The rest comes with the next look; so do gaps, which lie behind.
		const cursor = Math.min(look.cursor, source.at(look.rows[events.length]!));
		return { ...look, ...learned, rows: events, gaps: [], cursor, isMore: true, failure };
	}
	const cursor = look.isMore ? look.cursor : Math.max(from, look.cursor - OVERLAP);
	return { ...look, ...learned, rows: events, cursor };
}

/** https://postmarkapp.com/developer/api/bounce-api#bounces; spam complaints stand among them. */
function bouncesOf(client: Client, { types, streams }: Settings) {
	const at = (row: IDataObject) => Date.parse(String(row.BouncedAt));
	const query = streams.length === 1 ? { messagestream: streams[0] } : {};
	const search = new DatedSearch(client, '/bounces', 'Bounces', query, at);
	const source: Source<IDataObject> = {
		id: (row) => String(row.ID),
		at,
		async *between(from, until, most) {
			for await (const row of search.between(from, until, most))
				if (types.includes(kindOf(row)) && streams.includes(String(row.MessageStream ?? streams[0])))
					yield row;
		},
	};
	return { search, source };
}

const kindOf = ({ Type }: IDataObject) => (Type === 'SpamComplaint' ? 'SpamComplaint' : 'Bounce');

/** Rows as events, from the first to the last that could be completed in time; at least some, or the fault. */
async function completed(
	rows: IDataObject[],
	client: Client,
	settings: Settings,
	deadline: number,
): Promise<{ events: Event[]; failure?: unknown }> {
	const events: Event[] = [];
	const step = client.concurrency;
	for (let i = 0; i < rows.length && (i === 0 || Date.now() < deadline); i += step)
		try {
			const some = rows.slice(i, i + step);
			events.push(...(await Promise.all(some.map(async (row) => await complete(row, client, settings)))));
		} catch (failure) {
			if (events.length === 0) throw failure;
			return { events, failure };
		}
	return { events };
}

/** A row of the list as the webhook would have sent it: with the email's metadata, and with the content if wanted. */
async function complete(row: IDataObject, client: Client, settings: Settings): Promise<Event> {
	const id = String(row.MessageID ?? NO_MESSAGE);
	const details =
		id === NO_MESSAGE ? {} : await orNothing(client.get(path`/messages/outbound/${id}/details`));
	const dump =
		settings.includeContent && row.DumpAvailable === true
			? await orNothing(client.get(path`/bounces/${String(row.ID)}/dump`))
			: {};
	return {
		...row,
		RecordType: kindOf(row),
		Metadata: details.Metadata ?? {},
		...(settings.includeContent && { Content: dump.Body ?? '' }),
	};
}

/** What Postmark no longer has must not hold up the rest. */
export async function orNothing(asked: Promise<IDataObject>): Promise<IDataObject> {
	try {
		return await asked;
	} catch (error) {
		if (error instanceof ServiceError && error.outcome === 'refused' && !error.facts.canRetry) return {};
		throw error;
	}
}
