import type { IWebhookFunctions } from 'n8n-workflow';
import { setTimeout as wait } from 'node:timers/promises';
import { toServiceError } from '../errors';
import { shared, type Release } from '../shared';
import type { Secret } from './auth';
import { selfCallAgain } from './selfCall';
import { takeEvents, whenAnswered } from './takeEvents';
import { TimeoutError, withTimeout } from './timeout';

/**
 * How long to look for what was missed, in milliseconds, and when to go on without. A service waits for an answer, and may
 * repeat the call when it comes too late; the trigger itself can wait longer.
 */
const LIVE = { look: 5_000, giveUp: 10_000 };
const WOKEN = { look: 40_000, giveUp: 100_000 };

export interface LookBack<E> {
	service: string;
	/** {@link memoryOf} the trigger. */
	node: string;
	secret: Secret | undefined;
	/** Whether the trigger itself calls. */
	isWoken: boolean;
	/** What makes an event that one, its kind included. */
	nameOf(event: E): string;
	/** How long to wait while another call looks, in milliseconds. By default it is left to that one. */
	waitMs?: number;
	/** Told of a look that failed. What it throws ends the call. */
	failed?(error: unknown): void;
}

const LOOK_MS = 100;

/** Its turn to look; undefined when another call is still at it. */
async function turnOf(node: string, waitMs: number): Promise<Release | undefined> {
	for (const until = Date.now() + waitMs; ; await wait(LOOK_MS)) {
		const turn = await shared().lock.tryLock(`look back ${node}`);
		if (turn !== undefined || Date.now() >= until) return turn;
	}
}

/**
 * What did not get through before this call and no other call delivers. One call at a time looks, until n8n has taken over what it found. When it
 * fails, the event in hand goes on all the same, and the next call looks again.
 *
 * @param look comes to an end after about so many milliseconds
 */
export async function lookBack<E, F extends { events: E[]; failure?: unknown }>(
	context: IWebhookFunctions,
	{ service, node, secret, isWoken, nameOf, waitMs = 0, failed }: LookBack<E>,
	look: (forMs: number) => Promise<F>,
): Promise<F | undefined> {
	const turn = await turnOf(node, waitMs);
	if (turn === undefined) return undefined;
	whenAnswered(context, () => turn.release());
	const { look: forMs, giveUp } = isWoken ? WOKEN : LIVE;
	try {
		const found = await withTimeout(giveUp, look(forMs));
		if (found.failure !== undefined) warn(context, service, found.failure);
		return { ...found, events: await takeEvents(context, node, found.events, nameOf) };
	} catch (error) {
		warn(context, service, error);
		failed?.(error);
		// The trigger itself has more patience than the service.
		if (error instanceof TimeoutError && !isWoken && secret !== undefined) lookAgain(context, secret);
		return undefined;
	}
}

/** The trigger calls itself, when this call is answered. */
export function lookAgain(context: IWebhookFunctions, secret: Secret): void {
	selfCallAgain(context, { url: context.getNodeWebhookUrl('default')!, secret });
}

function warn(context: IWebhookFunctions, service: string, error: unknown): void {
	const { message, facts } = toServiceError(error);
	context.logger.warn(
		`It could not be looked up in ${service} whether events were missed: ${message}. ${facts.remedy ?? ''} The next call looks again.`,
		{ node: context.getNode().name },
	);
}
