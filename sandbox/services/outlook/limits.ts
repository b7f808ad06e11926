import { GraphError } from './errors';
import type { OutlookSettings } from './settings';

const TEN_MINUTES_MS = 600_000;
const FIVE_MINUTES_MS = 300_000;

/** What one mailbox was asked and given of late. */
interface Visited {
	underWay: number;
	asked: number;
	/** Moments of the last ten minutes. */
	requests: number[];
	/** What came with requests of the last five minutes. */
	uploads: Array<{ at: number; bytes: number }>;
	uploaded: number;
}

/**
 * What Graph's Outlook takes of one app (learn.microsoft.com/graph/throttling-limits, Outlook): four requests at a time, over all
 * mailboxes; and for each mailbox 10,000 requests in ten minutes and 150 MB in five. Parts of a batch count as requests.
 */
export class Limits {
	private readonly mailboxes = new Map<string, Visited>();
	private underWay = 0;
	/** The most that were under way at a time, over all mailboxes. */
	peak = 0;
	/** Why requests were refused. */
	readonly throttled: string[] = [];

	constructor(private readonly settings: () => OutlookSettings) {}

	clear(): void {
		this.mailboxes.clear();
		this.underWay = this.peak = this.throttled.length = 0;
	}

	/** Bytes that a mailbox was given in the last five minutes. */
	uploadedTo(owner: string): number {
		return this.visited(owner).uploaded;
	}

	/**
	 * A request begins. @param owner whose mailbox; the directory counts by itself.
	 *
	 * @returns what to call when it ends @throws {GraphError} 429
	 */
	enter(owner: string, bytes: number): () => void {
		const { settings, throttled } = this;
		const { concurrency, concurrencyOf, mailboxRequests, throttleEvery, uploadBytes } = settings();
		const visited = this.visited(owner);
		visited.asked += 1;
		const ofOne = concurrencyOf === 'mailbox' || owner === DIRECTORY;
		const underWay = ofOne ? visited.underWay : this.underWay;
		const isUnlucky = throttleEvery > 0 && visited.asked % throttleEvery === 0;
		if (isUnlucky || underWay >= concurrency) throw refuse('MailboxConcurrency', 1, throttled);
		if (visited.requests.length >= mailboxRequests) throw refuse('request', 10, throttled);
		const { uploaded } = visited;
		if (bytes > 0 && uploaded > 0 && uploaded + bytes > uploadBytes) throw refuse('upload', 10, throttled);
		const now = Date.now();
		visited.requests.push(now);
		visited.uploads.push({ at: now, bytes });
		visited.uploaded += bytes;
		visited.underWay += 1;
		if (owner !== DIRECTORY) this.underWay += 1;
		this.peak = Math.max(this.peak, this.underWay);
		return () => {
			visited.underWay -= 1;
			if (owner !== DIRECTORY) this.underWay -= 1;
		};
	}

	private visited(owner: string): Visited {
		const visited = this.mailboxes.get(owner) ?? {
			underWay: 0,
			asked: 0,
			requests: [],
			uploads: [],
			uploaded: 0,
		};
		this.mailboxes.set(owner, visited);
		const now = Date.now();
		while ((visited.requests[0] ?? now) <= now - TEN_MINUTES_MS) visited.requests.shift();
		while ((visited.uploads[0]?.at ?? now) <= now - FIVE_MINUTES_MS)
			visited.uploaded -= visited.uploads.shift()!.bytes;
		return visited;
	}
}

/** Stands where a mailbox's owner does. */
export const DIRECTORY = 'directory';

function refuse(limit: string, seconds: number, throttled: string[]): GraphError {
	throttled.push(limit);
	return new GraphError(429, 'ApplicationThrottled', `Application is over its ${limit} limit.`, {
		'retry-after': String(seconds),
	});
}
