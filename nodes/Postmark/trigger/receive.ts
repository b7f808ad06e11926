import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { toServiceError } from '../../../core/errors';
import { isProven, refuse } from '../../../core/webhook/auth';
import { persistStaticData } from '../../../core/webhook/staticData';
import { inPlainWords } from '../../../core/webhook/inPlainWords';
import { parseJson } from '../../../core/http/json';
import { DeliveredIds } from '../../../core/webhook/deliveredIds';
import { shared, type Delivery } from '../../../core/shared';
import { TimeoutError, withTimeout } from '../../../core/webhook/timeout';
import { isSelfCall, selfCallAgain } from '../../../core/webhook/selfCall';
import { postmark } from '../connection';
import { catchUp, isDue, REMEMBERED, type CaughtUp } from './catchUp';
import { idOf, isWanted, toItem, typeOf, type Event } from './events';
import { settingsOf, type Settings } from './settings';
import { memoryOf, stateOf, type State } from './state';

/**
 * How long to look for what was missed, in milliseconds, and when to go on without. Postmark waits for an answer, and repeats
 * the call when it comes too late; the trigger itself can wait longer.
 */
const LIVE = { look: 5_000, giveUp: 10_000 };
const WOKEN = { look: 40_000, giveUp: 100_000 };

/** A call to the trigger's address: from Postmark with an event, from the trigger itself, or from a stranger. */
export async function receive(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const state = stateOf(this);
	if (!isProven(this, state.secret)) return refuse(this);
	return await inPlainWords(this, async () => {
		const settings = settingsOf(this);
		const body = bodyOf(this);
		const memory = memoryOf(this);
		const seen = DeliveredIds.of(state.seen, { node: memory, most: REMEMBERED });
		const come = eventsOf(body).filter((event) => isWanted(event, settings) && isNew(event, seen));
		const events = await take(this, memory, come);
		const missed = await missedBefore(this, state, settings, seen, isSelfCall(body));
		const items = await itemsOf(this, events, missed, settings);

		const since = (state.since ?? 0) + events.filter(({ BouncedAt }) => BouncedAt !== undefined).length;
		if (missed) remember(missed, seen);
		if (items.length > 0 || missed) persistStaticData(this, { seen: seen.kept(), since, ...missed?.clock });
		this.getResponseObject().once('finish', () => {
			if (this.getResponseObject().statusCode < 300) seen.confirm();
		});
		if (missed?.isMore && missed.failure === undefined) wake(this, state);
		return items.length > 0 ? { workflowData: [items] } : {};
	});
}

/** What was missed first, then what has come, then what nobody can look up any more. */
async function itemsOf(
	context: IWebhookFunctions,
	events: Event[],
	missed: CaughtUp | undefined,
	settings: Settings,
): Promise<INodeExecutionData[]> {
	const items: INodeExecutionData[] = [];
	for (const event of [...(missed?.events ?? []), ...events])
		items.push(await toItem(context, event, settings));
	items.push(...(missed?.gaps ?? []).map((json) => ({ json })));
	return items;
}

function remember({ events, retried }: CaughtUp, seen: DeliveredIds): void {
	for (const event of events) seen.add(typeOf(event), idOf(event));
	for (const id of retried ?? []) seen.add('Retried', id);
}

/**
 * Those of the events that no other call delivers, to this process of n8n or to another one. Whether n8n has taken them over
 * shows in its answer; if not, whoever sends them again delivers them.
 *
 * @throws StillBeingDelivered
 */
async function take(context: IWebhookFunctions, node: string | undefined, events: Event[]): Promise<Event[]> {
	if (node === undefined || events.length === 0) return events;
	const nameOf = (event: Event) => `${typeOf(event)} ${idOf(event)}`;
	const delivery = await shared().deliveries.take(node, events.map(nameOf));
	endWithAnswer(context, delivery);
	return events.filter((event) => delivery.fresh.has(nameOf(event)));
}

function endWithAnswer(context: IWebhookFunctions, delivery: Delivery): void {
	whenAnswered(context, ({ writableFinished, statusCode }) => {
		if (writableFinished && statusCode < 300) delivery.confirm();
		else delivery.giveBack();
	});
}

/** Or when the caller has gone. */
function whenAnswered(context: IWebhookFunctions, told: (response: Answer) => void): void {
	const response = context.getResponseObject();
	if (response.closed) told(response);
	else response.once('close', () => told(response));
}

type Answer = ReturnType<IWebhookFunctions['getResponseObject']>;

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

/** n8n reads numbers as JavaScript does, and Postmark's have up to nineteen digits: these are read as text. */
function bodyOf(context: IWebhookFunctions): unknown {
	const { rawBody } = context.getRequestObject() as { rawBody?: unknown };
	if (!Buffer.isBuffer(rawBody) || rawBody.length === 0) return context.getBodyData();
	try {
		return parseJson(rawBody.toString('utf8'));
	} catch {
		return context.getBodyData();
	}
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
	const turn = await shared().lock.tryLock(`look back ${memory}`);
	if (turn === undefined) return undefined;
	whenAnswered(context, () => turn.release());
	const { look, giveUp } = isWoken ? WOKEN : LIVE;
	try {
		const client = await postmark.open(context);
		const known = DeliveredIds.of(seen.kept(), { most: REMEMBERED });
		const found = await withTimeout(giveUp, catchUp(client, settings, { ...state }, known, look));
		if (found.failure !== undefined) warn(context, found.failure);
		return { ...found, events: await take(context, memory, found.events) };
	} catch (error) {
		warn(context, error);
		// The trigger itself has more patience than Postmark.
		if (error instanceof TimeoutError && !isWoken) wake(context, state);
		return undefined;
	}
}

function wake(context: IWebhookFunctions, { secret }: State): void {
	selfCallAgain(context, { url: context.getNodeWebhookUrl('default')!, secret: secret! });
}

function warn(context: IWebhookFunctions, error: unknown): void {
	const { message, facts } = toServiceError(error);
	context.logger.warn(
		`It could not be looked up in Postmark whether events were missed: ${message}. ${facts.remedy ?? ''} The next call looks again.`,
		{ node: context.getNode().name },
	);
}
