import type { Cluster, ClusterOptions, Redis, RedisOptions } from 'ioredis';
import { createHash } from 'node:crypto';
import type { RedisSettings } from './settings';

/** A script that Redis runs as one step, so that several processes cannot come between its parts. */
export interface Script {
	readonly lua: string;
	readonly sha: string;
}

/**
 * Each script knows the time of Redis, `now` in milliseconds with a fraction, and does nothing when it is run after its
 * deadline: a call that hung must have no effect later, when nobody waits for it. What it answers with comes after the time.
 */
const PRELUDE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local deadline = tonumber(ARGV[1])
if deadline > 0 and now > deadline then return {math.floor(now)} end
local function arg(i) return ARGV[i + 1] end
local function number(i) return tonumber(ARGV[i + 1]) end
local function answer(list)
	table.insert(list, 1, math.floor(now))
	return list
end
`;

/** @param body Lua that ends with `return answer({…})`; `arg(i)` and `number(i)` are its arguments. */
export function script(body: string): Script {
	const lua = `${PRELUDE}${body}`;
	return { lua, sha: createHash('sha1').update(lua).digest('hex') };
}

export type Argument = string | number;

/** One connection to Redis, from its opening to its end. */
export interface RedisClient {
	/** `args` begin with the deadline on Redis' clock, 0 for none. Answers with Redis' time, and what the script answers. */
	run(script: Script, keys: readonly string[], args: readonly Argument[]): Promise<unknown>;
	/** Told once, when the connection has ended by itself. */
	onEnd(told: (why: Error) => void): void;
	close(): void;
}

/**
 * Opens a connection as n8n does. It does not come back by itself and repeats nothing: whoever uses it knows which calls
 * may be repeated. ioredis is loaded here, so that it is loaded in queue mode only.
 *
 * @throws Error when there is none within `timeoutMs`
 */
export async function openRedis(settings: RedisSettings, timeoutMs: number): Promise<RedisClient> {
	const ioredis = await import('ioredis');
	const options: RedisOptions = {
		db: settings.db,
		// Empty ones must not be sent: Redis without a password refuses any.
		...(settings.username !== '' && { username: settings.username }),
		...(settings.password !== '' && { password: settings.password }),
		...(settings.tls && { tls: settings.tls }),
		...(settings.dualStack && { family: 0 }),
		lazyConnect: true,
		connectTimeout: timeoutMs,
		// A Redis that hangs does not take leave.
		disconnectTimeout: 100,
		retryStrategy: () => null,
		maxRetriesPerRequest: 0,
		autoResendUnfulfilledCommands: false,
		enableOfflineQueue: false,
		enableReadyCheck: false,
		disableClientInfo: true,
	};
	const client = settings.isCluster
		? new ioredis.Cluster(settings.nodes, clusterOptions(settings, options))
		: new ioredis.Redis({ ...options, ...settings.nodes[0] });
	return await opened(client);
}

function clusterOptions(settings: RedisSettings, redisOptions: RedisOptions): ClusterOptions {
	return {
		redisOptions,
		lazyConnect: true,
		enableOfflineQueue: false,
		enableReadyCheck: false,
		clusterRetryStrategy: () => null,
		slotsRefreshTimeout: settings.slotsRefreshTimeout,
		slotsRefreshInterval: settings.slotsRefreshInterval,
		...(!settings.resolveNames && { dnsLookup: (address, found) => found(null, address) }),
	};
}

async function opened(client: Redis | Cluster): Promise<RedisClient> {
	let last: Error | undefined;
	let isClosed = false;
	const toTell: Array<(why: Error) => void> = [];
	// Without a listener, Node.js would end the process.
	client.on('error', (error: Error) => (last = error));
	client.on('end', () => {
		if (!isClosed) for (const told of toTell) told(last ?? new Error('The connection was closed'));
	});
	try {
		await client.connect();
	} catch (error) {
		client.disconnect();
		// ioredis says only that the connection was closed; why, it has told before.
		throw last ?? error;
	}
	return {
		async run({ lua, sha }, keys, args) {
			try {
				return await client.evalsha(sha, keys.length, ...keys, ...args);
			} catch (error) {
				if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
				return await client.eval(lua, keys.length, ...keys, ...args);
			}
		},
		onEnd: (told) => void toTell.push(told),
		close() {
			isClosed = true;
			client.disconnect();
		},
	};
}
