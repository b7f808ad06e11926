import type { IHookFunctions, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { toServiceError } from '../../../core/errors';
import { areReconciled, reconcileWebhooks, removeWebhooks } from '../../../core/webhook/reconcile';
import { inPlainWords } from '../../../core/webhook/inPlainWords';
import { maskedAddress } from '../../../core/webhook/address';
import { selfCallEveryHour } from '../../../core/webhook/selfCall';
import { postmark } from '../connection';
import { isDue, syncCursors } from './catchUp';
import { InboundHook } from './inboundHook';
import { settingsOf, wantedHooks } from './settings';
import { stateOf, type State } from './state';
import { streamHooks } from './streamHooks';

/** Publishing a change switches a workflow off and on again: what comes in between is caught up. */
const PAUSE_MS = 60 * 60_000;

/** Whether Postmark calls exactly as the node says. */
export async function checkExists(this: IHookFunctions): Promise<boolean> {
	return await inPlainWords(this, async () => {
		const settings = settingsOf(this);
		const state = stateOf(this);
		try {
			const { hooks, inbound } = await open(this);
			const wantsInbound = settings.types.includes('Inbound');
			if (wantsInbound !== (state.inboundBefore !== undefined)) return false;
			if (!(await areReconciled(hooks, wantedHooks(settings), state))) return false;
			if (wantsInbound && !(await inbound.isInStep(state.secret))) return false;
			syncCursors(state, settings);
		} catch (error) {
			const failure = toServiceError(error);
			if (!isRestart(this) || state.secret === undefined || !failure.facts.canRetry) throw error;
			// An error here would make n8n take the address down, and events with it, because Postmark could not be asked.
			this.logger.warn(
				`Postmark could not be asked whether it still calls this trigger: ${failure.message}`,
				{
					node: this.getNode().name,
				},
			);
		}
		return true;
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
		await tellOfOldAddress(this, state);
		Object.assign(state, registered, { url: addressOf(this) });
		if (!(Date.now() - (state.stoppedAt ?? Infinity) < PAUSE_MS)) {
			delete state.cursor;
			delete state.inboundCursor;
			state.lookedAt = Date.now();
			state.since = 0;
		}
		state.lookedAt ??= Date.now();
		delete state.stoppedAt;
		syncCursors(state, settings);
		return true;
	});
}

/**
 * Takes down everything that calls this trigger. n8n stops taking down a workflow's other triggers when one of them
 * fails, so what could not be taken down is told in the log.
 */
export async function remove(this: IHookFunctions): Promise<boolean> {
	const state = stateOf(this);
	let isDone = true;
	try {
		const { hooks, inbound } = await open(this);
		await removeWebhooks(hooks, this.getNodeParameter('streams', []) as string[], state);
		const events = this.getNodeParameter('events', []) as string[];
		if (events.includes('inbound') || state.inboundBefore !== undefined)
			await inbound.giveBack(state.inboundBefore);
	} catch (error) {
		isDone = false;
		const { message, facts } = toServiceError(error);
		this.logger.warn(
			`The webhooks of this trigger may still stand in Postmark: ${message}. ${facts.remedy ?? ''} Remove them there.`,
			{ node: this.getNode().name },
		);
	}
	delete state.secret;
	delete state.hooks;
	delete state.inboundBefore;
	state.stoppedAt = Date.now();
	return isDone;
}

/**
 * n8n has got another address, or this is a copy of the workflow on another n8n: what calls the old address is left alone,
 * for it may be somebody's, and told of.
 */
async function tellOfOldAddress(context: IHookFunctions, { url }: State): Promise<void> {
	const now = addressOf(context);
	if (url === undefined || url === now) return;
	const client = await postmark.open(context);
	const { streams } = settingsOf(context);
	const left = await streamHooks(client, url).list(streams);
	const takesInbound = await new InboundHook(client, url, undefined).isHere();
	if (left.length === 0 && !takesInbound) return;
	const what = [
		...left.map(({ id, channel }) => `webhook ${id} of the message stream ${channel}`),
		...(takesInbound ? ['the inbound webhook of the server'] : []),
	].join(', ');
	context.logger.warn(
		`Postmark still calls ${maskedAddress(url)}, where this trigger was before: ${what}. Remove it in Postmark, unless another n8n uses it.`,
		{ node: context.getNode().name },
	);
}

async function open(context: IHookFunctions) {
	const client = await postmark.open(context);
	const url = addressOf(context);
	return {
		hooks: streamHooks(client, url),
		inbound: new InboundHook(client, url, context.getNode().webhookId),
	};
}

const addressOf = (context: IHookFunctions): string => context.getNodeWebhookUrl('default')!;

const isTest = (context: IHookFunctions): boolean => context.getMode() === 'manual';

const isRestart = (context: IHookFunctions): boolean =>
	['init', 'leadershipChange'].includes(context.getActivationMode());

/** Looks for what was missed after n8n has started, and every hour. */
export async function trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
	return selfCallEveryHour(this, () => {
		const state = stateOf(this);
		const { url, secret } = state;
		if (url === undefined || secret === undefined) return undefined;
		return isDue({ ...state, lookedAt: 0 }, settingsOf(this)) ? { url, secret } : undefined;
	});
}
