import { clearTimeout, setImmediate, setTimeout } from 'node:timers';
import { onAbort } from './onAbort';

/** Time as the limiter sees it, so that its tests need no real seconds. */
export interface Clock {
	/** Milliseconds that only ever grow; not the time of day. */
	now(): number;
	/** Ends at once when `signal` is aborted. @throws the signal's reason */
	wait(ms: number, signal?: AbortSignal): Promise<void>;
	/** After everything that is ready to run now. */
	soon(work: () => void): void;
}

export const systemClock: Clock = {
	now: () => performance.now(),
	wait: async (ms, signal) =>
		await new Promise<void>((resolve, reject) => {
			signal?.throwIfAborted();
			const timer = setTimeout(() => {
				forget();
				resolve();
			}, Math.ceil(ms));
			const forget = onAbort(signal, (reason) => {
				clearTimeout(timer);
				reject(reason);
			});
		}),
	soon: (work) => void setImmediate(work),
};
