import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { ServiceError } from '../../../core/errors';
import { path } from '../../../core/http/path';
import { backfill, type Source } from '../../../core/poll/backfill';
import type { DeliveredIds } from '../../../core/webhook/deliveredIds';
import { postmarkTime } from '../filters';
import { listOf } from '../connection';
import type { Event } from './events';
import type { RecordType, Settings } from './settings';
import type { State } from './state';
import { ACCEPTED } from '../connection';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A look costs one or two requests: at most once an hour, or sooner before too many bounces have to be remembered. */
const EVERY = HOUR;
const BOUNCES_BETWEEN = 500;
/** What happened just now may still be on its way here. */
const SETTLE = 5 * MINUTE;
/** A bounce may appear in the list later than it happened: each look goes over the end of the last one again. */
const OVERLAP = 30 * MINUTE;
/** Postmark tries to hand over an inbound email for ten and a half hours before it calls it failed. */
const INBOUND_TRIES = 12 * HOUR;
/** It keeps events and messages for 45 days (https://postmarkapp.com/support/article/1079). */
const KEPT = 45 * 24 * HOUR;
const LIMITS = { most: 100, forMs: 5_000 };

export function isDue({ cursor, lookedAt = 0, since = 0 }: State, { catchUp, types }: Settings): boolean {
	return (
		catchUp &&
		cursor !== undefined &&
		types.some((type) => ['Bounce', 'SpamComplaint', 'Inbound'].includes(type)) &&
		(Date.now() - lookedAt >= EVERY || since >= BOUNCES_BETWEEN)
	);
}

export interface CaughtUp {
	events: Event[];
	/** Inbound emails that Postmark was asked to hand over again. */
	retried: string[];
	/** What to store, as the last step. */
	clock: Pick<State, 'cursor' | 'lookedAt' | 'since'>;
	isMore: boolean;
}

/**
 * Looks in Postmark for what did not get through. Bounces and spam complaints are reported from the list. Inbound emails
 * that Postmark has given up on are not: Postmark is asked to hand them over again, which brings their attachments too.
 */
export async function catchUp(
	client: Client,
	settings: Settings,
	state: State,
	seen: DeliveredIds,
): Promise<CaughtUp> {
	const now = Date.now();
	const earliest = Math.max(state.startedAt ?? 0, now - KEPT);
	const cursor = Math.max(state.cursor ?? now, earliest);
	const wants = (type: RecordType) => settings.types.includes(type);
	const retried = wants('Inbound')
		? await handOverAgain(client, Math.max(cursor - INBOUND_TRIES, earliest), now, seen)
		: [];
	if (!wants('Bounce') && !wants('SpamComplaint'))
		return { events: [], retried, clock: { cursor: now, lookedAt: now, since: 0 }, isMore: false };
	const isKnown = (id: string) => seen.has('Bounce', id) || seen.has('SpamComplaint', id);
	const from = Math.max(cursor, seen.horizon('Bounce'));
	const { rows, ...look } = await backfill(bouncesOf(client, settings), from, now - SETTLE, isKnown, LIMITS);
	const clock = look.isMore
		? { cursor: look.cursor, lookedAt: 0 }
		: { cursor: Math.max(earliest, look.cursor - OVERLAP), lookedAt: now };
	return {
		events: await Promise.all(rows.map(async (row) => await complete(row, client, settings))),
		retried,
		clock: { ...clock, since: 0 },
		isMore: look.isMore,
	};
}

/** https://postmarkapp.com/developer/api/bounce-api#bounces; spam complaints stand among them. */
function bouncesOf(client: Client, { types, streams }: Settings): Source<IDataObject> {
	return {
		id: (row) => String(row.ID),
		at: (row) => Date.parse(String(row.BouncedAt)),
		async *between(from, until) {
			const query = { ...period(from, until), ...(streams.length === 1 && { messagestream: streams[0] }) };
			for await (const row of client.pages('/bounces', listOf('Bounces'), query))
				if (types.includes(kindOf(row)) && streams.includes(String(row.MessageStream ?? streams[0])))
					yield row;
		},
	};
}

const kindOf = ({ Type }: IDataObject) => (Type === 'SpamComplaint' ? 'SpamComplaint' : 'Bounce');

/** A row of the list as the webhook would have sent it: with the email's metadata, and with the content if wanted. */
async function complete(row: IDataObject, client: Client, settings: Settings): Promise<Event> {
	const id = String(row.MessageID ?? '');
	const details = id === '' ? {} : await orNothing(client.get(path`/messages/outbound/${id}/details`));
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

/** https://postmarkapp.com/developer/api/messages-api#retry-failed-inbound-message; each is asked for once. */
async function handOverAgain(
	client: Client,
	from: number,
	until: number,
	seen: DeliveredIds,
): Promise<string[]> {
	const query = { ...period(new Date(from), new Date(until)), status: 'failed' };
	const retried: string[] = [];
	for await (const { MessageID } of client.pages('/messages/inbound', listOf('InboundMessages'), query)) {
		const id = String(MessageID);
		if (seen.has('Inbound', id) || seen.has('Retried', id)) continue;
		await orNothing(
			client.send({ method: 'PUT', path: path`/messages/inbound/${id}/retry`, answer: ACCEPTED }),
		);
		retried.push(id);
	}
	return retried;
}

/**
 * Postmark's searches read times without a zone on the clocks of the US East Coast. These never run ahead of UTC, so with
 * the beginning on their clocks and the end in UTC, nothing is left out however they are read.
 */
const period = (from: Date, until: Date) => ({
	fromdate: postmarkTime({ day: '', at: from }),
	todate: new Date(until.getTime() + MINUTE).toISOString().slice(0, 19),
});

/** What Postmark no longer has must not hold up the rest. */
async function orNothing(asked: Promise<IDataObject>): Promise<IDataObject> {
	try {
		return await asked;
	} catch (error) {
		if (error instanceof ServiceError && error.outcome === 'refused' && !error.facts.canRetry) return {};
		throw error;
	}
}
