import type { IHookFunctions, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { newSecret } from '../../../core/webhook/auth';
import { inPlainWords } from '../../../core/node/inPlainWords';
import {
	addressOf,
	isRegistered,
	putUp,
	takeDown,
	tellOfOldAddress,
	wasOnlyPaused,
} from '../../../core/webhook/lifecycle';
import {
	areReconciled,
	reconcileWebhooks,
	removeWebhooks,
	type WebhookTarget,
} from '../../../core/webhook/reconcile';
import { selfCallEveryHour } from '../../../core/webhook/selfCall';
import { standingAddress } from '../../../core/webhook/standing';
import { sendPulse } from '../connection';
import { emailHooks, wantedHooks } from './emailHooks';
import { settingsOf, type Settings } from './settings';
import { stateOf, type State } from './state';

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

const SERVICE = 'SendPulse';

/** Whether SendPulse calls exactly as the node says. */
export async function checkExists(this: IHookFunctions): Promise<boolean> {
	return await inPlainWords(this, async () => {
		const settings = settingsOf(this);
		const state = stateOf(this);
		if (state.secret === undefined) return false;
		syncCursor(state, settings);
		if (!hasHooks(settings, state)) return true;
		return await isRegistered(
			this,
			SERVICE,
			state,
			async () => await areReconciled(await hooksOf(this, state), wantedBy(settings), state),
		);
	});
}

export async function create(this: IHookFunctions): Promise<boolean> {
	return await inPlainWords(this, async () => {
		const settings = settingsOf(this);
		const state = stateOf(this);
		const registered = hasHooks(settings, state)
			? await reconcileWebhooks(await hooksOf(this, state), wantedBy(settings), state)
			: { secret: state.secret ?? newSecret(), hooks: {} };
		if (settings.service === 'email')
			await tellOfOldAddress(this, SERVICE, state, async (url) => await callersOf(this, url));
		Object.assign(state, registered);
		if (!wasOnlyPaused(state)) delete state.cursor;
		putUp(this, state);
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

/** Takes down everything that calls this trigger. */
export async function remove(this: IHookFunctions): Promise<boolean> {
	const state = stateOf(this);
	return await takeDown(this, SERVICE, state, async () => {
		const service = this.getNodeParameter('service', 'email');
		if (service === 'email' || Object.keys(state.hooks ?? {}).length > 0)
			await removeWebhooks(await hooksOf(this, state), [], state);
	});
}

/** What calls an address, in words. */
async function callersOf(context: IHookFunctions, url: string): Promise<string[]> {
	const left = await (await hooksAt(context, url)).list([]);
	return left.map(({ id, channel }) => `webhook ${id} (${channel})`);
}

/** Looks for what was missed after n8n has started, and every hour. */
export async function trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
	return selfCallEveryHour(this, () => {
		const state = stateOf(this);
		return state.cursor === undefined ? undefined : standingAddress(this, state);
	});
}
