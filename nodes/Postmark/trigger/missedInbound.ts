import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { TooManyRows, type Gap } from '../../../core/poll/backfill';
import type { DeliveredIds } from '../../../core/webhook/deliveredIds';
import { ACCEPTED } from '../connection';
import { DatedSearch } from '../api/datedSearch';
import { orNothing } from './missedBounces';

const HOUR = 60 * 60_000;
/** Postmark tries to hand over an inbound email for ten and a half hours before it calls it failed. */
const TRIES = 12 * HOUR;
/** Emails that Postmark is asked to hand over at a time. */
const MOST = 500;

export interface HandedOver {
	/** What to remember of the emails that Postmark was asked to hand over again. */
	marks: string[];
	gaps: Gap[];
	/** Where the next look begins. */
	cursor: number;
	isMore: boolean;
	failure?: unknown;
}

/**
 * Has Postmark hand over inbound emails again that it has given up on: that brings their attachments too
 * (https://postmarkapp.com/developer/api/messages-api#retry-failed-inbound-message). Those that it was asked for are no
 * longer among the failed ones, so that more than a search can reach come up one after another.
 */
export async function handOverAgain(
	client: Client,
	from: number,
	seen: DeliveredIds,
	deadline: number,
): Promise<HandedOver> {
	const now = Date.now();
	const { ids, isMore, isCut } = await givenUp(client, from, now, seen, deadline);
	const marks: string[] = [];
	const step = client.concurrency;
	for (let i = 0; i < ids.length && (i === 0 || Date.now() < deadline); i += step) {
		const some = ids.slice(i, i + step);
		try {
			await Promise.all(some.map(async (id) => await retry(client, id)));
		} catch (failure) {
			if (i === 0) throw failure;
			return { marks, gaps: [], cursor: from, isMore: true, failure };
		}
		marks.push(...some.map((id) => markOf(id, now)));
	}
	if (isMore || marks.length < ids.length || (isCut && marks.length > 0))
		return { marks, gaps: [], cursor: from, isMore: true };
	// Nothing that can be reached is left to be asked for.
	const gaps = isCut ? [{ from, until: now }] : [];
	return { marks, gaps, cursor: Math.max(from, now - TRIES), isMore: false };
}

interface GivenUp {
	ids: string[];
	/** Whether reading stopped before the end. */
	isMore: boolean;
	/** Whether some cannot be reached. */
	isCut: boolean;
}

/** Whatever date an email carries is its sender's: Postmark alone knows when it came. */
async function givenUp(
	client: Client,
	from: number,
	until: number,
	seen: DeliveredIds,
	deadline: number,
): Promise<GivenUp> {
	const search = new DatedSearch(client, '/messages/inbound', 'InboundMessages', { status: 'failed' });
	const ids: string[] = [];
	try {
		for await (const { MessageID } of search.between(new Date(from), new Date(until), Infinity)) {
			const id = String(MessageID);
			if (isKnown(id, until, seen)) continue;
			if (ids.length >= MOST || (ids.length > 0 && Date.now() > deadline))
				return { ids, isMore: true, isCut: false };
			ids.push(id);
		}
	} catch (error) {
		if (!(error instanceof TooManyRows)) throw error;
		return { ids, isMore: false, isCut: true };
	}
	return { ids, isMore: false, isCut: false };
}

/** Asked for once in half a day or longer: when Postmark has given up on it again by then, n8n was away again. */
const markOf = (id: string, now: number): string => `${id} ${Math.floor(now / TRIES)}`;

const isKnown = (id: string, now: number, seen: DeliveredIds): boolean =>
	seen.has('Inbound', id) || [now, now - TRIES].some((at) => seen.has('Retried', markOf(id, at)));

async function retry(client: Client, id: string): Promise<void> {
	await orNothing(
		client.send({ method: 'PUT', path: path`/messages/inbound/${id}/retry`, answer: ACCEPTED }),
	);
}
