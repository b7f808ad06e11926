import type { Chunk } from '../../batch/chunks';
import type { Fate } from '../../batch/inFlight';
import { claimAmongWorkers, type WorkerClaim } from '../../batch/workersInFlight';
import { ServiceError, toServiceError } from '../../errors';
import { onAbort } from '../../http/limiter/onAbort';
import { RedisAway, shared, type Claims } from '../../shared';

/** What to do with the messages of a chunk, by their positions in it. */
export interface Admission {
	/** To be sent by this run. */
	mine: number[];
	/** What becomes of those that other workers hold; `undefined`: free again, ask again. */
	others: Array<{ position: number; fate: Promise<Elsewhere> }>;
}

/** `notClaimed`: it cannot be known what others do, so nothing was sent. */
export type Elsewhere = Fate | { notClaimed: ServiceError } | undefined;

/**
 * What one run holds among all workers. Where one process does everything, it holds all it asks for: the run's claims in
 * that process are enough.
 */
export class WorkerClaims {
	private readonly held = new Map<number, WorkerClaim>();

	constructor(
		private readonly signal: AbortSignal | undefined,
		private readonly claims: Claims | undefined = shared().isShared ? shared().claims : undefined,
	) {}

	/** @param idOf the id of the message at a position; undefined for those that may go out twice */
	async admit(
		chunk: Chunk,
		positions: number[],
		idOf: (index: number) => string | undefined,
	): Promise<Admission> {
		if (this.claims === undefined) return { mine: positions, others: [] };
		const free: number[] = [];
		const wanted: Array<{ position: number; id: string }> = [];
		for (const position of positions) {
			const id = idOf(chunk.indexes[position]!);
			if (id === undefined) free.push(position);
			else wanted.push({ position, id });
		}
		if (wanted.length === 0) return { mine: free, others: [] };
		const admission: Admission = { mine: free, others: [] };
		const ids = wanted.map(({ id }) => id);
		try {
			const claimed = await claimAmongWorkers(this.claims, ids, this.signal);
			for (const [i, { position }] of wanted.entries()) {
				const one = claimed[i]!;
				if ('others' in one) admission.others.push({ position, fate: this.untilStopped(one.others) });
				else {
					this.held.set(chunk.indexes[position]!, one.mine);
					admission.mine.push(position);
				}
			}
		} catch (error) {
			const fate = Promise.resolve({ notClaimed: notClaimed(error) });
			for (const { position } of wanted) admission.others.push({ position, fate });
		}
		admission.mine.sort((a, b) => a - b);
		return admission;
	}

	/** Whether a worker that died may have sent it. */
	isDoubtful(index: number): boolean {
		return this.held.get(index)?.isDoubtful ?? false;
	}

	/** Whether no other worker can have taken it over. */
	isHeld(index: number): boolean {
		return this.held.get(index)?.isHeld ?? true;
	}

	settle(index: number, fate: Fate): void {
		this.held.get(index)?.settle(fate);
		this.held.delete(index);
	}

	private async untilStopped(fate: Promise<Fate | undefined>): Promise<Elsewhere> {
		let forget = () => {};
		const stopped = new Promise<never>((_, reject) => {
			if (this.signal?.aborted) reject(this.signal.reason as Error);
			forget = onAbort(this.signal, reject);
		});
		try {
			return await Promise.race([fate, stopped]);
		} catch (error) {
			return { notClaimed: notClaimed(error) };
		} finally {
			forget();
		}
	}
}

function notClaimed(error: unknown): ServiceError {
	const facts = { outcome: 'notSent' as const, canRetry: true };
	if (!(error instanceof RedisAway))
		return toServiceError(error).with({
			...facts,
			message: 'The run ended before this was sent',
			remedy: 'Run it again.',
		});
	return new ServiceError({
		...facts,
		message: `It was not sent, because n8n's workers cannot tell each other what they send: ${error.message}`,
		remedy: "Look after n8n's Redis, and run it again: nothing was sent for this item.",
	});
}
