import type { IHookFunctions, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { toServiceError } from '../../../core/errors';
import { maskedAddress } from '../../../core/webhook/address';
import { inPlainWords } from '../../../core/webhook/inPlainWords';
import {
	areReconciled,
	reconcileWebhooks,
	removeWebhooks,
	type WebhookTarget,
} from '../../../core/webhook/reconcile';
import { selfCallEveryHour } from '../../../core/webhook/selfCall';
import { mailchimp } from '../connection';
import { isDue, syncCursor } from './catchUp';
import { audienceHooks } from './hooks';
import { settingsOf, wantedHooks } from './settings';
import { stateOf, type State } from './state';

/** Publishing a change switches a workflow off and on again: what comes in between is caught up. */
const PAUSE_MS = 60 * 60_000;

/** Whether Mailchimp calls exactly as the node says. */
export async function checkExists(this: IHookFunctions): Promise<boolean> {
	return await inPlainWords(this, async () => {
		const settings = settingsOf(this);
		const state = stateOf(this);
		try {
			const { hooks } = await open(this);
			if (!(await areReconciled(hooks, wantedHooks(settings), state))) return false;
			syncCursor(state, settings);
		} catch (error) {
			const failure = toServiceError(error);
			if (!isRestart(this) || state.secret === undefined || !failure.facts.canRetry) throw error;
			// An error here would make n8n take the address down, and events with it, because Mailchimp could not be asked.
			this.logger.warn(
				`Mailchimp could not be asked whether it still calls this trigger: ${failure.message}`,
				{ node: this.getNode().name },
			);
		}
		return true;
	});
}

export async function create(this: IHookFunctions): Promise<boolean> {
	return await inPlainWords(this, async () => {
		const settings = settingsOf(this);
		const state = stateOf(this);
		const { hooks, signing } = await open(this);
		await removeStrangers(hooks, settings.audience, state);
		const registered = await reconcileWebhooks(hooks, wantedHooks(settings), state);
		await tellOfOldAddress(this, state);
		const ids = Object.values(registered.hooks);
		const secrets = Object.entries({ ...state.signing, ...signing }).filter(([id]) => ids.includes(id));
		Object.assign(state, registered, { url: addressOf(this), signing: Object.fromEntries(secrets) });
		if (!(Date.now() - (state.stoppedAt ?? Infinity) < PAUSE_MS)) {
			delete state.cursor;
			state.lookedAt = Date.now();
			state.since = 0;
		}
		state.lookedAt ??= Date.now();
		delete state.stoppedAt;
		syncCursor(state, settings);
		return true;
	});
}

/** A webhook of this address that the trigger does not know signs with a secret that nobody has any more. */
async function removeStrangers(
	hooks: WebhookTarget,
	audience: string,
	{ hooks: known = {} }: State,
): Promise<void> {
	const ids = Object.values(known);
	for (const { id } of await hooks.list([audience])) if (!ids.includes(id)) await hooks.remove(id);
}

/**
 * Takes down everything that calls this trigger. n8n stops taking down a workflow's other triggers when one of them
 * fails, so what could not be taken down is told in the log.
 */
export async function remove(this: IHookFunctions): Promise<boolean> {
	const state = stateOf(this);
	let isDone = true;
	try {
		const { hooks } = await open(this);
		const chosen = this.getNodeParameter('audience', '', { extractValue: true }) as string;
		await removeWebhooks(hooks, chosen ? [chosen] : [], state);
	} catch (error) {
		isDone = false;
		const { message, facts } = toServiceError(error);
		this.logger.warn(
			`The webhook of this trigger may still stand in Mailchimp: ${message}. ${facts.remedy ?? ''} Remove it there.`,
			{ node: this.getNode().name },
		);
	}
	delete state.secret;
	delete state.hooks;
	delete state.signing;
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
	const client = await mailchimp.open(context);
	const left = await audienceHooks(client, url, {}).list([settingsOf(context).audience]);
	if (left.length === 0) return;
	context.logger.warn(
		`Mailchimp still calls ${maskedAddress(url)}, where this trigger was before: webhook ${left.map(({ id }) => id).join(', ')}. Remove it in Mailchimp, unless another n8n uses it.`,
		{ node: context.getNode().name },
	);
}

async function open(context: IHookFunctions) {
	const client = await mailchimp.open(context);
	const signing: Record<string, string> = {};
	return { hooks: audienceHooks(client, addressOf(context), signing), signing };
}

const addressOf = (context: IHookFunctions): string => context.getNodeWebhookUrl('default')!;

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
