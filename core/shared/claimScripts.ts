import { script } from './client';

/*
 * A claim in Redis is one of
 *   h<process> <token>     held
 *   d<words>               done
 *   f<token> <words>       not done, free again
 *   u<token> <words>       perhaps done, free again
 * and `alive` says when each process was heard of last. A holder that was not heard of for a lease is dead, but only for
 * whoever was heard of all that time: after an outage of Redis nobody was, and the living must first get to say so.
 */

const HEARD = `
local me, lease, steadySince = arg(1), number(2), number(3)
redis.call('ZADD', KEYS[1], now, me)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - 3600000)
redis.call('PEXPIRE', KEYS[1], 7200000)
local canJudge = steadySince > 0 and now - steadySince >= lease
local function isDead(holder)
	local heard = redis.call('ZSCORE', KEYS[1], holder)
	return canJudge and (not heard or now - tonumber(heard) >= lease)
end
`;

/**
 * KEYS: alive, the claims. Arguments: this process, lease, steady since, milliseconds that a claim is kept; then a token
 * for each claim. Answers for each: `m` mine, `o` mine after a dead or doubtful holder, `d<words>` done, `t<token>` theirs.
 */
export const CLAIM = script(`
${HEARD}
local list = {}
for i = 2, #KEYS do
	local token = arg(3 + i)
	local said = redis.call('GET', KEYS[i])
	local kind = said and string.sub(said, 1, 1)
	local reply
	if not kind or kind == 'f' then
		reply = 'm'
	elseif kind == 'u' then
		reply = 'o'
	elseif kind == 'd' then
		list[i - 1] = said
	else
		local holder, held = string.match(said, '^h(%S+) (%S+)')
		if held == token then list[i - 1] = 'm'
		elseif isDead(holder) then reply = 'o'
		else list[i - 1] = 't' .. held end
	end
	if reply then
		redis.call('SET', KEYS[i], 'h' .. me .. ' ' .. token, 'PX', number(4))
		list[i - 1] = reply
	end
end
return answer(list)
`);

/**
 * KEYS: alive, claims of others. Arguments: this process, lease, steady since. Answers first 1,
 * then for each: what is there, `x` when its holder is dead, or an empty text when nothing is there.
 */
export const FOLLOW = script(`
${HEARD}
local list = {1}
for i = 2, #KEYS do
	local said = redis.call('GET', KEYS[i]) or ''
	local holder = string.match(said, '^h(%S+)')
	list[i] = holder and isDead(holder) and 'x' or said
end
return answer(list)
`);

/**
 * KEYS: alive, the claims. Arguments: this process, lease, steady since; then for each what it says while this process
 * holds it, what it is to say, and for how many milliseconds. Answers for each 1, or 0 when somebody else
 * has taken it over; that it was done is noted all the same.
 */
export const SAVE = script(`
${HEARD}
local list = {}
for i = 2, #KEYS do
	local at = 4 + (i - 2) * 3
	local said = redis.call('GET', KEYS[i])
	local isDone = string.sub(arg(at + 1), 1, 1) == 'd'
	if not said or isDone or said == arg(at) or said == arg(at + 1) then
		redis.call('SET', KEYS[i], arg(at + 1), 'PX', number(at + 2))
		list[i - 1] = 1
	else
		list[i - 1] = 0
	end
end
return answer(list)
`);
