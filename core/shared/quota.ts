import { script } from './client';
import { hashed } from './keys';
import type { RedisLink } from './link';

/** A window is counted in so many parts: what is in the oldest is forgotten at once, up to a part too late. */
const PARTS = 60;
const TIMEOUT_MS = 500;

/** KEYS: requests (or bytes) by part of the window. Arguments: the limit, milliseconds of a part, parts, how many more. */
const TAKE = script(`
local limit, length, parts = number(1), number(2), number(3)
local current = math.floor(now / length)
local counts = redis.call('HGETALL', KEYS[1])
local total, oldest = 0, current
for i = 1, #counts, 2 do
	local part = tonumber(counts[i])
	if part < current - parts or part > current then
		redis.call('HDEL', KEYS[1], counts[i])
	else
		total = total + tonumber(counts[i + 1])
		oldest = math.min(oldest, part)
	end
end
if total > 0 and total + number(4) > limit then return answer({math.ceil((oldest + parts + 1) * length - now), total}) end
redis.call('HINCRBY', KEYS[1], current, number(4))
redis.call('PEXPIRE', KEYS[1], length * (parts + 1))
return answer({0, total + number(4)})
`);

/** Counts one account's requests, or bytes, over a minute or a day, for all workers, and beyond their end. (Made to fit `Quota`.) */
export class RedisQuota {
	private known = 0;
	private readonly key: string;

	constructor(
		private readonly link: RedisLink,
		base: string,
		account: string,
		private readonly windowMs: number,
	) {
		this.key = `${base}:quota:${hashed(`${account} ${windowMs}`)}`;
	}

	/** What is in the window, as far as is known. */
	get used(): number {
		return this.known;
	}

	/** Counts `amount` and answers 0, or counts nothing and answers the milliseconds until there may be room. @throws RedisAway */
	async take(limit: number, amount = 1): Promise<number> {
		const args = [limit, this.windowMs / PARTS, PARTS, amount];
		const [ms, used] = (await this.link.run(TAKE, [this.key], args, TIMEOUT_MS)) as number[];
		this.known = used!;
		return ms!;
	}
}
