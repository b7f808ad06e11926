import { spawnSync } from 'node:child_process';
import manifest from '../package.json';
import { ROOT, sourceOf } from './support/tree';

/** Small enough to be loaded with a node; every other dependency is required where it is first used. */
const LOADED_WITH_NODES = ['nodemailer', 'safe-stable-stringify', 'validator'];

const LIST_PACKAGES = `
	for (const file of process.argv.slice(1)) require(file);
	const packages = Object.keys(require.cache).map((file) => /.*node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(file)?.[1]);
	console.log(JSON.stringify([...new Set(packages)]));
`;

test('loading every node and credential loads no dependency that can wait until it is used', () => {
	const files = [...manifest.n8n.nodes, ...manifest.n8n.credentials].map((built) => `./${sourceOf(built)}`);
	const { stdout, stderr } = spawnSync(
		process.execPath,
		['--require', 'tsx/cjs', '--eval', LIST_PACKAGES, ...files],
		{ cwd: ROOT, encoding: 'utf8' },
	);
	expect(stderr).toBe('');
	const loaded = JSON.parse(stdout) as string[];
	expect(loaded).toContain('n8n-workflow');
	expect(Object.keys(manifest.dependencies).filter((name) => loaded.includes(name))).toEqual(
		LOADED_WITH_NODES,
	);
});
