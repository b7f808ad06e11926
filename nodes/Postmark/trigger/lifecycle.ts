import type { IHookFunctions, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { areReconciled, reconcileWebhooks, removeWebhooks } from '../../../core/webhook/reconcile';
import { inPlainWords } from '../../../core/node/inPlainWords';
import {
	addressOf,
	isRegistered,
	putUp,
	takeDown,
	tellOfOldAddress,
	wasOnlyPaused,
} from '../../../core/webhook/lifecycle';
import { selfCallEveryHour } from '../../../core/webhook/selfCall';
import { isTest, standingAddress } from '../../../core/webhook/standing';
import { postmark } from '../connection';
import { isDue, syncCursors } from './catchUp';
import { InboundHook } from './inboundHook';
import { settingsOf, wantedHooks } from './settings';
import { stateOf } from './state';
import { streamHooks } from './streamHooks';

const SERVICE = 'Postmark';

/** Whether Postmark calls exactly as the node says. */
export async function checkExists(this: IHookFunctions): Promise<boolean> {
	return await inPlainWords(this, async () => {
		const settings = settingsOf(this);
		const state = stateOf(this);
		return await isRegistered(this, SERVICE, state, async () => {
			const { hooks, inbound } = await open(this);
			const wantsInbound = settings.types.includes('Inbound');
			if (wantsInbound !== (state.inboundBefore !== undefined)) return false;
			if (!(await areReconciled(hooks, wantedHooks(settings), state))) return false;
			if (wantsInbound && !(await inbound.isInStep(state.secret))) return false;
			syncCursors(state, settings);
			return true;
		});
	});
}

export async function create(this: IHookFunctions): Promise<boolean> {
	return await inPlainWords(this, async () => {
		const settings = settingsOf(this);
		const state = stateOf(this);
		const { hooks, inbound } = await open(this);
		const registered = await reconcileWebhooks(hooks, wantedHooks(settings), state);
		try {
			if (settings.types.includes('Inbound'))
				state.inboundBefore = await inbound.take(registered.secret, {
					replace: settings.replaceInboundHook,
					isTest: isTest(this),
					previous: state.inboundBefore,
				});
			else if (state.inboundBefore !== undefined) {
				await inbound.giveBack(state.inboundBefore);
				delete state.inboundBefore;
			}
		} catch (error) {
			await removeWebhooks(hooks, settings.streams, registered);
			throw error;
		}
		await tellOfOldAddress(this, SERVICE, state, async (url) => await callersOf(this, url));
		Object.assign(state, registered);
		if (!wasOnlyPaused(state)) {
			delete state.cursor;
			delete state.inboundCursor;
			state.lookedAt = Date.now();
			state.since = 0;
		}
		state.lookedAt ??= Date.now();
		putUp(this, state);
		syncCursors(state, settings);
		return true;
	});
}

/** Takes down everything that calls this trigger. */
export async function remove(this: IHookFunctions): Promise<boolean> {
	const state = stateOf(this);
	const isDone = await takeDown(this, SERVICE, state, async () => {
		const { hooks, inbound } = await open(this);
		await removeWebhooks(hooks, this.getNodeParameter('streams', []) as string[], state);
		const events = this.getNodeParameter('events', []) as string[];
		if (events.includes('inbound') || state.inboundBefore !== undefined)
			await inbound.giveBack(state.inboundBefore);
	});
	delete state.inboundBefore;
	return isDone;
}

/** What calls an address, in words. */
async function callersOf(context: IHookFunctions, url: string): Promise<string[]> {
	const client = await postmark.open(context);
	const left = await streamHooks(client, url).list(settingsOf(context).streams);
	const takesInbound = await new InboundHook(client, url, undefined).isHere();
	return [
		...left.map(({ id, channel }) => `webhook ${id} of the message stream ${channel}`),
		...(takesInbound ? ['the inbound webhook of the server'] : []),
	];
}

async function open(context: IHookFunctions) {
	const client = await postmark.open(context);
	const url = addressOf(context);
	return {
		hooks: streamHooks(client, url),
		inbound: new InboundHook(client, url, context.getNode().webhookId),
	};
}

/** Looks for what was missed after n8n has started, and every hour. */
export async function trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
	return selfCallEveryHour(this, () => {
		const state = stateOf(this);
		const address = standingAddress(this, state);
		return address && isDue({ ...state, lookedAt: 0 }, settingsOf(this)) ? address : undefined;
	});
}
