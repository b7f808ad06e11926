/** One request as the log keeps it: where it went and how it ended, never what it carried. */
export interface RequestEntry<Name extends string = string> {
	/** RFC 3339. */
	at: string;
	service: Name;
	method: string;
	/** Below the service's prefix, still percent-encoded: `/v2/users/anna%40example.com`. */
	path: string;
	/** The matched route, such as `/v2/users/:user`; the path itself when no route matched. */
	route: string;
	query: string;
	/** HTTP status of the answer; 0 when the connection was cut without one. */
	status: number;
	ms: number;
	bytesIn: number;
	requestId: string;
	/** The kind of the fault that was played on this request. */
	fault?: string;
}

export interface RequestFilter<Name extends string = string> {
	service?: Name | undefined;
	method?: string | undefined;
	/** A string must equal the path or the route; an expression may match either. */
	path?: string | RegExp;
	status?: number;
}

const RING_SIZE = 20_000;
/** Beyond this many different paths, further ones are counted under their route, which bounds memory. */
const DISTINCT_PATHS = 200_000;

interface Counter<Name extends string = string> {
	service: Name;
	method: string;
	path: string;
	route: string;
	status: number;
	count: number;
}

/** The last 20,000 requests, and counters of all requests since the last reset. */
export class RequestLog<Name extends string = string> {
	private ring: Array<RequestEntry<Name>> = [];
	private next = 0;
	private counters = new Map<string, Counter<Name>>();
	private sequence = 0;
	/** Requests since the start or the last reset. */
	total = 0;

	newId(): string {
		this.sequence += 1;
		return `req-${String(this.sequence).padStart(6, '0')}`;
	}

	record(entry: RequestEntry<Name>): void {
		this.total += 1;
		this.ring[this.next] = entry;
		this.next = (this.next + 1) % RING_SIZE;
		const path = this.counters.size < DISTINCT_PATHS ? entry.path : entry.route;
		const key = `${entry.service} ${entry.method} ${entry.status} ${path}`;
		const counter = this.counters.get(key);
		if (counter) counter.count += 1;
		else {
			const { service, method, route, status } = entry;
			this.counters.set(key, { service, method, path, route, status, count: 1 });
		}
	}

	/** How many requests match, over everything since the last reset (also what the ring has forgotten). */
	count(filter: RequestFilter<Name> = {}): number {
		let sum = 0;
		for (const counter of this.counters.values()) if (matches(counter, filter)) sum += counter.count;
		return sum;
	}

	/** Requests by `service method route status`, most frequent first. */
	summary(): Array<{ service: Name; method: string; route: string; status: number; count: number }> {
		const rows = new Map<string, Omit<Counter<Name>, 'path'>>();
		for (const { service, method, route, status, count } of this.counters.values()) {
			const key = `${service} ${method} ${route} ${status}`;
			const row = rows.get(key);
			if (row) row.count += count;
			else rows.set(key, { service, method, route, status, count });
		}
		return [...rows.values()].sort((a, b) => b.count - a.count);
	}

	/** What the ring still holds, oldest first. */
	list(filter: RequestFilter<Name> = {}): Array<RequestEntry<Name>> {
		const kept =
			this.ring.length < RING_SIZE
				? this.ring
				: [...this.ring.slice(this.next), ...this.ring.slice(0, this.next)];
		return kept.filter((entry) => matches(entry, filter));
	}

	clear(): void {
		this.ring = [];
		this.next = 0;
		this.counters.clear();
		this.total = 0;
	}
}

function matches(entry: Omit<Counter, 'count'>, filter: RequestFilter): boolean {
	if (filter.service && entry.service !== filter.service) return false;
	if (filter.method && entry.method !== filter.method.toUpperCase()) return false;
	if (filter.status !== undefined && entry.status !== filter.status) return false;
	if (filter.path === undefined) return true;
	return pathMatches(filter.path, entry.path) || pathMatches(filter.path, entry.route);
}

/** Whether a path (below the service's prefix) is the one asked for. */
export function pathMatches(wanted: string | RegExp, path: string): boolean {
	if (typeof wanted === 'string') return wanted === path;
	wanted.lastIndex = 0;
	return wanted.test(path);
}
