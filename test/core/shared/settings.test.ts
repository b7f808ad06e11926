import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isQueueMode, redisSettings } from '../../../core/shared/settings';
import { ROOT } from '../../support/tree';

describe('queue mode', () => {
	test('is told by n8n’s setting, or by the command of a worker', () => {
		expect(isQueueMode({ EXECUTIONS_MODE: 'queue' }, ['node', 'n8n', 'start'])).toBe(true);
		expect(isQueueMode({ EXECUTIONS_MODE: '"queue"' }, ['node', 'n8n', 'start'])).toBe(true);
		expect(isQueueMode({}, ['node', 'n8n', 'worker', '--concurrency=5'])).toBe(true);
		expect(isQueueMode({ EXECUTIONS_MODE: 'regular' }, ['node', 'n8n', 'start'])).toBe(false);
		expect(isQueueMode({}, ['node', 'jest', '--runInBand', 'worker'])).toBe(false);
	});
});

describe('where Redis is', () => {
	test('n8n’s defaults, when nothing is set', () => {
		expect(redisSettings({})).toEqual({
			prefix: 'bull',
			nodes: [{ host: 'localhost', port: 6379 }],
			isCluster: false,
			db: 0,
			username: '',
			password: '',
			dualStack: false,
			resolveNames: true,
			slotsRefreshTimeout: 1_000,
			slotsRefreshInterval: 5_000,
		});
	});

	test('everything that can be set', () => {
		expect(
			redisSettings({
				QUEUE_BULL_PREFIX: "'mail'",
				QUEUE_BULL_REDIS_HOST: 'redis.internal',
				QUEUE_BULL_REDIS_PORT: '6380',
				QUEUE_BULL_REDIS_DB: '3',
				QUEUE_BULL_REDIS_USERNAME: 'n8n',
				QUEUE_BULL_REDIS_PASSWORD: '"s3 cret"',
				QUEUE_BULL_REDIS_TLS: 'TRUE',
				QUEUE_BULL_REDIS_TLS_SERVERNAME: 'redis.example',
				QUEUE_BULL_REDIS_TLS_VALIDATE_CERTIFICATE: '0',
				QUEUE_BULL_REDIS_DUALSTACK: '1',
			}),
		).toMatchObject({
			prefix: 'mail',
			nodes: [{ host: 'redis.internal', port: 6380 }],
			db: 3,
			username: 'n8n',
			password: 's3 cret',
			tls: { servername: 'redis.example', rejectUnauthorized: false },
			dualStack: true,
		});
	});

	test('TLS checks the certificate unless that is switched off, and names no server by itself', () => {
		expect(redisSettings({ QUEUE_BULL_REDIS_TLS: 'true' }).tls).toEqual({ rejectUnauthorized: true });
	});

	test('a cluster: its nodes, and the prefix in braces, as n8n writes it', () => {
		const settings = redisSettings({
			QUEUE_BULL_REDIS_CLUSTER_NODES: 'one:7001, two:7002 ,',
			QUEUE_BULL_REDIS_HOST: 'unused',
			QUEUE_BULL_REDIS_DNS_LOOKUP_STRATEGY: 'NONE',
		});
		expect(settings).toMatchObject({
			prefix: '{bull}',
			isCluster: true,
			resolveNames: false,
			nodes: [
				{ host: 'one', port: 7001 },
				{ host: 'two', port: 7002 },
			],
		});
		const named = { QUEUE_BULL_REDIS_CLUSTER_NODES: 'one:7001', QUEUE_BULL_PREFIX: '{mine}' };
		expect(redisSettings(named).prefix).toBe('{mine}');
	});

	test('what is no number or no truth value counts as not set', () => {
		const settings = redisSettings({
			QUEUE_BULL_REDIS_PORT: 'six',
			QUEUE_BULL_REDIS_DB: ' ',
			QUEUE_BULL_REDIS_TLS: 'yes',
		});
		expect(settings).toMatchObject({ nodes: [{ host: 'localhost', port: 6379 }], db: 0 });
		expect(settings.tls).toBeUndefined();
	});

	describe('from files', () => {
		const folder = mkdtempSync(join(tmpdir(), 'mailops-settings-'));
		afterAll(() => rmSync(folder, { recursive: true }));

		test('…_FILE names a file with the value, unless the value itself is set', () => {
			const file = join(folder, 'password');
			writeFileSync(file, 'from the file\n');
			const QUEUE_BULL_REDIS_PASSWORD_FILE = file;
			expect(redisSettings({ QUEUE_BULL_REDIS_PASSWORD_FILE }).password).toBe('from the file');
			const both = { QUEUE_BULL_REDIS_PASSWORD_FILE, QUEUE_BULL_REDIS_PASSWORD: 'set' };
			expect(redisSettings(both).password).toBe('set');
		});

		test('a file that is not there is an error, as it is for n8n', () => {
			const missing = { QUEUE_BULL_REDIS_PASSWORD_FILE: join(folder, 'missing') };
			expect(() => redisSettings(missing)).toThrow(/missing/);
		});
	});
});

describe('n8n itself reads the same', () => {
	interface N8nSettings {
		prefix: string;
		redis: Record<string, unknown> & { tlsConfig: { rejectUnauthorized: boolean } };
	}

	/** In a process of its own: n8n reads its settings once. */
	function readByN8n(env: Record<string, string>): N8nSettings {
		const program = `
			const { GlobalConfig } = require('@n8n/config');
			const { Container } = require('@n8n/di');
			console.log(JSON.stringify(Container.get(GlobalConfig).queue.bull));
		`;
		const stdio = ['ignore', 'pipe', 'ignore'] as const;
		const all = { PATH: process.env.PATH, ...env };
		const out = execFileSync(process.execPath, ['-e', program], { cwd: ROOT, env: all, stdio: [...stdio] });
		return JSON.parse(out.toString()) as N8nSettings;
	}

	test.each<[string, Record<string, string>]>([
		['nothing', {}],
		['plain', { HOST: 'redis', PORT: '7000', DB: '2', USERNAME: 'u', PASSWORD: 'p', TLS: 'true' }],
		['quotes and spaces', { HOST: ' "redis" ', USERNAME: "'u'", PASSWORD: '"p"', DUALSTACK: '1' }],
		['nonsense', { PORT: 'x', DB: '', TLS: 'yes', TLS_VALIDATE_CERTIFICATE: 'FALSE', DUALSTACK: ' true' }],
		['no check of the certificate', { TLS: '1', TLS_VALIDATE_CERTIFICATE: 'FALSE' }],
	])('%s', (_, values) => {
		const named = Object.entries(values).map(([name, value]) => [`QUEUE_BULL_REDIS_${name}`, value]);
		const env = Object.fromEntries(named) as Record<string, string>;
		const ours = redisSettings(env);
		const { prefix, redis } = readByN8n(env);
		expect({
			...ours.nodes[0],
			prefix: ours.prefix,
			db: ours.db,
			username: ours.username,
			password: ours.password,
			dualStack: ours.dualStack,
			tls: ours.tls !== undefined,
			rejectUnauthorized: ours.tls?.rejectUnauthorized ?? redis.tlsConfig.rejectUnauthorized,
		}).toEqual({
			host: redis.host,
			port: redis.port,
			prefix,
			db: redis.db,
			username: redis.username,
			password: redis.password,
			dualStack: redis.dualStack,
			tls: redis.tls,
			rejectUnauthorized: redis.tlsConfig.rejectUnauthorized,
		});
	});
});
