import { setTimeout as wait } from 'node:timers/promises';
import { ServiceError } from '../errors';
import type { RequestStats } from './connection';
import { decide, decideRefused, type AttemptHistory, type Decision, type FailedAttempt } from './retryPolicy';

/** What came of one attempt. */
export type Attempted<T> = { value: T } | FailedAttempt;

/** How a request may be repeated, whatever the protocol. */
export interface Repeatable<T> {
	/** Whether doing it twice does no harm. */
	idempotent: boolean;
	/**
	 * Asks the service whether a request of unknown fate was carried out: its result, or undefined when it certainly was
	 * not (it is then sent again). An error tells what is there instead ("was there already"). Throws when the service
	 * cannot say. Only used for what is not idempotent.
	 */
	reconcile?(): Promise<T | ServiceError | undefined>;
	/**
	 * Whether a refusal that follows a try of unknown fate only says that this try did it: what was to be deleted is gone,
	 * what was to be made is there. Its result, or undefined when it was refused indeed.
	 */
	doneBefore?(refusal: ServiceError): Promise<T | ServiceError | undefined>;
	/** What a person should look at when the fate stays unknown. */
	manualCheck?: string;
	/** The sign-in has run out; true when another attempt can help. */
	refresh?(): boolean;
	/** The service asked to wait: closes the limiter that the request went through. */
	rateLimited(retryAfterMs: number | undefined): void;
	succeeded?(): void;
}

/** Time for a request of unknown fate to finish at the service before it is looked up. */
const RECONCILE_AFTER_MS = 500;

/** Repeats what may be repeated, and asks what became of what may not: the same for every request of a run. */
export class Attempts {
	readonly stats: RequestStats = { requests: 0, retries: 0, throttled: 0, waitedMs: 0 };
	private waiters = 0;
	private waitingSince = 0;

	constructor(
		readonly service: string,
		readonly signal: AbortSignal | undefined,
	) {}

	/**
	 * @param attempt one attempt; it calls `sent` when the request leaves this machine.
	 * @throws {ServiceError} what the last attempt came to.
	 */
	async run<T>(request: Repeatable<T>, attempt: (sent: () => void) => Promise<Attempted<T>>): Promise<T> {
		const started = Date.now();
		const history: AttemptHistory = { faults: 0, waits: 0, hasRefreshed: false, elapsedMs: 0 };
		let isLost = false;
		for (;;) {
			const attempted = await this.once(request, attempt);
			if ('value' in attempted) {
				request.succeeded?.();
				return attempted.value;
			}
			history.elapsedMs = Date.now() - started;
			if (attempted.action === 'rateLimited') history.waits++;
			else history.faults++;
			let decision = decide(attempted, history, request.idempotent);
			let { error } = attempted;
			if (decision.next === 'refreshToken') {
				history.hasRefreshed = true;
				if (request.refresh?.() === true) continue;
				decision = { next: 'giveUp' };
			}
			if (decision.next === 'reconcile') {
				const found = await this.reconcile(request, error);
				if (found !== undefined) return found;
				// It was not done, so that doing it again does no harm, whatever came back.
				error = error.with({ outcome: 'refused', canRetry: true });
				decision = decideRefused({ ...attempted, error }, history);
			}
			if (isLost && decision.next === 'giveUp') {
				const done = await this.doneBefore(request, error);
				if (done !== undefined) return done;
			}
			isLost ||= attempted.error.outcome === 'unknown';
			await this.carryOut(decision, request, attempted, error);
		}
	}

	/** How a request of this run waits for its turn. */
	get turn(): { signal?: AbortSignal; waiting: (starts: boolean) => void } {
		return { ...(this.signal === undefined ? {} : { signal: this.signal }), waiting: this.waiting };
	}

	/** Requests wait side by side: the time is counted once, however many there are. */
	private readonly waiting = (starts: boolean): void => {
		if (starts && this.waiters++ === 0) this.waitingSince = Date.now();
		if (!starts && --this.waiters === 0) this.stats.waitedMs += Date.now() - this.waitingSince;
	};

	private async once<T>(
		{ idempotent }: Repeatable<T>,
		attempt: (sent: () => void) => Promise<Attempted<T>>,
	): Promise<Attempted<T>> {
		if (this.signal?.aborted) throw stopped(this.service, true);
		let isOut = false;
		try {
			const attempted = await attempt(() => (isOut = true));
			const isUnanswered = !('value' in attempted) && attempted.action === undefined;
			if (isUnanswered && this.signal?.aborted) throw stopped(this.service, idempotent || !isOut);
			return attempted;
		} catch (error) {
			if (this.signal?.aborted && !(error instanceof ServiceError))
				throw stopped(this.service, idempotent || !isOut);
			throw error;
		}
	}

	private async carryOut<T>(
		decision: Decision,
		request: Repeatable<T>,
		{ action, retryAfterMs }: FailedAttempt,
		error: ServiceError,
	): Promise<void> {
		if (action === 'rateLimited') {
			this.stats.throttled++;
			request.rateLimited(retryAfterMs);
		}
		if (decision.next === 'giveUp') throw error;
		this.stats.retries++;
		if (decision.next === 'again') await this.pause(decision.afterMs);
	}

	private async reconcile<T>(request: Repeatable<T>, error: ServiceError): Promise<T | undefined> {
		const unknown = error.with({
			canRetry: false,
			message: `${error.message}. It is not known whether this was done`,
			remedy: `${request.manualCheck ?? 'Look at the service whether it was done.'} It was not repeated, so that nothing happens twice.`,
		});
		if (request.reconcile === undefined) throw unknown;
		let found: T | ServiceError | undefined;
		try {
			await this.pause(RECONCILE_AFTER_MS);
			found = await request.reconcile();
		} catch {
			throw unknown;
		}
		if (found instanceof ServiceError) throw found;
		return found;
	}

	private async doneBefore<T>(request: Repeatable<T>, error: ServiceError): Promise<T | undefined> {
		if (error.outcome !== 'refused' || request.doneBefore === undefined) return undefined;
		let found: T | ServiceError | undefined;
		try {
			found = await request.doneBefore(error);
		} catch {
			throw error.with({
				outcome: 'unknown',
				message: `${error.message}. An earlier try, whose answer got lost, may have done it`,
				remedy: request.manualCheck ?? 'Look at the service whether it was done.',
			});
		}
		if (found instanceof ServiceError) throw found;
		return found;
	}

	/** A wait that ends with the execution. @throws {ServiceError} when it does */
	async pause(ms: number): Promise<void> {
		await wait(ms, undefined, this.signal ? { signal: this.signal } : undefined).catch(() => {
			throw stopped(this.service, true);
		});
	}
}

export function stopped(service: string, isHarmless: boolean): ServiceError {
	return new ServiceError({
		service,
		message: isHarmless
			? 'The execution was stopped before this was done'
			: 'The execution was stopped while this was under way. It is not known whether it was done',
		remedy: isHarmless ? 'Run it again to do the rest.' : 'Look at the service whether it was done.',
		outcome: isHarmless ? 'notSent' : 'unknown',
		canRetry: isHarmless,
	});
}
