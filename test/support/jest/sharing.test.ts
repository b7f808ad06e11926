import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../tree';

test('test files of a worker share installed packages, and nothing that another has left behind', () => {
	const visits = join(process.env.N8N_USER_FOLDER!, 'visits');
	const { status, stderr } = spawnSync(
		process.execPath,
		[
			require.resolve('jest/bin/jest'),
			'--runInBand',
			'--testMatch',
			'**/support/jest/files/{first,second}.ts',
		],
		{ cwd: ROOT, env: { ...process.env, VISITS: visits }, encoding: 'utf8' },
	);
	expect([status, stderr]).toEqual([0, expect.stringContaining('2 passed')]);
	const clean = { module: 0, fetch: 'fetch', matcher: 'undefined' };
	expect(
		readFileSync(visits, 'utf8')
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line) as object),
	).toEqual([
		{ ...clean, package: 0 },
		{ ...clean, package: 1 },
	]);
});
