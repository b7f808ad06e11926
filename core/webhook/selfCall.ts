import type { ITriggerFunctions, ITriggerResponse, IWebhookFunctions } from 'n8n-workflow';
import { setTimeout as wait } from 'node:timers/promises';
import { isStanding, type Address } from './standing';

/** The body of a call that a trigger makes to itself. */
const WAKE = { wake: true };

/** n8n stores what a trigger remembers, the secret too, a moment after the trigger has registered. */
const AFTER_MS = 2_000;
const EVERY_MS = 60 * 60_000;
/** When n8n starts, it may ask for `trigger()` before it has registered the address again, which may be another one now. */
const REGISTERED_MS = 30_000;
/** A look for what was missed may take long. */
const TIMEOUT_MS = 120_000;

const underWay = new Set<Promise<void>>();

export const isSelfCall = (body: unknown): boolean =>
	typeof body === 'object' && body !== null && (body as { wake?: unknown }).wake === true;

/**
 * For a webhook trigger's `trigger()`: calls the trigger's own address when n8n has started, and every hour, so that it
 * looks for what it has missed.
 *
 * Why by a call: only `webhook()` sees what n8n has stored; `trigger()` and `poll()` of the same node have copies of
 * their own, and would report again what came by webhook. Why in `trigger()`: n8n 2.41 does not ask webhook triggers
 * anything when it starts, only those with a `trigger()` or `poll()`. If n8n cannot reach its own address, the next
 * call of the service does the same.
 *
 * @param address undefined while there is nothing to look for.
 * @param unreached what to do when n8n did not reach its own address; it must not throw
 */
export function selfCallEveryHour(
	context: ITriggerFunctions,
	address: () => Address | undefined,
	unreached: () => Promise<void> = async () => {},
): ITriggerResponse {
	if (context.getMode() === 'manual') return {};
	const stop = new AbortController();
	const beat = () => {
		const beaten = beatOnce(context, address, unreached, stop.signal).catch((error: unknown) => {
			if (stop.signal.aborted) return;
			// In a timer nobody would catch it, and n8n would end.
			context.logger.warn(`The trigger could not look for missed events: ${String(error)}`, {
				node: context.getNode().name,
			});
		});
		underWayUntil(beaten);
	};
	const first = wait(AFTER_MS, undefined, { signal: stop.signal, ref: false }).then(beat);
	first.catch(() => undefined);
	const timer = setInterval(beat, EVERY_MS).unref();
	return {
		async closeFunction() {
			stop.abort();
			clearInterval(timer);
		},
	};
}

/**
 * The same once, when this call has been answered: there is more to be looked for than fits into one execution. Not when
 * n8n could not take over what was found: the next call finds it again.
 */
export function selfCallAgain(context: IWebhookFunctions, address: Address): void {
	const response = context.getResponseObject();
	// n8n stores what the trigger remembers before it answers. When the caller has gone, nobody can say when that is.
	const answered: Promise<boolean> = response.closed
		? wait(AFTER_MS, true, { ref: false })
		: new Promise((resolve) => response.once('close', () => resolve(response.statusCode < 300)));
	underWayUntil(answered.then(async (isTaken) => void (isTaken && (await selfCall(context, address)))));
}

/** When no such call is under way. */
export async function selfCallsDone(): Promise<void> {
	while (underWay.size > 0) await Promise.all(underWay);
}

async function beatOnce(
	context: ITriggerFunctions,
	address: () => Address | undefined,
	unreached: () => Promise<void>,
	signal: AbortSignal,
): Promise<void> {
	const remembered = address();
	if (remembered === undefined || (await selfCall(context, remembered)) !== 'unreached') return;
	if (!isStanding(context)) await wait(REGISTERED_MS, undefined, { signal, ref: false });
	const now = address();
	if (now === undefined) return;
	if (now.url !== remembered.url && (await selfCall(context, now)) !== 'unreached') return;
	await unreached();
}

/** `refused`: it was reached, and could not do what it was called for; n8n shows that as a failed execution. */
export type Called = 'done' | 'refused' | 'unreached';

/** The trigger calls itself, and comes back with what became of it. @param more what it is told beside that it shall look */
export async function selfCall(
	context: ITriggerFunctions | IWebhookFunctions,
	{ url, secret }: Address,
	more: object = {},
): Promise<Called> {
	const request = context.helpers.httpRequest({
		method: 'POST',
		url,
		body: { ...more, ...WAKE },
		auth: { username: secret.user, password: secret.password },
		timeout: TIMEOUT_MS,
	});
	const called = request.then(
		(): Called => 'done',
		(error: unknown): Called => {
			context.logger.debug('The trigger could not call itself; it catches up with the next event', {
				node: context.getNode().name,
				reason: error instanceof Error ? error.message : String(error),
			});
			const { response } = error as { response?: { status?: number } };
			return Number(response?.status) >= 500 ? 'refused' : 'unreached';
		},
	);
	underWayUntil(called);
	return await called;
}

function underWayUntil(work: Promise<unknown>): void {
	void heldUntil(work);
}

/** Has `selfCallsDone` wait for what leads to such a call. */
export async function heldUntil(work: Promise<unknown>): Promise<void> {
	const held = work.then(() => undefined);
	underWay.add(held);
	await held.finally(() => underWay.delete(held));
}
