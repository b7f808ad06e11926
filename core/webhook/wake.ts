import type { IWebhookFunctions } from 'n8n-workflow';
import { setTimeout as wait } from 'node:timers/promises';
import { heldUntil, selfCall, type Called } from './selfCall';
import type { Address } from './standing';

/** For how long a caller is left without an answer until it is known whether n8n reaches itself, in milliseconds. */
const SOON_MS = 1_500;

interface Waking {
	/** Another call came that this one may be too early for. */
	again: boolean;
	current: Promise<Called>;
}

/** Calls of triggers to themselves that are under way in this process, by what they are about. */
const underWay = new Map<string, Waking>();
/** Triggers of which it is known that n8n reaches them. */
const reached = new Set<string>();
const later = new Map<string, NodeJS.Timeout>();

/** To be called when a trigger's call to itself has come in. */
export const isReached = (node: string): void => void reached.add(node);

/**
 * For a service that must have its answer at once: has the trigger call itself, to do the work there. While such a call is
 * under way, what comes is noted, and there is one more when it has ended: a flood of calls leads to two looks.
 *
 * @param more what the trigger is told; calls with the same are one
 * @param pauseMs how long at least from the end of a look to the next one, where a flood leads to many
 * @returns `done` when the service can be answered that it was taken, `unreached` when the work has to be done here, and
 * `unknown` when the service had better come again
 */
export async function wake(
	context: IWebhookFunctions,
	node: string,
	address: Address,
	more: object = {},
	pauseMs = 0,
): Promise<'done' | 'unreached' | 'unknown'> {
	const name = `${node} ${JSON.stringify(more)}`;
	let waking = underWay.get(name);
	if (waking === undefined) {
		waking = { again: false, current: selfCall(context, address, more) };
		underWay.set(name, waking);
		void heldUntil(goOn(name, waking, pauseMs, async () => await selfCall(context, address, more)));
	} else waking.again = true;
	const come = await Promise.race([waking.current, wait(SOON_MS, undefined, { ref: false })]);
	// It was reached and failed: what it could not do, the caller's next try may.
	if (come === 'refused') return 'unknown';
	if (come !== undefined) return come;
	return reached.has(node) ? 'done' : 'unknown';
}

async function goOn(
	name: string,
	waking: Waking,
	pauseMs: number,
	call: () => Promise<Called>,
): Promise<void> {
	while ((await waking.current) === 'done') {
		if (pauseMs > 0) await wait(pauseMs, undefined, { ref: false });
		if (!waking.again) break;
		waking.again = false;
		waking.current = call();
	}
	underWay.delete(name);
}

/** The trigger calls itself after so many milliseconds, once however often this is asked for. */
export function wakeLater(context: IWebhookFunctions, node: string, address: Address, ms: number): void {
	if (later.has(node)) return;
	const timer = setTimeout(() => {
		later.delete(node);
		void selfCall(context, address);
	}, ms);
	later.set(node, timer.unref());
}
