import type { IHookFunctions, ITriggerFunctions, ITriggerResponse, IWebhookFunctions } from 'n8n-workflow';
import { toServiceError } from '../../../../core/errors';
import type { Client } from '../../../../core/http/client';
import { toNodeError } from '../../../../core/node/nodeError';
import { newSecret, type Secret } from '../../../../core/webhook/auth';
import { inPlainWords } from '../../../../core/node/inPlainWords';
import {
	addressOf,
	isRegistered,
	putUp,
	takeDown,
	tellOfOldAddress,
	wasOnlyPaused,
} from '../../../../core/webhook/lifecycle';
import { areReconciled, reconcileWebhooks, removeWebhooks } from '../../../../core/webhook/reconcile';
import { selfCallEveryHour } from '../../../../core/webhook/selfCall';
import { standingAddress } from '../../../../core/webhook/standing';
import { outlook } from '../../connection';
import { readChosen } from '../chosen';
import { beginning } from '../delta';
import { instantFields } from './fields';
import { stateOf } from './state';
import { markedBy, subscriptionsAt, wantedBy } from './subscription';

const SERVICE = 'Outlook';

/** Whether Outlook calls exactly as the node says. */
export async function checkExists(this: IHookFunctions): Promise<boolean> {
	return await inPlainWords(this, async () => {
		const wanted = wantedBy(readChosen(this, instantFields), await outlook.open(this));
		const state = stateOf(this);
		const { secret } = state;
		if (secret === undefined || state.watched !== wanted.resource || state.place === undefined) return false;
		return await isRegistered(this, SERVICE, state, async () => {
			const hooks = subscriptionsAt(await outlook.open(this), addressOf(this), wanted);
			return await areReconciled(hooks, markedBy(wanted, secret), state);
		});
	});
}

export async function create(this: IHookFunctions): Promise<boolean> {
	return await inPlainWords(this, async () => {
		const client = await outlook.open(this);
		const wanted = wantedBy(readChosen(this, instantFields), client);
		const state = stateOf(this);
		const secret = state.secret ?? newSecret();
		const since = await timeAtOutlook(client);
		const hooks = await keepSubscription(this, client, addressOf(this), secret);
		await tellOfOldAddress(this, SERVICE, state, async (url) => {
			const left = await subscriptionsAt(client, url, wanted).list([]);
			return left.map(({ id }) => `subscription ${id}`);
		});
		Object.assign(state, {
			// What happened before it was switched on is none of its business. What is chosen beside what was watched before begins now.
			place: { ...(wasOnlyPaused(state) ? state.place : undefined), since },
			secret,
			hooks,
			watched: wanted.resource,
			keptAt: Date.now(),
		});
		putUp(this, state);
		return true;
	});
}

/** By Outlook’s clock, in epoch milliseconds: for n8n’s, where that is ahead, the first messages would be older than the trigger. */
async function timeAtOutlook(client: Client): Promise<number> {
	await client.send({ path: '/subscriptions', answer: ['value'] });
	return beginning(client, Date.now());
}

/** Takes down everything that calls this trigger. */
export async function remove(this: IHookFunctions): Promise<boolean> {
	const state = stateOf(this);
	return await takeDown(this, SERVICE, state, async () => {
		const client = await outlook.open(this);
		const wanted = wantedBy(readChosen(this, instantFields), client);
		await removeWebhooks(subscriptionsAt(client, addressOf(this), wanted), [], state);
	});
}

/**
 * Sees to it that there is one subscription, for what the form says, which lasts for a week from now: renewed, or made anew when
 * it is gone. It needs nothing but the secret, so that it can be done wherever that is known.
 *
 * @returns its ID by its mark
 */
export async function keepSubscription(
	context: IHookFunctions | ITriggerFunctions | IWebhookFunctions,
	client: Client,
	address: string,
	secret: Secret,
): Promise<Record<string, string>> {
	const wanted = wantedBy(readChosen(context, instantFields), client);
	const target = subscriptionsAt(client, address, wanted);
	return (await reconcileWebhooks(target, markedBy(wanted, secret), { secret })).hooks;
}

/** Renews, and looks for what no notification told: after n8n has started, and every hour. */
export async function trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
	const address = () => standingAddress(this, stateOf(this));
	return selfCallEveryHour(this, address, async () => {
		const { url, secret } = address()!;
		try {
			// Notifications that come are looked after all the same, so the subscription must not end.
			await keepSubscription(this, await outlook.open(this), url, secret);
			this.logger.warn(
				'n8n does not reach its own address, so that the trigger looks only when Outlook calls. Check WEBHOOK_URL, and that this n8n can open it.',
				{ node: this.getNode().name },
			);
		} catch (error) {
			this.saveFailedExecution(toNodeError(this.getNode(), toServiceError(error), undefined));
		}
	});
}
