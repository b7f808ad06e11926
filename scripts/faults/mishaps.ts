import type { FaultEffect } from '../../sandbox';

/** Something that happens to one request of an operation. */
export interface Mishap {
	/** In the heading of the table. */
	name: string;
	/** As `Faults.add` takes it. */
	effect: FaultEffect;
	/** How many requests of the same kind it happens to, one after another. Default 1. */
	times?: number;
	/** A whole time-out is waited for. */
	isSlow?: boolean;
}

/** The time-out of a request (`core/http/outgoing.ts`), and a bit. */
export const LATE_MS = 121_500;

const before = 'before' as const;
const after = 'after' as const;

/** The pairs of `before` (nothing was done) and `after` (it was done, and this is what came back). */
const both = (name: string, effect: FaultEffect, inWords = name): Mishap[] => [
	{ name: `${inWords} before`, effect: { ...effect, when: before } as FaultEffect },
	{ name: `${inWords} after`, effect: { ...effect, when: after } as FaultEffect },
];

const retryAfter = { 'retry-after': '1' };

/** What can befall a request between n8n and a service: networks, proxies, and services on a bad day. */
export const mishaps: readonly Mishap[] = [
	{ name: 'reset before', effect: { kind: 'resetBefore' } },
	{ name: 'reset after', effect: { kind: 'resetAfter' } },
	{ name: 'reset after, twice', effect: { kind: 'resetAfter' }, times: 2 },
	{ name: '500 after', effect: { kind: 'status', status: 500, body: undefined, when: after } },
	{ name: '503 of the service', effect: { kind: 'status', status: 503, body: undefined } },
	...both('503 of a proxy', { kind: 'proxyError' }),
	{
		name: '429 of the service',
		effect: { kind: 'status', status: 429, headers: retryAfter, body: undefined },
	},
	...both('429 of a proxy', {
		kind: 'status',
		status: 429,
		headers: retryAfter,
		body: '<html><title>429 Too Many Requests</title></html>',
	}),
	...both('HTML 200', { kind: 'html', status: 200 }),
	...both('HTML 502', { kind: 'html' }),
	{ name: 'late answer', effect: { kind: 'slow', ms: 400, when: after } },
	{ name: 'time-out, done', effect: { kind: 'slow', ms: LATE_MS, when: after }, isSlow: true },
	{ name: 'time-out, done later', effect: { kind: 'slow', ms: LATE_MS, when: before }, isSlow: true },

	...both('101 and silence', { kind: 'switchingProtocols' }, '101'),
	...both('truncated JSON', { kind: 'truncated' }, 'half JSON'),
	{ name: 'body cut', effect: { kind: 'bodyCut', when: after } },
	...both('broken gzip', { kind: 'brokenGzip' }),
	...both('empty 200', { kind: 'emptyBody' }),
	...both('{}', { kind: 'emptyObject' }),
	...both('{"error"}', { kind: 'errorObject' }),
];
