import type { Clock } from './clock';
import { Patience } from './patience';

/** Places of one account that all workers take from. */
export interface PlacesOfAll {
	/**
	 * Takes `places` of `limit` and answers 0, or stands in the queue of all workers and answers the milliseconds after which to
	 * ask again. What is more than the limit gets its places when nobody else has any.
	 */
	take(id: string, places: number, limit: number): Promise<number>;
	/** Gives them back, or leaves the queue. */
	give(id: string): Promise<void>;
}

/** Called with the account and, after a space, its scope. */
export type PlacesFactory = (account: string) => PlacesOfAll | undefined;

let kept: PlacesFactory | undefined;

/** Set once, by what shares state between workers; `undefined` leaves each process to itself. */
export function usePlaces(factory: PlacesFactory | undefined): void {
	kept = factory;
}

/** Lets work begin when there is room for it among the work of all workers. */
export class TogetherPlaces {
	private factory: PlacesFactory | undefined;
	private ofAll: PlacesOfAll | undefined;
	private readonly patience: Patience;
	private isAnswering = true;
	private count = 0;

	constructor(
		private readonly account: string,
		private readonly clock: Clock,
	) {
		this.patience = new Patience(clock);
	}

	/** Whether all workers are counted: else each has to keep to its part. */
	get areCounted(): boolean {
		return this.current !== undefined && this.isAnswering;
	}

	/** @throws what `work` does; the signal's reason when it is aborted before there is room */
	async hold<T>(
		work: () => Promise<T>,
		places: number,
		limit: () => number,
		signal?: AbortSignal,
	): Promise<T> {
		const ofAll = this.current;
		if (ofAll === undefined) return await work();
		const id = String(++this.count);
		try {
			let ms = 1;
			while (ms > 0) {
				const answer = await this.patience.ask(async () => await ofAll.take(id, places, limit()));
				signal?.throwIfAborted();
				this.isAnswering = answer !== undefined;
				ms = answer ?? 0;
				if (ms > 0) await this.clock.wait(ms, signal);
			}
			return await work();
		} finally {
			// Who is not heard of any more loses its places by itself.
			void ofAll.give(id).catch(() => undefined);
		}
	}

	private get current(): PlacesOfAll | undefined {
		if (this.factory !== kept) {
			this.factory = kept;
			this.ofAll = kept?.(this.account);
		}
		return this.ofAll;
	}
}
