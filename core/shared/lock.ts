import type { Claim, Claims } from './claims';
import { RedisAway } from './link';
import { LocalClaims } from './localClaims';

/** A Redis that is away must not hold up what can be done without it. */
const OPTIONS = { rememberMs: 0, patienceMs: 0 };

export interface Release {
	release(): void;
}

/**
 * Lets one process at a time do something that is wasteful when two do it, such as renewing a token. While Redis is away it
 * is one at a time in each process: whoever needs more than that needs a claim.
 */
export class Lock {
	private readonly local = new LocalClaims();

	constructor(private readonly claims: Claims) {}

	/** The lock, or undefined when somebody else has it. */
	async tryLock(name: string): Promise<Release | undefined> {
		const claimed = await this.ask(name);
		return 'mine' in claimed ? released(claimed.mine) : undefined;
	}

	/**
	 * Does the work when nobody else does it. `hasWaited` says that somebody else had the lock before: what they did need not
	 * be done again, so look at it first (read the credential anew).
	 *
	 * @throws what `work` does; the signal's reason
	 */
	async hold<T>(name: string, work: (hasWaited: boolean) => Promise<T>, signal?: AbortSignal): Promise<T> {
		for (let hasWaited = false; ; hasWaited = true) {
			signal?.throwIfAborted();
			const claimed = await this.ask(name, signal);
			if ('theirs' in claimed) {
				await endedOr(claimed.theirs, signal);
				continue;
			}
			const lock = released(claimed.mine);
			try {
				return await work(hasWaited || claimed.mine.isDoubtful);
			} finally {
				lock.release();
			}
		}
	}

	private async ask(name: string, signal?: AbortSignal) {
		const names = [`lock ${name}`];
		try {
			return (await this.claims.claim(names, { ...OPTIONS, signal }))[0]!;
		} catch (error) {
			if (!(error instanceof RedisAway)) throw error;
			return (await this.local.claim(names, OPTIONS))[0]!;
		}
	}
}

const released = (claim: Claim): Release => ({ release: () => claim.end({ failed: '' }) });

/** Ends with what is waited for, whatever its end. @throws the signal's reason */
async function endedOr(waited: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
	let forget = () => {};
	const aborted = new Promise<never>((_, reject) => {
		const stop = () => reject(signal?.reason);
		if (signal?.aborted) stop();
		else signal?.addEventListener('abort', stop);
		forget = () => signal?.removeEventListener('abort', stop);
	});
	await Promise.race([waited.catch(() => undefined), aborted]).finally(forget);
}
