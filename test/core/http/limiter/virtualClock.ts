import { setImmediate as settled } from 'node:timers/promises';
import type { Clock } from '../../../../core/http/limiter/clock';

interface Due {
	at: number;
	order: number;
	run(): void;
}

/** Time that passes only when nothing else is left to do: hours of requests in a moment, the same each time. */
export class VirtualClock implements Clock {
	private time = 1_000;
	private order = 0;
	private due: Due[] = [];

	now(): number {
		return this.time;
	}

	/** Timers that have not fired yet. */
	get pending(): number {
		return this.due.length;
	}

	async wait(ms: number, signal?: AbortSignal): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			signal?.throwIfAborted();
			const stop = () => {
				this.due = this.due.filter((other) => other !== timer);
				reject(signal?.reason as Error);
			};
			const timer = this.at(ms, () => {
				signal?.removeEventListener('abort', stop);
				resolve();
			});
			signal?.addEventListener('abort', stop, { once: true });
		});
	}

	soon(work: () => void): void {
		this.at(0, work);
	}

	/** Lets time pass until `work` is done, and answers with what came of it. */
	async run<T>(work: Promise<T>): Promise<T> {
		let isDone = false;
		const done = work.finally(() => (isDone = true));
		done.catch(() => undefined);
		for (;;) {
			await settled();
			if (isDone) return await done;
			const next = this.earliest();
			if (next === undefined) throw new Error('Nothing is left that could end what is waited for');
			this.time = Math.max(this.time, next.at);
			next.run();
		}
	}

	/** Lets `ms` pass. */
	async pass(ms: number): Promise<void> {
		await this.run(this.wait(ms));
	}

	private at(ms: number, run: () => void): Due {
		const timer = { at: this.time + Math.max(0, ms), order: this.order++, run };
		this.due.push(timer);
		return timer;
	}

	private earliest(): Due | undefined {
		let first: Due | undefined;
		for (const timer of this.due)
			if (first === undefined || timer.at < first.at || (timer.at === first.at && timer.order < first.order))
				first = timer;
		if (first !== undefined) this.due.splice(this.due.indexOf(first), 1);
		return first;
	}
}
