import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { pause } from '../n8n/processes';
import type { QueueInstallation } from './installation';
import { RedisServer } from './redis';
import { until, type Outcome, type Scene } from './scene';
import { percent, RATE, seenBy, type Seen } from './share';
import type { Report, Task } from './worker';

/*
 * Three processes with n8n's engine and the pack, in place of n8n's own workers: n8n ends itself when Redis is away for ten
 * seconds, and takes a part of the processor that would show in the figures.
 */

const PROCESSES = 3;
/**
 * What the pack is made for: 91 % of the rate and no 429; at most 4 while Redis is away. That wants a machine of its own: the
 * figures are printed, and it is a failure when they are far from that.
 */
const SHARE = 0.5;
const FAIRNESS = 0.6;
const REFUSED = 25;
const AWAY_MS = 8_000;
const BACK_WITHIN_S = 10;
let series = 0;

export const threeProcesses: Scene = {
	name: `Three processes on one account of ${RATE} requests a second`,
	async play(installation) {
		const work = await start(installation, 340);
		return outcomeOf(await work.ended, work.seen());
	},
};

export const redisKilled: Scene = {
	name: `Three processes, and Redis is killed for ${AWAY_MS / 1_000} seconds`,
	play: async (installation) => await away(installation, killed),
};

export const redisHangs: Scene = {
	name: `Three processes, and Redis hangs for ${AWAY_MS / 1_000} seconds`,
	play: async (installation) => await away(installation, held),
};

async function killed(redis: RedisServer): Promise<void> {
	await redis.kill();
	await pause(AWAY_MS);
	await redis.start();
}

async function held(redis: RedisServer): Promise<void> {
	redis.hold();
	await pause(AWAY_MS);
	redis.goOn();
}

async function away(
	installation: QueueInstallation,
	happens: (redis: RedisServer) => Promise<void>,
): Promise<Outcome> {
	// One of its own: n8n's must not lose what it keeps there.
	const redis = await RedisServer.start();
	try {
		const work = await start(installation, 480, redis);
		await until(() => work.counts().every((count) => count >= 40), 'Three processes at work');
		await happens(redis);
		const back = await secondsUntilAllAreBack(redis, Date.now());
		const { found, passed } = outcomeOf(await work.ended, work.seen());
		return {
			found: `${found}; all share one rate again ${back.toFixed(1)} s after Redis is back`,
			passed: passed && back <= BACK_WITHIN_S,
		};
	} finally {
		await redis.remove();
	}
}

function outcomeOf(reports: Report[], { share, refused, fairness }: Seen): Outcome {
	const failed = reports.reduce((sum, report) => sum + report.failed, 0);
	const done = reports.reduce((sum, report) => sum + report.done, 0);
	return {
		found: `${done} done, ${failed} failed, ${percent(share)} of the rate, ${refused} answers 429, the slowest did ${percent(fairness)} of the quickest`,
		passed: failed === 0 && refused <= REFUSED && share >= SHARE && fairness >= FAIRNESS,
	};
}

interface Work {
	ended: Promise<Report[]>;
	/** Requests so far, of each. */
	counts(): number[];
	seen(): Seen;
}

async function start(
	{ sandbox, redis: own }: QueueInstallation,
	each: number,
	redis: RedisServer = own,
): Promise<Work> {
	series++;
	const prefixes = Array.from({ length: PROCESSES }, (_, i) => `worker-${series}-${i}-`);
	const users = prefixes.map((prefix) =>
		Array.from({ length: each }, (_, i) => `${prefix}${i}@yunhe.example`),
	);
	sandbox.alimail.seed({ users: users.flat().map((email) => ({ email, name: email })) });
	const credential = sandbox.credentials().find(({ type }) => type === 'mailOpsAlimailApi')!.data as never;
	const processes = users.map(() => processWith(redis));
	const ended = Promise.all(
		processes.map(async (child, i) => await reportOf(child, { credential, users: users[i]! })),
	);
	// It is waited for later; what it fails with until then is no rejection that nobody takes.
	ended.catch(() => undefined);
	const ofUsers = (prefix: string) => new RegExp(`^/v2/users/${prefix}`);
	return {
		ended,
		counts: () => prefixes.map((prefix) => sandbox.requests.count({ path: ofUsers(prefix), status: 200 })),
		seen: () => seenBy(sandbox, prefixes),
	};
}

const processWith = (redis: RedisServer): ChildProcess =>
	fork(join(__dirname, 'worker.ts'), [], {
		execArgv: ['--import', 'tsx'],
		env: {
			...process.env,
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
		},
	});

async function reportOf(child: ChildProcess, task: Task): Promise<Report> {
	return await new Promise((resolve, reject) => {
		child.once('message', resolve);
		child.once('error', reject);
		child.once('exit', (code) => reject(new Error(`A process ended with ${code} before it was done`)));
		child.send(task);
	});
}

/** Each process that takes a turn from Redis leaves its name and the time there. */
async function secondsUntilAllAreBack(server: RedisServer, since: number): Promise<number> {
	const redis = new Redis({ host: '127.0.0.1', port: server.port, lazyConnect: true });
	redis.on('error', () => undefined);
	try {
		for (const end = since + 30_000; Date.now() < end; await pause(100)) {
			const keys = await redis.keys('*:mailops:pace:*:peers');
			const counts = await Promise.all(keys.map(async (key) => await redis.zcount(key, since, '+inf')));
			if (counts.includes(PROCESSES)) return (Date.now() - since) / 1_000;
		}
		return Infinity;
	} finally {
		redis.disconnect();
	}
}
