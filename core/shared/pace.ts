import { script } from './client';
import { hashed } from './keys';
import type { RedisLink } from './link';

/** Longer than any turn or pause lies ahead: what lies further comes from a clock that was put back. */
const FAR_MS = 20 * 60_000;
/** Who has not asked for so long does not use the account now. */
const PEER_MS = 60_000;
/** Turns are taken late, when timers and answers are: what is lost by that is made up for up to here. */
const LATE_MS = 10;
/** As the limiter's own patience: it does without after that. */
const TIMEOUT_MS = 500;

/** KEYS: the last turn given, the end of the pause, who asks. Arguments: milliseconds between turns, who asks, far, peer, late. */
const NEXT = script(`
local last = tonumber(redis.call('GET', KEYS[1]) or 0)
local closed = tonumber(redis.call('GET', KEYS[2]) or 0)
local far = now + number(3)
local turn = math.max(now - number(5), closed > far and 0 or closed, last > far and 0 or last + number(1))
redis.call('SET', KEYS[1], string.format('%.3f', turn), 'PX', number(3))
redis.call('ZADD', KEYS[3], now, arg(2))
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now - number(4))
redis.call('PEXPIRE', KEYS[3], number(4))
return answer({math.max(0, math.ceil((turn - now) * 1000)), redis.call('ZCARD', KEYS[3])})
`);

/** KEYS: the end of the pause. Arguments: its length, far. A pause never gets shorter. */
const CLOSE = script(`
local closed = tonumber(redis.call('GET', KEYS[1]) or 0)
local ends = now + number(1)
if closed > now + number(2) or ends > closed then
	redis.call('SET', KEYS[1], string.format('%.3f', ends), 'PX', number(2))
end
return answer({1})
`);

/** KEYS: the last turn given. Arguments: milliseconds, far. */
const POSTPONE = script(`
local last = tonumber(redis.call('GET', KEYS[1]) or 0)
local far = now + number(2)
local turn = math.max(now, last > far and 0 or last) + number(1)
redis.call('SET', KEYS[1], string.format('%.3f', turn), 'PX', number(2))
return answer({1})
`);

export interface PaceTimes {
	/**
	 * After an outage, so long each process keeps to its part of the rate: some find the way back before others, and must not
	 * take the whole rate while those still take their parts.
	 */
	returnMs: number;
}

const TIMES: PaceTimes = { returnMs: 3_000 };

/**
 * The turns of one account's rate, handed out by Redis to all workers: each call takes the next turn, whoever makes it, and
 * learns how long it is until then. A pause holds for all. (Made to fit the limiter's `Pace`.)
 */
export class RedisPace {
	private known = 1;
	private readonly keys: [last: string, closed: string, peers: string];
	private readonly times: PaceTimes;

	/** @param me names this process among those that share Redis */
	constructor(
		private readonly link: RedisLink,
		base: string,
		account: string,
		private readonly me: string,
		times: Partial<PaceTimes> = {},
	) {
		const own = `${base}:pace:${hashed(account)}`;
		this.keys = [`${own}:turn`, `${own}:closed`, `${own}:peers`];
		this.times = { ...TIMES, ...times };
	}

	/** Processes that have used the account in the last minute, this one included, as far as is known. */
	get peers(): number {
		return this.known;
	}

	/** Milliseconds until the turn that is hereby taken. @throws RedisAway */
	async next(ratePerSecond: number): Promise<number> {
		this.link.refuseWhileReturning(this.times.returnMs);
		const args = [1_000 / ratePerSecond, this.me, FAR_MS, PEER_MS, LATE_MS];
		const [microseconds, peers] = (await this.link.run(NEXT, this.keys, args, TIMEOUT_MS)) as number[];
		this.known = peers!;
		return microseconds! / 1_000;
	}

	/** Nobody gets a turn within the next `ms`. @throws RedisAway */
	async close(ms: number): Promise<void> {
		await this.link.run(CLOSE, [this.keys[1]], [Math.ceil(ms), FAR_MS]);
	}

	/** All turns that are not given yet come `ms` later, once. @throws RedisAway */
	async postpone(ms: number): Promise<void> {
		await this.link.run(POSTPONE, [this.keys[0]], [Math.ceil(ms), FAR_MS]);
	}
}
