import type { Clock } from './clock';
import { onAbort } from './onAbort';

interface Waiting {
	places: number;
	go(): void;
}

/**
 * Places for work under way, given out in the order they were asked for: whoever needs several is overtaken by nobody who
 * needs one, and the other way round. (cockatiel's bulkhead has a fixed number of them,
 * and keeps those in its queue whose execution was cancelled.)
 */
export class Places {
	private readonly queue = new Set<Waiting>();
	private taken = 0;
	private isPumping = false;

	/**
	 * `limit` is asked each time a place may be given: it can change while places are held. At least one is given, and to
	 * whoever needs more than there are, when nobody else has any.
	 */
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

	/** Holds places while `work` runs. @throws the signal's reason when it is aborted before there is a place */
	async hold<T>(work: () => Promise<T>, signal?: AbortSignal, places = 1): Promise<T> {
		signal?.throwIfAborted();
		if (this.queue.size === 0 && this.hasRoom(places)) this.taken += places;
		else await this.queued(places, signal);
		try {
			return await work();
		} finally {
			this.taken -= places;
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
			for (const waiting of this.queue) {
				if (!this.hasRoom(waiting.places)) break;
				this.queue.delete(waiting);
				this.taken += waiting.places;
				waiting.go();
			}
		});
	}

	private hasRoom(places: number): boolean {
		return this.taken === 0 || this.taken + places <= this.limit();
	}

	private async queued(places: number, signal: AbortSignal | undefined): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			const waiting: Waiting = {
				places,
				go() {
					forget();
					resolve();
				},
			};
			const forget = onAbort(signal, (reason) => {
				this.queue.delete(waiting);
				reject(reason);
				// Those behind may need less.
				this.pump();
			});
			this.queue.add(waiting);
			this.pump();
		});
	}
}
