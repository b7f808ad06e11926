import { monitorEventLoopDelay } from 'node:perf_hooks';

/** The longest time, in milliseconds, for which nobody else got their turn while `work` was under way. */
export async function standStillOf(work: () => Promise<unknown>): Promise<number> {
	const delay = monitorEventLoopDelay({ resolution: 1 });
	delay.enable();
	await work();
	delay.disable();
	return delay.max / 1e6;
}
