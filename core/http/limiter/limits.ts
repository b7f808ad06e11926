/** What a service allows one account. */
export interface RateLimits {
	/** Requests under way at the same time; Infinity where the service does not count that. */
	concurrency: number;
	/**
	 * Whether workers count exactly what all of them have under way. It costs two calls to Redis for each request, and is for few
	 * places, of which some requests take several. Default: each worker keeps to its part.
	 */
	areCountedTogether?: boolean;
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
	/** Bytes sent in any five minutes. */
	bytesPerFiveMinutes?: number;
}

export interface Turn {
	/** Ends waiting at once, with its reason. */
	signal?: AbortSignal;
	/** Told when the wait for a turn starts and ends. */
	waiting?: (starts: boolean) => void;
	/** Places that it takes: more than one where the service works on several things side by side. Default: 1. */
	places?: number;
	/** Bytes that it sends. Default: 0. */
	bytes?: number;
	/** Whether it carries what was admitted before: a place and an open gate are all that it waits for. */
	isAdmitted?: boolean;
}

/** @throws {RangeError} for what would let everything through, or nothing */
export function checked(limits: RateLimits): RateLimits {
	for (const [name, limit] of Object.entries(limits))
		if (typeof limit === 'number' && !(limit > 0))
			throw new RangeError(`A rate limit must be a number above 0, and ${name} is ${limit}.`);
	return limits;
}
