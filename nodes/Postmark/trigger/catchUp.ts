import type { Client } from '../../../core/http/client';
import type { DeliveredIds } from '../../../core/webhook/deliveredIds';
import type { Event } from './events';
import { gapItem } from './gaps';
import { missedBounces } from './missedBounces';
import { handOverAgain } from './missedInbound';
import type { Settings } from './settings';
import type { State } from './state';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A look costs one or two requests: at most once an hour, or sooner before too many bounces have to be remembered. */
const EVERY = HOUR;
const BOUNCES_BETWEEN = 2_000;
/** It keeps events and messages for 45 days (https://postmarkapp.com/support/article/1079). */
const KEPT_DAYS = 45;
const KEPT = KEPT_DAYS * 24 * HOUR;

/** What a search can reach must be known, so that it is not reported twice. */
export const REMEMBERED = { Bounce: 10_000, SpamComplaint: 10_000, Inbound: 10_000, Retried: 10_000 };

/**
 * Starts looking for kinds of events that are wanted from now on, and stops for those that are not: what happened before a
 * kind was wanted is none of the trigger's business. To be called whenever the form may have changed.
 */
export function syncCursors(state: State, { catchUp, types }: Settings): void {
	const now = Date.now();
	const isWanted = {
		cursor: catchUp && (types.includes('Bounce') || types.includes('SpamComplaint')),
		inboundCursor: catchUp && types.includes('Inbound'),
	};
	for (const name of ['cursor', 'inboundCursor'] as const)
		if (isWanted[name]) state[name] ??= now;
		else delete state[name];
}

export function isDue(
	{ cursor, inboundCursor, lookedAt = 0, since = 0 }: State,
	{ catchUp }: Settings,
): boolean {
	return (
		catchUp &&
		(cursor !== undefined || inboundCursor !== undefined) &&
		(Date.now() - lookedAt >= EVERY || since >= BOUNCES_BETWEEN)
	);
}

export interface CaughtUp {
	events: Event[];
	/** Items that tell of what cannot be caught up. */
	gaps: Event[];
	/** What to remember of the inbound emails that Postmark was asked to hand over again. */
	retried: string[];
	/** What to store, as the last step. */
	clock: Pick<State, 'cursor' | 'inboundCursor' | 'learned' | 'lookedAt' | 'since'>;
	isMore: boolean;
	/** What ended it early: what was found before is given all the same, and the next look goes on there. */
	failure?: unknown;
}

/**
 * Looks in Postmark for what did not get through. Bounces and spam complaints are reported from the list. Inbound emails
 * that Postmark has given up on are not: Postmark is asked to hand them over again.
 *
 * @param forMs after how many milliseconds to come to an end; some progress is made in any case
 */
export async function catchUp(
	client: Client,
	settings: Settings,
	state: State,
	seen: DeliveredIds,
	forMs: number,
): Promise<CaughtUp> {
	const now = Date.now();
	const deadline = now + forMs;
	const found: CaughtUp = {
		events: [],
		gaps: [],
		retried: [],
		clock: { lookedAt: now, since: 0 },
		isMore: false,
	};
	const look = async <L extends Look>(
		name: 'cursor' | 'inboundCursor',
		what: string,
		step: (from: number) => Promise<L>,
	): Promise<L | undefined> => {
		const cursor = state[name];
		if (cursor === undefined || found.failure !== undefined) return undefined;
		const from = Math.max(cursor, now - KEPT);
		try {
			const taken = await step(from);
			if (from > cursor)
				found.gaps.push(
					gapItem(what, { from: cursor, until: from }, `Postmark keeps them for ${KEPT_DAYS} days only`),
				);
			for (const gap of taken.gaps)
				found.gaps.push(gapItem(what, gap, 'there were more than Postmark’s search can reach'));
			found.clock[name] = taken.cursor;
			found.isMore ||= taken.isMore;
			found.failure = taken.failure;
			return taken;
		} catch (failure) {
			found.failure = failure;
			return undefined;
		}
	};
	const inbound = await look(
		'inboundCursor',
		'inbound emails',
		async (from) => await handOverAgain(client, from, seen, deadline),
	);
	const bounces = await look(
		'cursor',
		'bounces and spam complaints',
		async (from) => await missedBounces(client, settings, { ...state.learned, from }, seen, deadline),
	);
	if (inbound === undefined && bounces === undefined && found.failure !== undefined) throw found.failure;
	if (found.isMore) found.clock.lookedAt = 0;
	if (bounces?.isMore) found.clock.learned = { windowMs: bounces.windowMs, zone: bounces.zone };
	return { ...found, events: bounces?.rows ?? [], retried: inbound?.marks ?? [] };
}

type Look = Pick<Awaited<ReturnType<typeof handOverAgain>>, 'gaps' | 'cursor' | 'isMore' | 'failure'>;
