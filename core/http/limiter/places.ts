import type { Clock } from './clock';
import { onAbort } from './onAbort';

/**
 * Places for work under way, given out in the order they were asked for. (cockatiel's bulkhead has a fixed number of them,
 * and keeps those in its queue whose execution was cancelled.)
 */
export class Places {
	private readonly queue = new Set<() => void>();
	private taken = 0;
	private isPumping = false;

	/** `limit` is asked each time a place may be given: it can change while places are held. At least one is given. */
	constructor(
		private readonly limit: () => number,
		private readonly clock: Clock,
	) {}

	/** Places that are held. */
	get held(): number {
		return this.taken;
	}

	/** Callers in the queue. */
	get waiting(): number {
		return this.queue.size;
	}

	/** Holds a place while `work` runs. @throws the signal's reason when it is aborted before there is a place */
	async hold<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
		signal?.throwIfAborted();
		if (this.queue.size === 0 && this.isFree) this.taken++;
		else await this.queued(signal);
		try {
			return await work();
		} finally {
			this.taken--;
			this.pump();
		}
	}

	/** To be called when the limit may have grown. */
	pump(): void {
		if (this.isPumping || this.queue.size === 0) return;
		this.isPumping = true;
		// A little later: whoever gave its place back may find in its answer that nobody should start now.
		this.clock.soon(() => {
			this.isPumping = false;
			for (const go of this.queue) {
				if (!this.isFree) break;
				this.queue.delete(go);
				this.taken++;
				go();
			}
		});
	}

	private get isFree(): boolean {
		return this.taken < Math.max(1, this.limit());
	}

	private async queued(signal: AbortSignal | undefined): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			const go = () => {
				forget();
				resolve();
			};
			const forget = onAbort(signal, (reason) => {
				this.queue.delete(go);
				reject(reason);
			});
			this.queue.add(go);
			this.pump();
		});
	}
}
