import { pathMatches, type ServiceName } from './requests';

interface FaultTarget {
	service: ServiceName;
	method?: string;
	/** Below the service's prefix, as sent: `/v2/users`, or an expression. Left out, it is any path, sign-in too. */
	path?: string | RegExp;
	/** Let this many matching requests pass first. Default 0. */
	after?: number;
	/** Play on this many requests, then disarm. Default 1; `Infinity` for always. */
	times?: number;
}

/** What happens to a request that a fault is played on. */
export type FaultEffect =
	/** Answered with this status before anything is done. Without a body the service's own error form is used. */
	| { kind: 'status'; status: number; headers?: Record<string, string>; body?: unknown }
	/** The connection is cut at once; nothing is done. */
	| { kind: 'resetBefore' }
	/** The request is carried out, then the connection is cut instead of an answer. */
	| { kind: 'resetAfter' }
	/** An HTML error page, as a proxy or gateway gives it, before anything is done. Default 502. */
	| { kind: 'html'; status?: number }
	/** Held for this many milliseconds, then carried out. */
	| { kind: 'slow'; ms: number }
	/** Alimail: the bearer token of the request stops working, with this request; a new one works. */
	| { kind: 'tokenRevoked' }
	/** Postmark: these messages of a batch (by position, from 0) are refused, the others are sent. */
	| { kind: 'partial'; indexes: number[]; errorCode: number; message?: string };

export type Fault = FaultTarget & FaultEffect;

export interface ArmedFault {
	readonly id: number;
	readonly fault: Fault;
	/** How often it was played. */
	readonly played: number;
	/** How often it will still be played. */
	readonly left: number;
	/** Matching requests it still lets pass. */
	readonly passing: number;
	remove(): void;
}

type Entry = { -readonly [K in keyof ArmedFault]: ArmedFault[K] };

/** The faults that are armed, in the order they were added; the first one that is due is played. */
export class Faults {
	private armed: Entry[] = [];
	private sequence = 0;

	/** @throws {Error} in plain words when the fault makes no sense for that service. */
	add(fault: Fault): ArmedFault {
		check(fault);
		this.sequence += 1;
		const id = this.sequence;
		const entry: Entry = {
			id,
			fault,
			played: 0,
			left: fault.times ?? 1,
			passing: fault.after ?? 0,
			remove: () => {
				this.armed = this.armed.filter((other) => other.id !== id);
			},
		};
		this.armed.push(entry);
		return entry;
	}

	/** The fault to play on this request, if one is due; counts it. */
	take(service: ServiceName, method: string, path: string): Fault | undefined {
		for (const entry of this.armed) {
			const { fault } = entry;
			if (fault.service !== service) continue;
			if (fault.method && fault.method.toUpperCase() !== method) continue;
			if (fault.path !== undefined && !pathMatches(fault.path, path)) continue;
			if (!canPlay(fault, path)) continue;
			if (entry.passing > 0) {
				entry.passing -= 1;
				continue;
			}
			entry.played += 1;
			entry.left -= 1;
			if (entry.left <= 0) entry.remove();
			return fault;
		}
		return undefined;
	}

	list(): readonly ArmedFault[] {
		return this.armed;
	}

	clear(): void {
		this.armed = [];
	}
}

/** Some faults only have a meaning on some requests: the others pass and are not counted. */
function canPlay(fault: Fault, path: string): boolean {
	if (fault.kind === 'partial') return /^\/email\/batch(?:WithTemplates)?$/i.test(path);
	if (fault.kind === 'tokenRevoked') return path.startsWith('/v2/');
	return true;
}

function check(fault: Fault): void {
	if (fault.kind === 'tokenRevoked' && fault.service !== 'alimail') {
		throw new Error('A "tokenRevoked" fault is for Alimail only: Postmark tokens do not expire.');
	}
	if (fault.kind === 'partial' && fault.service !== 'postmark') {
		throw new Error('A "partial" fault is for Postmark batches only.');
	}
	if (fault.kind === 'status' && !(fault.status >= 100 && fault.status <= 599)) {
		throw new Error(`A "status" fault needs an HTTP status from 100 to 599, not ${String(fault.status)}.`);
	}
	if (fault.kind === 'slow' && !(fault.ms >= 0)) {
		throw new Error('A "slow" fault needs "ms", the milliseconds to wait.');
	}
	if (fault.times !== undefined && !(fault.times >= 1))
		throw new Error('"times" of a fault must be 1 or more.');
	if (fault.after !== undefined && !(fault.after >= 0))
		throw new Error('"after" of a fault must be 0 or more.');
}
