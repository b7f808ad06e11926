import { openRedis } from './client';
import type { Claims } from './claims';
import { Deliveries } from './deliveries';
import { baseOf } from './keys';
import { RedisLink, type LinkTimes } from './link';
import { LocalClaims } from './localClaims';
import { Lock } from './lock';
import { RedisPace, type PaceTimes } from './pace';
import { RedisPlaces, type PlacesTimes } from './places';
import { RedisQuota } from './quota';
import { RedisClaims, type ClaimTimes } from './redisClaims';
import { isQueueMode, redisSettings, type RedisSettings } from './settings';

export type { Claim, ClaimOptions, Claimed, Claims, Ending } from './claims';
export { Deliveries, StillBeingDelivered, type Delivery } from './deliveries';
export { RedisAway } from './link';
export { Lock, type Release } from './lock';

/** What all processes of an n8n must agree on. In queue mode that is kept in n8n's Redis, else in this process. */
export interface Shared {
	/** Whether several processes work side by side. */
	readonly isShared: boolean;
	/** What must be done once. */
	readonly claims: Claims;
	/** What is better done by one at a time. */
	readonly lock: Lock;
	/** What a trigger delivers. */
	readonly deliveries: Deliveries;
	/** The turns and the long counts of an account's rate; undefined where the process's own will do. */
	pace(account: string): RedisPace | undefined;
	quota(account: string, windowMs: number): RedisQuota | undefined;
	/** What is under way at an account; undefined where the process's own will do. */
	places(account: string): RedisPlaces | undefined;
	/** One sentence for whoever runs a workflow, when Redis was away at some time since then (epoch milliseconds). */
	trouble(since: number): string | undefined;
	close(): void;
}

export interface SharedTimes {
	link?: Partial<LinkTimes>;
	pace?: Partial<PaceTimes>;
	places?: Partial<PlacesTimes>;
	claims?: Partial<ClaimTimes>;
}

/** In this process alone. */
export function processState(): Shared {
	const claims = new LocalClaims();
	return {
		isShared: false,
		claims,
		lock: new Lock(claims),
		deliveries: new Deliveries(claims),
		pace: () => undefined,
		quota: () => undefined,
		places: () => undefined,
		trouble: () => undefined,
		close: () => undefined,
	};
}

const CONNECT_MS = 1_000;

/** Between all processes that use the same Redis. Nothing is opened before it is used. */
export function redisState(settings: () => RedisSettings = redisSettings, times: SharedTimes = {}): Shared {
	const base = baseOf(settings().prefix);
	const open = async () => await openRedis(settings(), times.link?.timeoutMs ?? CONNECT_MS);
	const link = new RedisLink(open, `${base}:alive`, times.link);
	const claims = new RedisClaims(link, base, times.claims);
	return {
		isShared: true,
		claims,
		lock: new Lock(claims),
		deliveries: new Deliveries(claims),
		pace: (account) => new RedisPace(link, base, account, claims.member.name, times.pace),
		quota: (account, windowMs) => new RedisQuota(link, base, account, windowMs),
		places: (account) => new RedisPlaces(link, base, account, claims.member.name, times.places),
		trouble: (since) => troubleOf(link, since),
		close() {
			claims.close();
			link.close();
		},
	};
}

function troubleOf({ lastOutage }: RedisLink, since: number): string | undefined {
	if (lastOutage === undefined || (lastOutage.until ?? Infinity) < since) return undefined;
	const { until, reason } = lastOutage;
	return until === undefined
		? `Redis, by which n8n's workers know of each other, is not reachable: ${reason}. Until it is back, each worker keeps to its part of the rate, and emails with a key wait for it.`
		: `Redis, by which n8n's workers know of each other, was not reachable for a while: ${reason}. Each worker kept to its part of the rate, and emails with a key waited until it was back.`;
}

let current: Shared | undefined;

/** What this n8n is to agree on, found by n8n's own settings. */
export function shared(): Shared {
	current ??= isQueueMode() ? redisState() : processState();
	return current;
}

/** For tests: this instead, or what the settings say when absent. What was used before stays open. */
export function useShared(instead?: Shared): void {
	current = instead;
}
