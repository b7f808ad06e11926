interface Delivery {
	state: string;
}

/** How a delivery goes out. */
interface Way<D extends Delivery> {
	/** Posts it once, and answers with what is so now; 'waiting' when it is to be tried again. */
	attempt(delivery: D, stop: AbortSignal): Promise<D['state']>;
	/** Milliseconds until it is tried again. */
	waitMs(delivery: D): number;
	/** Told of every change of the state. */
	onState?: ((state: D['state']) => void) | undefined;
}

const KEPT = 2000;

/** What a stand-in posts to webhooks: each on its way until it has arrived or is given up. */
export class Deliveries<D extends Delivery> {
	/** Oldest first; the last 2000. */
	list: D[] = [];
	private sequence = 0;
	private readonly underWay = new Set<Promise<void>>();
	private readonly timers = new Set<NodeJS.Timeout>();
	private stop = new AbortController();

	/** @param make the delivery, 'under way', with this number */
	add(make: (id: number) => D, way: Way<D>): D {
		const delivery = make(++this.sequence);
		this.list.push(delivery);
		if (this.list.length > KEPT) this.list.shift();
		this.start(delivery, way);
		return delivery;
	}

	/** When nothing is under way; what waits for its next try does not count. */
	async idle(): Promise<void> {
		while (this.underWay.size > 0) await Promise.all(this.underWay);
	}

	/** Forgets everything, and whatever is under way or waiting is never posted. */
	clear(): void {
		this.stop.abort();
		this.stop = new AbortController();
		for (const timer of this.timers) clearTimeout(timer);
		this.timers.clear();
		this.list = [];
		this.sequence = 0;
	}

	private start(delivery: D, way: Way<D>): void {
		const { signal } = this.stop;
		const work = way.attempt(delivery, signal).then((state) => {
			if (signal.aborted) return;
			delivery.state = state;
			if (state === 'waiting') this.wait(delivery, way);
			way.onState?.(state);
		});
		this.underWay.add(work);
		void work.finally(() => this.underWay.delete(work));
	}

	private wait(delivery: D, way: Way<D>): void {
		const timer = setTimeout(() => {
			this.timers.delete(timer);
			delivery.state = 'under way';
			this.start(delivery, way);
		}, way.waitMs(delivery));
		timer.unref();
		this.timers.add(timer);
	}
}

/** The sandbox posts to no other computer, whatever a webhook's address says. */
export function isLocal(url: string): boolean {
	const parsed = URL.canParse(url) ? new URL(url) : undefined;
	return (
		parsed !== undefined &&
		/^https?:$/.test(parsed.protocol) &&
		['127.0.0.1', 'localhost', '[::1]'].includes(parsed.hostname)
	);
}
