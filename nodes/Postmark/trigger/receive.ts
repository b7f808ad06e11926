import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { isProven, refuse } from '../../../core/webhook/auth';
import { DeliveredIds } from '../../../core/webhook/deliveredIds';
import { inPlainWords } from '../../../core/node/inPlainWords';
import { jsonBodyOf } from '../../../core/webhook/jsonBody';
import { lookAgain, lookBack } from '../../../core/webhook/lookBack';
import { isSelfCall } from '../../../core/webhook/selfCall';
import { persistStaticData } from '../../../core/webhook/staticData';
import { memoryOf, takeEvents, whenAnswered } from '../../../core/webhook/takeEvents';
import { postmark } from '../connection';
import { catchUp, isDue, REMEMBERED, type CaughtUp } from './catchUp';
import { idOf, isWanted, toItem, typeOf, type Event } from './events';
import { settingsOf, type Settings } from './settings';
import { stateOf, type State } from './state';

/** A call to the trigger's address: from Postmark with an event, from the trigger itself, or from a stranger. */
export async function receive(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const state = stateOf(this);
	if (!isProven(this, state.secret)) return refuse(this);
	return await inPlainWords(this, async () => {
		const settings = settingsOf(this);
		const body = jsonBodyOf(this);
		const memory = memoryOf(this);
		const seen = DeliveredIds.of(state.seen, { node: memory, most: REMEMBERED });
		const come = eventsOf(body).filter((event) => isWanted(event, settings) && isNew(event, seen));
		const events = await takeEvents(this, memory, come, nameOf);
		const missed = await missedBefore(this, state, settings, seen, isSelfCall(body));
		const items = await itemsOf(this, events, missed, settings);

		const since = (state.since ?? 0) + events.filter(({ BouncedAt }) => BouncedAt !== undefined).length;
		if (missed) remember(missed, seen);
		if (items.length > 0 || missed) persistStaticData(this, { seen: seen.kept(), since, ...missed?.clock });
		whenAnswered(this, (isTaken) => {
			if (isTaken) seen.confirm();
		});
		if (missed?.isMore && missed.failure === undefined) lookAgain(this, state.secret!);
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

const nameOf = (event: Event) => `${typeOf(event)} ${idOf(event)}`;

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

/** What did not get through before this call. */
async function missedBefore(
	context: IWebhookFunctions,
	state: State,
	settings: Settings,
	seen: DeliveredIds,
	isWoken: boolean,
): Promise<CaughtUp | undefined> {
	const node = memoryOf(context);
	if (node === undefined || !isDue(isWoken ? { ...state, lookedAt: 0 } : state, settings)) return undefined;
	return await lookBack(
		context,
		{ service: 'Postmark', node, secret: state.secret, isWoken, nameOf },
		async (forMs) => {
			const client = await postmark.open(context);
			const known = DeliveredIds.of(seen.kept(), { most: REMEMBERED });
			return await catchUp(client, settings, { ...state }, known, forMs);
		},
	);
}
