import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { isProven, refuse } from '../../../core/webhook/auth';
import { DeliveredIds } from '../../../core/webhook/deliveredIds';
import { inPlainWords } from '../../../core/node/inPlainWords';
import { lookAgain, lookBack } from '../../../core/webhook/lookBack';
import { isSelfCall } from '../../../core/webhook/selfCall';
import { persistStaticData } from '../../../core/webhook/staticData';
import { memoryOf, takeEvents, whenAnswered } from '../../../core/webhook/takeEvents';
import { mailchimp } from '../connection';
import { catchUp, isDue, sinceOf, type CaughtUp } from './catchUp';
import { changeIdOf, idOf, itemOf, parseForm, type Event } from './events';
import { isFromMailchimp, rawBody, tellOfDoubt } from './proof';
import { isToldFind, isToldPost, rememberFind, rememberPost, REMEMBERED } from './seen';
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
	const isProved = isWoken || isFromMailchimp(this, state);
	if (isProved !== true) {
		if (isProved !== false) tellOfDoubt(this, isProved);
		return refuse(this);
	}
	return await inPlainWords(this, async () => {
		const settings = settingsOf(this);
		const events = isWoken ? [] : await posted(this, settings, state);
		const missed = await missedBefore(this, state, settings, events, isWoken);
		// Other calls may have told of something while this one looked.
		const seen = seenBy(this, state);
		for (const event of events) rememberPost(seen, event);
		const since = sinceOf(state);
		const found = (missed?.events ?? []).filter((event) => !isToldFind(seen, event, since));
		for (const event of found) rememberFind(seen, event);
		const items = [...found, ...events].map((event) => ({ json: itemOf(event, settings.simplify) }));
		if (items.length > 0 || missed) {
			const come = (state.since ?? 0) + events.length;
			persistStaticData(this, { seen: seen.kept(), since: come, ...missed?.clock });
		}
		whenAnswered(this, (isTaken) => {
			if (isTaken) seen.confirm();
		});
		if (missed?.isMore && missed.failure === undefined) lookAgain(this, state.secret!);
		return items.length > 0 ? { workflowData: [items] } : {};
	});
}

/** What was told before, by this process of n8n too. */
const seenBy = (context: IWebhookFunctions, { seen }: State): DeliveredIds =>
	DeliveredIds.of(seen, { node: memoryOf(context), most: REMEMBERED });

/** The event of a call, when it is wanted and no other call tells of it. */
async function posted(context: IWebhookFunctions, settings: Settings, state: State): Promise<Event[]> {
	const event = parseForm(rawBody(context).toString('utf8'));
	if (event === undefined || !isWanted(event, settings) || isToldPost(seenBy(context, state), event))
		return [];
	const node = memoryOf(context);
	const taken = await takeEvents(context, node, [event], (post) => `${post.type} ${idOf(post)}`);
	// A look that is under way may tell of it, or another change of the same second have been posted.
	const isAlone = (await takeEvents(context, node, taken, nameOf)).length > 0;
	return taken.filter((post) => isAlone || !isToldPost(seenBy(context, state), post));
}

function isWanted({ type, data }: Event, { types, audience }: Settings): boolean {
	// A webhook that was left in another audience, or calls for what is no longer wanted.
	return types.some((one) => one === type) && (data.list_id === undefined || data.list_id === audience);
}

const nameOf = (event: Event) => `${event.type} ${changeIdOf(event)}`;

async function missedBefore(
	context: IWebhookFunctions,
	state: State,
	settings: Settings,
	events: Event[],
	isWoken: boolean,
): Promise<CaughtUp | undefined> {
	const node = memoryOf(context);
	if (node === undefined || !isDue(isWoken ? { ...state, lookedAt: 0 } : state, settings)) return undefined;
	const by = { service: 'Mailchimp', node, secret: state.secret, isWoken, nameOf };
	return await lookBack(context, by, async (forMs) => {
		const client = await mailchimp.open(context);
		const known = seenBy(context, state);
		for (const event of events) rememberPost(known, event);
		return await catchUp(client, settings, { ...state }, known, forMs);
	});
}
