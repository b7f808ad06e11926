import type { IHookFunctions, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { toServiceError } from '../../../core/errors';
import { maskedAddress } from '../../../core/webhook/address';
import { newSecret } from '../../../core/webhook/auth';
import { inPlainWords } from '../../../core/webhook/inPlainWords';
import {
	areReconciled,
	reconcileWebhooks,
	removeWebhooks,
	type WebhookTarget,
} from '../../../core/webhook/reconcile';
import { selfCallEveryHour } from '../../../core/webhook/selfCall';
import { sendPulse } from '../connection';
import { emailHooks, wantedHooks } from './emailHooks';
import { settingsOf, type Settings } from './settings';
import { stateOf, type State } from './state';

/** Publishing a change switches a workflow off and on again: what comes in between is caught up. */
const PAUSE_MS = 60 * 60_000;

const addressOf = (context: IHookFunctions): string => context.getNodeWebhookUrl('default')!;
const hooksAt = async (context: IHookFunctions, address: string): Promise<WebhookTarget> =>
	emailHooks(await sendPulse.open(context), address);
/** The address of the SMTP service is another one: what was registered before stands at the old one. */
const hooksOf = async (context: IHookFunctions, { url }: State): Promise<WebhookTarget> => {
	const isEmail = context.getNodeParameter('service', 'email') === 'email';
	return await hooksAt(context, isEmail ? addressOf(context) : (url ?? addressOf(context)));
};
const wantedBy = ({ service, events }: Settings) => (service === 'email' ? wantedHooks(events) : []);

/** Of the SMTP service there is nothing to look at: its webhooks are made by hand. */
const hasHooks = ({ service }: Settings, { hooks = {} }: State): boolean =>
	service === 'email' || Object.keys(hooks).length > 0;

/** Whether SendPulse calls exactly as the node says. */
export async function checkExists(this: IHookFunctions): Promise<boolean> {
	return await inPlainWords(this, async () => {
		const settings = settingsOf(this);
		const state = stateOf(this);
		if (state.secret === undefined) return false;
		syncCursor(state, settings);
		if (!hasHooks(settings, state)) return true;
		try {
			return await areReconciled(await hooksOf(this, state), wantedBy(settings), state);
		} catch (error) {
			const failure = toServiceError(error);
			const isRestart = ['init', 'leadershipChange'].includes(this.getActivationMode());
			if (!isRestart || !failure.facts.canRetry) throw error;
			// An error here would make n8n take the address down, and events with it, because SendPulse could not be asked.
			this.logger.warn(
				`SendPulse could not be asked whether it still calls this trigger: ${failure.message}`,
				{
					node: this.getNode().name,
				},
			);
			return true;
		}
	});
}

export async function create(this: IHookFunctions): Promise<boolean> {
	return await inPlainWords(this, async () => {
		const settings = settingsOf(this);
		const state = stateOf(this);
		const registered = hasHooks(settings, state)
			? await reconcileWebhooks(await hooksOf(this, state), wantedBy(settings), state)
			: { secret: state.secret ?? newSecret(), hooks: {} };
		if (settings.service === 'email') await tellOfOldAddress(this, state);
		Object.assign(state, registered, { url: addressOf(this) });
		if (!(Date.now() - (state.stoppedAt ?? Infinity) < PAUSE_MS)) delete state.cursor;
		delete state.stoppedAt;
		syncCursor(state, settings);
		return true;
	});
}

/** What happened before it was switched on is none of the trigger's business. */
function syncCursor(state: State, { catchUp }: Settings): void {
	if (!catchUp) delete state.cursor;
	else if (state.cursor === undefined)
		Object.assign(state, { cursor: Date.now(), lookedAt: Date.now(), isBased: false });
}

/**
 * Takes down everything that calls this trigger. n8n stops taking down a workflow's other triggers when one of them
 * fails, so what could not be taken down is told in the log.
 */
export async function remove(this: IHookFunctions): Promise<boolean> {
	const state = stateOf(this);
	let isDone = true;
	try {
		const service = this.getNodeParameter('service', 'email');
		if (service === 'email' || Object.keys(state.hooks ?? {}).length > 0)
			await removeWebhooks(await hooksOf(this, state), [], state);
	} catch (error) {
		isDone = false;
		const { message, facts } = toServiceError(error);
		this.logger.warn(
			`The webhooks of this trigger may still stand in SendPulse: ${message}. ${facts.remedy ?? ''} Remove them there.`,
			{ node: this.getNode().name },
		);
	}
	delete state.secret;
	delete state.hooks;
	state.stoppedAt = Date.now();
	return isDone;
}

/**
 * n8n has got another address, or this is a copy of the workflow on another n8n: what calls the old address is left alone,
 * for it may be somebody's, and told of.
 */
async function tellOfOldAddress(context: IHookFunctions, { url }: State): Promise<void> {
	if (url === undefined || url === addressOf(context)) return;
	const left = await (await hooksAt(context, url)).list([]);
	if (left.length === 0) return;
	const what = left.map(({ id, channel }) => `${id} (${channel})`).join(', ');
	context.logger.warn(
		`SendPulse still calls ${maskedAddress(url)}, where this trigger was before: webhooks ${what}. Remove them in SendPulse, unless another n8n uses them.`,
		{ node: context.getNode().name },
	);
}

/** Looks for what was missed after n8n has started, and every hour. */
export async function trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
	return selfCallEveryHour(this, () => {
		const { url, secret, cursor } = stateOf(this);
		return url === undefined || secret === undefined || cursor === undefined ? undefined : { url, secret };
	});
}
