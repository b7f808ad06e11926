import type { ServiceError } from '../errors';

/** What one run has cost; reports show it. */
export interface RequestStats {
	requests: number;
	retries: number;
	throttled: number;
	/** Time in which at least one request was ready and had to wait for its turn. */
	waitedMs: number;
}

/** What many requests will come to. */
export interface Forecast {
	/** Milliseconds, at least. */
	ms: number;
	/** Requests that the day still holds; Infinity without a limit of a day. */
	leftToday: number;
	/** Whether a run is refused that is more than that. */
	isToFit: boolean;
}

/**
 * What the runner needs of whatever an operation sends through: an HTTP client, a pool of directory connections, a client
 * that packs requests. Each says what it is good for beyond that.
 */
export interface Connection {
	/** Tells accounts apart, without any secret. */
	readonly account: string;
	/** Items that are worked on side by side: as many as can ever be under way, or as fill what travels together. */
	readonly concurrency: number;
	readonly stats: RequestStats;
	/** Whether anything was sent that is more than a question; missing where that is not known. */
	readonly hasWritten?: boolean;
	/** What so many requests will come to, where it is worth telling. */
	forecast?(requests: number): Forecast | undefined;
	/** Takes the secrets of the sign-in out of an error's words. */
	redact?(error: ServiceError): ServiceError;
	/** Called once at the end of a run or of a look-up, whatever its end: nothing may stay open. */
	close?(): Promise<void>;
}
