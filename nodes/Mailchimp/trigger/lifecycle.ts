import type { IHookFunctions, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
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
import { mailchimp } from '../connection';
import { isDue, syncCursor } from './catchUp';
import { audienceHooks } from './hooks';
import { settingsOf, wantedHooks } from './settings';
import { stateOf, type State } from './state';

const SERVICE = 'Mailchimp';

/** Whether Mailchimp calls exactly as the node says. */
export async function checkExists(this: IHookFunctions): Promise<boolean> {
	return await inPlainWords(this, async () => {
		const settings = settingsOf(this);
		const state = stateOf(this);
		return await isRegistered(this, SERVICE, state, async () => {
			const { hooks, clock } = await open(this);
			if (!(await areReconciled(hooks, wantedHooks(settings), state))) return false;
			syncCursor(state, settings, clock);
			return true;
		});
	});
}

export async function create(this: IHookFunctions): Promise<boolean> {
	return await inPlainWords(this, async () => {
		const settings = settingsOf(this);
		const state = stateOf(this);
		const { hooks, signing, clock } = await open(this);
		await removeStrangers(hooks, settings.audience, state);
		const registered = await reconcileWebhooks(hooks, wantedHooks(settings), state);
		await tellOfOldAddress(this, SERVICE, state, async (url) => await callersOf(this, url));
		const ids = Object.values(registered.hooks);
		const secrets = Object.entries({ ...state.signing, ...signing }).filter(([id]) => ids.includes(id));
		Object.assign(state, registered, { signing: Object.fromEntries(secrets) });
		if (!wasOnlyPaused(state)) {
			delete state.cursor;
			state.lookedAt = Date.now();
			state.since = 0;
		}
		state.lookedAt ??= Date.now();
		putUp(this, state);
		syncCursor(state, settings, clock);
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

/** Takes down everything that calls this trigger. */
export async function remove(this: IHookFunctions): Promise<boolean> {
	const state = stateOf(this);
	const isDone = await takeDown(this, SERVICE, state, async () => {
		const { hooks } = await open(this);
		const chosen = this.getNodeParameter('audience', '', { extractValue: true }) as string;
		await removeWebhooks(hooks, chosen ? [chosen] : [], state);
	});
	delete state.signing;
	return isDone;
}

/** What calls an address, in words. */
async function callersOf(context: IHookFunctions, url: string): Promise<string[]> {
	const client = await mailchimp.open(context);
	const left = await audienceHooks(client, url, {}).list([settingsOf(context).audience]);
	return left.map(({ id }) => `webhook ${id}`);
}

async function open(context: IHookFunctions) {
	const client = await mailchimp.open(context);
	const signing: Record<string, string> = {};
	return { hooks: audienceHooks(client, addressOf(context), signing), signing, clock: client.clock };
}

/** Looks for what was missed after n8n has started, and every hour. */
export async function trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
	return selfCallEveryHour(this, () => {
		const state = stateOf(this);
		const address = standingAddress(this, state);
		return address && isDue({ ...state, lookedAt: 0 }, settingsOf(this)) ? address : undefined;
	});
}
