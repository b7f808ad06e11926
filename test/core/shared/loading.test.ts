import { execFileSync } from 'node:child_process';
import { ROOT } from '../../support/tree';

/** Asks for the shared state in a process of its own, and tells whether ioredis was loaded for it. */
function isRedisLoaded(env: Record<string, string>): boolean {
	const program = `
		const { shared } = require('./core/shared');
		const end = () => {
			console.log(Object.keys(require.cache).some((path) => path.includes('/ioredis/')));
			process.exit();
		};
		shared().claims.claim(['one'], { rememberMs: 1, patienceMs: 0 }).then(end, end);
	`;
	const out = execFileSync(process.execPath, ['--import', 'tsx', '-e', program], {
		cwd: ROOT,
		env: { PATH: process.env.PATH, ...env },
		encoding: 'utf8',
	});
	return out.trim() === 'true';
}

test('ioredis is loaded in queue mode, and never without it', () => {
	expect(isRedisLoaded({})).toBe(false);
	expect(isRedisLoaded({ EXECUTIONS_MODE: 'queue', QUEUE_BULL_REDIS_PORT: '1' })).toBe(true);
});
