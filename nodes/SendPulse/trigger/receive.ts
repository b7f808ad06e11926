import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { isProven, isProvenByKey, refuse } from '../../../core/webhook/auth';
import { DeliveredIds } from '../../../core/webhook/deliveredIds';
import { inPlainWords } from '../../../core/node/inPlainWords';
import { jsonBodyOf } from '../../../core/webhook/jsonBody';
import { lookAgain, lookBack } from '../../../core/webhook/lookBack';
import { isSelfCall } from '../../../core/webhook/selfCall';
import { persistStaticData } from '../../../core/webhook/staticData';
import { memoryOf, takeEvents, whenAnswered } from '../../../core/webhook/takeEvents';
import { sendPulse } from '../connection';
import { catchUp, isDue, REMEMBERED, type CaughtUp } from './catchUp';
import { eventsIn, idOf, kindOf, markOf, nameOf, TOLD, type Event } from './events';
import { settingsOf, type Settings } from './settings';
import { stateOf, type State } from './state';

/** A call to the trigger's address: from SendPulse with events, from the trigger itself, or from a stranger. */
export async function receive(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const state = stateOf(this);
	const body = jsonBodyOf(this);
	return await inPlainWords(this, async () => {
		const settings = settingsOf(this);
		if (!mayCome(this, settings, state, isSelfCall(body))) return refuse(this);
		const memory = memoryOf(this);
		const seen = DeliveredIds.of(state.seen, { node: memory, most: REMEMBERED });
		const come = isSelfCall(body) ? [] : eventsIn(body).filter((event) => isNew(event, settings, seen));
		const events = await takeEvents(this, memory, come, nameOf);
		const missed = await missedBefore(this, state, settings, seen, isSelfCall(body));
		const items = [...(missed?.events ?? []), ...events].map((json) => ({ json }));
		for (const mark of missed?.marks ?? []) seen.add(TOLD, mark);
		if (items.length > 0 || missed) persistStaticData(this, { seen: seen.kept(), ...missed?.clock });
		whenAnswered(this, (isTaken) => {
			if (isTaken) seen.confirm();
		});
		if (missed?.isMore) lookAgain(this, state.secret!);
		return items.length > 0 ? { workflowData: [items] } : {};
	});
}

/**
 * SendPulse signs nothing and takes no sign-in. What it was told by the API has a secret in the address. An address that was
 * entered by hand ends with the key of the form: calls to any other do not come here.
 */
function mayCome(context: IWebhookFunctions, { service }: Settings, { secret }: State, isSelf: boolean) {
	if (isSelf) return isProven(context, secret);
	return service === 'smtp' || isProvenByKey(context, secret);
}

function isNew(event: Event, { events }: Settings, seen: DeliveredIds): boolean {
	if (!events.includes(kindOf(event)) || seen.has(kindOf(event), idOf(event))) return false;
	remember(event, seen);
	return true;
}

function remember(event: Event, seen: DeliveredIds): void {
	seen.add(kindOf(event), idOf(event));
	const mark = markOf(event);
	if (mark !== undefined) seen.add(TOLD, mark);
}

async function missedBefore(
	context: IWebhookFunctions,
	state: State,
	settings: Settings,
	seen: DeliveredIds,
	isWoken: boolean,
): Promise<CaughtUp | undefined> {
	const node = memoryOf(context);
	if (node === undefined || !isDue(state, settings, isWoken)) return undefined;
	return await lookBack(
		context,
		{ service: 'SendPulse', node, secret: state.secret, isWoken, nameOf },
		async (forMs) => {
			const client = await sendPulse.open(context);
			const known = DeliveredIds.of(seen.kept(), { most: REMEMBERED });
			return await catchUp(client, settings, { ...state }, known, forMs);
		},
	);
}
