/** What a service allows one account. */
export interface RateLimits {
	/** Requests under way at the same time. */
	concurrency: number;
	/** The number may grow to this when answers are slow and there is a rate to use up. */
	maxConcurrency?: number;
	/** Whether the service itself counts what is under way. Default: when it has no rate. */
	limitsConnections?: boolean;
	/** Requests started in any one second; no limit when absent. */
	perSecond?: number;
	/** In any sixty seconds. */
	perMinute?: number;
	/** In any ten minutes. */
	perTenMinutes?: number;
	/** In any 24 hours. */
	perDay?: number;
}

export interface Turn {
	/** Ends waiting at once, with its reason. */
	signal?: AbortSignal;
	/** Told when the wait for a turn starts and ends. */
	waiting?: (starts: boolean) => void;
}

/** @throws {RangeError} for what would let everything through, or nothing */
export function checked(limits: RateLimits): RateLimits {
	for (const [name, limit] of Object.entries(limits))
		if (typeof limit === 'number' && !(limit > 0))
			throw new RangeError(`A rate limit must be a number above 0, and ${name} is ${limit}.`);
	return limits;
}
