import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { isProven, refuse } from '../../../core/webhook/auth';
import { DeliveredIds } from '../../../core/webhook/deliveredIds';
import { inPlainWords } from '../../../core/webhook/inPlainWords';
import { lookAgain, lookBack } from '../../../core/webhook/lookBack';
import { isSelfCall } from '../../../core/webhook/selfCall';
import { persistStaticData } from '../../../core/webhook/staticData';
import { memoryOf, takeEvents, whenAnswered } from '../../../core/webhook/takeEvents';
import { mailchimp } from '../connection';
import { catchUp, isDue, type CaughtUp } from './catchUp';
import { idOf, itemOf, parseForm, type Event } from './events';
import { isFromMailchimp, rawBody } from './proof';
import { isToldPost, rememberFind, rememberPost, REMEMBERED } from './seen';
import { settingsOf, type Settings } from './settings';
import { stateOf, type State } from './state';

/** Mailchimp asks an address with a GET before it takes it. Nothing is told to whoever asks, and nothing is done. */
export function answerValidation(context: IWebhookFunctions): IWebhookResponseData {
	const response = context.getResponseObject();
	response.writeHead(200, { 'Content-Type': 'text/plain' });
	response.end('OK');
	return { noWebhookResponse: true };
}

/** A call to the trigger's address: from Mailchimp with an event, from the trigger itself, or from a stranger. */
export async function receive(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	if (this.getWebhookName() === 'setup') return answerValidation(this);
	const state = stateOf(this);
	const isWoken = isSelfCall(this.getBodyData()) && isProven(this, state.secret);
	if (!isWoken && !isFromMailchimp(this, state)) return refuse(this);
	return await inPlainWords(this, async () => {
		const settings = settingsOf(this);
		const seen = DeliveredIds.of(state.seen, { node: memoryOf(this), most: REMEMBERED });
		const events = isWoken ? [] : await posted(this, settings, seen);
		const missed = await missedBefore(this, state, settings, seen, isWoken);
		const found = missed?.events ?? [];
		for (const event of found) rememberFind(seen, event);
		const items = [...found, ...events].map((event) => ({ json: itemOf(event, settings.simplify) }));
		const since = (state.since ?? 0) + events.length;
		if (items.length > 0 || missed) persistStaticData(this, { seen: seen.kept(), since, ...missed?.clock });
		whenAnswered(this, (isTaken) => {
			if (isTaken) seen.confirm();
		});
		if (missed?.isMore && missed.failure === undefined) lookAgain(this, state.secret!);
		return items.length > 0 ? { workflowData: [items] } : {};
	});
}

/** The event of a call, when it is wanted and no other call tells of it. */
async function posted(context: IWebhookFunctions, settings: Settings, seen: DeliveredIds): Promise<Event[]> {
	const come = parseForm(rawBody(context).toString('utf8'));
	const events = come !== undefined && isNew(come, settings, seen) ? [come] : [];
	const taken = await takeEvents(context, memoryOf(context), events, nameOf);
	for (const event of taken) rememberPost(seen, event);
	return taken;
}

function isNew(event: Event, { types, audience }: Settings, seen: DeliveredIds): boolean {
	// A webhook that was left in another audience, or calls for what is no longer wanted.
	if (!types.some((type) => type === event.type)) return false;
	if (event.data.list_id !== undefined && event.data.list_id !== audience) return false;
	return !isToldPost(seen, event);
}

const nameOf = (event: Event) => `${event.type} ${idOf(event)}`;

async function missedBefore(
	context: IWebhookFunctions,
	state: State,
	settings: Settings,
	seen: DeliveredIds,
	isWoken: boolean,
): Promise<CaughtUp | undefined> {
	const node = memoryOf(context);
	if (node === undefined || !isDue(isWoken ? { ...state, lookedAt: 0 } : state, settings)) return undefined;
	const by = { service: 'Mailchimp', node, secret: state.secret, isWoken, nameOf };
	return await lookBack(context, by, async (forMs) => {
		const client = await mailchimp.open(context);
		const known = DeliveredIds.of(seen.kept(), { most: REMEMBERED });
		return await catchUp(client, settings, { ...state }, known, forMs);
	});
}
