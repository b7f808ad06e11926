type Stop = (reason: unknown) => void;

/** All that waits on one signal. */
class Listener {
	readonly stops = new Set<Stop>();

	constructor(private readonly signal: AbortSignal) {
		signal.addEventListener('abort', this.fire, { once: true });
	}

	remove(): void {
		this.signal.removeEventListener('abort', this.fire);
		listeners.delete(this.signal);
	}

	private readonly fire = (): void => {
		listeners.delete(this.signal);
		const stops = [...this.stops];
		this.stops.clear();
		for (const stop of stops) stop(this.signal.reason);
	};
}

const listeners = new WeakMap<AbortSignal, Listener>();

/**
 * Calls `stop` once, with the signal's reason, when `signal` is aborted. Hundreds of requests of one execution wait side
 * by side: they share one listener, since Node warns of a leak from the eleventh on. Answers with what takes `stop` away.
 */
export function onAbort(signal: AbortSignal | undefined, stop: Stop): () => void {
	if (signal === undefined) return () => undefined;
	const listener = listeners.get(signal) ?? new Listener(signal);
	listeners.set(signal, listener);
	listener.stops.add(stop);
	return () => {
		if (listener.stops.delete(stop) && listener.stops.size === 0) listener.remove();
	};
}
