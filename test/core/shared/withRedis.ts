import { redisState, type Shared, type SharedTimes } from '../../../core/shared';
import { openRedis } from '../../../core/shared/client';
import { RedisLink, type LinkTimes } from '../../../core/shared/link';
import { redisSettings, type RedisSettings } from '../../../core/shared/settings';
import { redisProgram, RedisServer } from '../../../scripts/queue/redis';

const isThere = redisProgram() !== undefined;

/**
 * Tests against a real Redis, started for them. Where there is none they are left out and say so; where that must not
 * be (`.ci/run`), they fail.
 */
export function describeWithRedis(name: string, tests: (redis: () => RedisServer) => void): void {
	if (!isThere && process.env.MAILOPS_ALL_TESTS === '1')
		return void test(name, () => {
			throw new Error('redis-server is not installed, and these tests must not be left out.');
		});
	if (!isThere)
		process.stderr.write(
			`\n!!! Left out, for there is no redis-server here: ${name}\n!!! \`npm run test:queue\` and CI run it. To run it here, install redis-server (on Debian: apt-get install redis-server).\n\n`,
		);
	(isThere ? describe : describe.skip)(name, () => {
		let server: RedisServer;
		beforeAll(async () => void (server = await RedisServer.start()));
		afterAll(async () => await server.remove());
		tests(() => server);
	});
}

export const settingsOf = (server: RedisServer, more: Partial<RedisSettings> = {}): RedisSettings => ({
	...redisSettings({}),
	nodes: [{ host: '127.0.0.1', port: server.port }],
	...more,
});

/** As quick as can be without mistaking a busy machine for an outage. */
export const QUICK: Required<SharedTimes> = {
	link: { timeoutMs: 500, retryMs: 50 },
	pace: { returnMs: 200 },
	places: { leaseMs: 800, unheardMs: 500, askMs: 5, returnMs: 200 },
	claims: { leaseMs: 800, beatMs: 50, followMs: 20, restartMs: 0, returnMs: 300 },
};

const opened: Array<{ close(): void }> = [];
afterEach(() => {
	for (const one of opened.splice(0)) one.close();
});

/** One more process that shares this Redis, as far as Redis can tell. Closed after the test. */
export function worker(server: RedisServer, times: SharedTimes = {}): Shared {
	const merged = {
		link: { ...QUICK.link, ...times.link },
		pace: { ...QUICK.pace, ...times.pace },
		places: { ...QUICK.places, ...times.places },
		claims: { ...QUICK.claims, ...times.claims },
	};
	const shared = redisState(() => settingsOf(server), merged);
	opened.push(shared);
	return shared;
}

export function linkTo(
	server: RedisServer,
	times: Partial<LinkTimes> = {},
	more: Partial<RedisSettings> = {},
): RedisLink {
	const settings = settingsOf(server, more);
	const link = new RedisLink(async () => await openRedis(settings, 500), 'bull:mailops:alive', {
		...QUICK.link,
		...times,
	});
	opened.push(link);
	return link;
}

export const until = async (is: () => boolean | Promise<boolean>): Promise<void> => {
	while (!(await is())) await new Promise((done) => setTimeout(done, 10));
};
