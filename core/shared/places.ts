import { setInterval } from 'node:timers';
import { script } from './client';
import { hashed } from './keys';
import type { RedisLink } from './link';

/** KEYS: who has places, until when. KEYS 2: who waits, since when. KEYS 3: when those were heard of last.
 *  Arguments: who asks (with the number of places behind a colon), places, limit, lease, how long one waits unheard, pauses. */
const TAKE = script(`
local id, places, limit = arg(1), number(2), number(3)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
for _, gone in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', now - number(5))) do
	redis.call('ZREM', KEYS[2], gone)
	redis.call('ZREM', KEYS[3], gone)
end
redis.call('ZADD', KEYS[2], 'NX', now, id)
redis.call('ZADD', KEYS[3], now, id)
local taken = 0
for _, one in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
	taken = taken + tonumber(string.match(one, '%d+$'))
end
local place = redis.call('ZRANK', KEYS[2], id)
local waits = place > 0 or (taken > 0 and taken + places > limit)
if not waits then
	redis.call('ZREM', KEYS[2], id)
	redis.call('ZREM', KEYS[3], id)
	redis.call('ZADD', KEYS[1], now + number(4), id)
end
for i = 1, 3 do redis.call('PEXPIRE', KEYS[i], number(4)) end
return answer({waits and math.min(number(6) * (place + 1), number(7)) or 0})
`);

/** KEYS as above. Arguments: who has places, lease. */
const KEEP = script(`
redis.call('ZADD', KEYS[1], 'XX', now + number(2), arg(1))
redis.call('PEXPIRE', KEYS[1], number(2))
return answer({1})
`);

/** KEYS as above. Arguments: who gives its places back, or leaves. */
const GIVE = script(`
for i = 1, 3 do redis.call('ZREM', KEYS[i], arg(1)) end
return answer({1})
`);

/** As the limiter's own patience: it does without after that. */
const TIMEOUT_MS = 500;

export interface PlacesTimes {
	/** Who was not heard of for so long has lost its places. */
	leaseMs: number;
	/** Who waits and was not heard of for so long has lost its place in the queue. */
	unheardMs: number;
	/** The first of the queue asks again after this, those behind it later. */
	askMs: number;
	/** See `PaceTimes`. */
	returnMs: number;
}

const TIMES: PlacesTimes = { leaseMs: 15_000, unheardMs: 2_000, askMs: 8, returnMs: 3_000 };
const LONGEST_ASK_MS = 40;

/**
 * What workers have under way at one account, counted by Redis: few places, of which some requests take several, given out in
 * one queue. A worker that ends without a word gives its places back when its lease ends. (Made to fit the limiter's
 * `PlacesOfAll`.)
 */
export class RedisPlaces {
	private readonly keys: [held: string, queue: string, heard: string];
	private readonly times: PlacesTimes;
	/** By ID: what keeps the places, and how many they are. */
	private readonly held = new Map<string, { name: string; timer?: NodeJS.Timeout }>();

	/** @param me names this process among those that share Redis */
	constructor(
		private readonly link: RedisLink,
		base: string,
		account: string,
		private readonly me: string,
		times: Partial<PlacesTimes> = {},
	) {
		const own = `${base}:places:${hashed(account)}`;
		this.keys = [`${own}:held`, `${own}:queue`, `${own}:heard`];
		this.times = { ...TIMES, ...times };
	}

	/** 0 when they are taken, else the milliseconds after which to ask again. @throws RedisAway */
	async take(id: string, places: number, limit: number): Promise<number> {
		this.link.refuseWhileReturning(this.times.returnMs);
		const name = `${this.me}-${id}:${places}`;
		this.held.set(id, { name });
		const { leaseMs, unheardMs, askMs } = this.times;
		const args = [name, places, limit, leaseMs, unheardMs, askMs, LONGEST_ASK_MS];
		const [ms] = (await this.link.run(TAKE, this.keys, args, TIMEOUT_MS)) as number[];
		if (ms === 0 && this.held.has(id)) this.held.set(id, { name, timer: this.keeping(name) });
		return ms!;
	}

	/** Gives the places back, or leaves the queue. @throws RedisAway */
	async give(id: string): Promise<void> {
		const held = this.held.get(id);
		if (held === undefined) return;
		this.held.delete(id);
		clearInterval(held.timer);
		await this.link.run(GIVE, this.keys, [held.name]);
	}

	private keeping(name: string): NodeJS.Timeout {
		const keep = async () => await this.link.run(KEEP, this.keys, [name, this.times.leaseMs]);
		return setInterval(() => void keep().catch(() => undefined), this.times.leaseMs / 3).unref();
	}
}
