import { setImmediate as turn } from 'node:timers/promises';

/** n8n answers its editor, its webhooks and all other executions from the same thread: none of them waits longer. */
const SLICE_MS = 2;

let since = performance.now();
let queue: Promise<void> = Promise.resolve();

/**
 * To be called in every loop that works through many items without waiting for anything: gives way to the event loop when
 * 2 ms have passed since somebody last did. `undefined`, the usual case, means: go on at once, without a promise.
 *
 * ```ts
 * const pause = breathe();
 * if (pause) await pause;
 * ```
 *
 * Those who give way at the same time go on one after another, a turn of the event loop each: ten executions together
 * hold it up no longer than one.
 */
export function breathe(): Promise<void> | undefined {
	if (performance.now() - since < SLICE_MS) return undefined;
	queue = queue.then(nextTurn);
	return queue;
}

async function nextTurn(): Promise<void> {
	await turn();
	since = performance.now();
}
