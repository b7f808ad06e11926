import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { toServiceError } from '../../../core/errors';
import { isProven, refuse } from '../../../core/webhook/auth';
import { persistStaticData } from '../../../core/webhook/staticData';
import { inPlainWords } from '../../../core/webhook/inPlainWords';
import { DeliveredIds } from '../../../core/webhook/deliveredIds';
import { tryLock, withTimeout } from '../../../core/webhook/lock';
import { isSelfCall, selfCallAgain } from '../../../core/webhook/selfCall';
import { postmark } from '../connection';
import { catchUp, isDue, type CaughtUp } from './catchUp';
import { idOf, isWanted, toItem, typeOf, type Event } from './events';
import { settingsOf, type Settings } from './settings';
import { memoryOf, stateOf, type State } from './state';

/** Postmark waits for an answer, and repeats the call when it comes too late. The trigger itself can wait longer. */
const CATCH_UP_MS = 10_000;
const WOKEN_MS = 50_000;

/** A call to the trigger's address: from Postmark with an event, from the trigger itself, or from a stranger. */
export async function receive(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const state = stateOf(this);
	if (!isProven(this, state.secret)) return refuse(this);
	return await inPlainWords(this, async () => {
		const settings = settingsOf(this);
		const body: unknown = this.getBodyData();
		const memory = memoryOf(this);
		const seen = DeliveredIds.of(state.seen, memory);
		const events = eventsOf(body).filter((event) => isWanted(event, settings) && isNew(event, seen));
		const missed = await missedBefore(this, state, settings, seen, isSelfCall(body));
		const items = [];
		for (const event of [...(missed?.events ?? []), ...events])
			items.push(await toItem(this, event, settings));

		const since = (state.since ?? 0) + events.filter(({ BouncedAt }) => BouncedAt !== undefined).length;
		for (const event of missed?.events ?? []) seen.add(typeOf(event), idOf(event));
		for (const id of missed?.retried ?? []) seen.add('Retried', id);
		if (items.length > 0 || missed) persistStaticData(this, { seen: seen.kept(), since, ...missed?.clock });
		this.getResponseObject().once('finish', () => {
			if (this.getResponseObject().statusCode < 300) seen.confirm();
		});
		if (missed?.isMore)
			selfCallAgain(this, { url: this.getNodeWebhookUrl('default')!, secret: state.secret! });
		return items.length > 0 ? { workflowData: [items] } : {};
	});
}

/** Postmark sends one event a call; a list of them is taken apart. */
function eventsOf(body: unknown): Event[] {
	return (Array.isArray(body) ? body : [body]).filter(
		(event) => typeof event === 'object' && event !== null && !isSelfCall(event),
	) as Event[];
}

function isNew(event: Event, seen: DeliveredIds): boolean {
	if (seen.has(typeOf(event), idOf(event))) return false;
	seen.add(typeOf(event), idOf(event));
	return true;
}

/**
 * What did not get through before this call. One call at a time looks, until n8n has taken over what it found. When it
 * fails, the event in hand goes on all the same, and the next call looks again.
 */
async function missedBefore(
	context: IWebhookFunctions,
	state: State,
	settings: Settings,
	seen: DeliveredIds,
	isWoken: boolean,
): Promise<CaughtUp | undefined> {
	const memory = memoryOf(context);
	if (memory === undefined || !isDue(isWoken ? { ...state, lookedAt: 0 } : state, settings)) return undefined;
	const turn = tryLock(memory);
	if (turn === undefined) return undefined;
	context.getResponseObject().once('close', turn.over);
	try {
		const client = await postmark.open(context);
		return await withTimeout(
			isWoken ? WOKEN_MS : CATCH_UP_MS,
			catchUp(client, settings, { ...state }, DeliveredIds.of(seen.kept())),
		);
	} catch (error) {
		const { message, facts } = toServiceError(error);
		context.logger.warn(
			`It could not be looked up in Postmark whether events were missed: ${message}. ${facts.remedy ?? ''} The next call looks again.`,
			{ node: context.getNode().name },
		);
		return undefined;
	}
}
