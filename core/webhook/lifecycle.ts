import type { IHookFunctions } from 'n8n-workflow';
import { toServiceError } from '../errors';
import { maskedAddress } from './address';
import type { Registration } from './reconcile';
import { standsNoMore, standsNow } from './standing';

/** Publishing a change switches a workflow off and on again: what comes in between is caught up. */
const PAUSE_MS = 60 * 60_000;

/** What a trigger that a service calls keeps of being switched on and off. Times are epoch milliseconds. */
export interface Life extends Registration {
	/** The trigger's address, without what proves the caller. */
	url?: string;
	/** When the trigger was switched off. */
	stoppedAt?: number;
}

export const addressOf = (context: IHookFunctions): string => context.getNodeWebhookUrl('default')!;

/** Whether it is on again soon after it was switched off, or was never off: what came in between is its business. */
export const wasOnlyPaused = ({ stoppedAt }: Life): boolean =>
	stoppedAt === undefined || Date.now() - stoppedAt < PAUSE_MS;

/**
 * Whether the service calls exactly as the node says. While n8n starts and the service cannot be asked, it is believed to: an
 * error there would make n8n take the address down, and events with it.
 *
 * @throws {ServiceError} when it cannot be asked otherwise
 */
export async function isRegistered(
	context: IHookFunctions,
	service: string,
	life: Life,
	ask: () => Promise<boolean>,
): Promise<boolean> {
	try {
		if (!(await ask())) return false;
		standsNow(context, life);
		return true;
	} catch (error) {
		const failure = toServiceError(error);
		const isRestart = ['init', 'leadershipChange'].includes(context.getActivationMode());
		if (!isRestart || life.secret === undefined || !failure.facts.canRetry) throw error;
		context.logger.warn(
			`${service} could not be asked whether it still calls this trigger: ${failure.message}`,
			{ node: context.getNode().name },
		);
		return true;
	}
}

/** The counterpart of `takeDown`, when what calls the trigger stands, and the state has its secret: as it is called from now on. */
export function putUp(context: IHookFunctions, state: Life): void {
	state.url = addressOf(context);
	delete state.stoppedAt;
	standsNow(context, state);
}

/**
 * Takes down what calls this trigger, and forgets it. n8n stops taking down a workflow's other triggers when one of them
 * fails, so what could not be taken down is told in the log.
 *
 * @returns whether all of it was
 */
export async function takeDown(
	context: IHookFunctions,
	service: string,
	state: Life,
	work: () => Promise<void>,
): Promise<boolean> {
	try {
		await work();
		return true;
	} catch (error) {
		const { message, facts } = toServiceError(error);
		context.logger.warn(
			`The webhooks of this trigger may still stand in ${service}: ${message}. ${facts.remedy ?? ''} Remove them there.`,
			{ node: context.getNode().name },
		);
		return false;
	} finally {
		standsNoMore(context);
		delete state.secret;
		delete state.hooks;
		state.stoppedAt = Date.now();
	}
}

/**
 * n8n has got another address, or this is a copy of the workflow on another n8n: what calls the old address is left alone,
 * for it may be somebody's, and told of.
 *
 * @param left what still calls an address, in words: `webhook 17 of the message stream outbound`
 */
export async function tellOfOldAddress(
	context: IHookFunctions,
	service: string,
	{ url }: Life,
	left: (address: string) => Promise<string[]>,
): Promise<void> {
	if (url === undefined || url === addressOf(context)) return;
	const what = await left(url);
	if (what.length === 0) return;
	const they = what.length === 1 ? 'it' : 'them';
	context.logger.warn(
		`${service} still calls ${maskedAddress(url)}, where this trigger was before: ${what.join(', ')}. Remove ${they} in ${service}, unless another n8n uses ${they}.`,
		{ node: context.getNode().name },
	);
}
