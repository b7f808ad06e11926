import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { cacheFolder, recipes } from './paths';
import { run, type Environment } from './processes';
import { moving } from './progress';

/** An n8n that can be run: its command-line script, the Node.js for it, and the environment both need. */
export interface InstalledN8n {
	/** The `node` that runs n8n. */
	node: string;
	/** n8n's own command-line script, to be run with `node`. */
	script: string;
	/** n8n's version, e.g. `2.41.1`. */
	version: string;
	/** The environment of this process with that `node` first on the PATH. */
	env: Environment;
}

const oldestNode = 24;

/**
 * Installs n8n (and, where this Node.js is too old for it, a newer one) into the cache folder, once.
 * Later calls find the stamp the first one left and return at once.
 *
 * @param tell Receives one plain sentence before each step that takes time
 * @throws Error with npm's last words when an installation does not work; running it again starts it over
 */
export async function ensureN8n(tell: (line: string) => void): Promise<InstalledN8n> {
	const node = await ensureNode(tell);
	const env: Environment = {
		...process.env,
		PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
		// npm hands its own settings down in these; they belong to the repository and not to n8n's folder.
		npm_config_ignore_scripts: undefined,
		...nativeHeaders(node),
	};
	const folder = join(cacheFolder, 'server');
	await once(folder, recipes.server, node, async () => {
		tell('Installing n8n, once: 3 GB, about 4 minutes, on a busy machine 13…');
		await moving(tell, async () => await npm(['ci', '--ignore-scripts'], folder, env, 'Installing n8n'));
		tell('Building the two parts of n8n that are native code, once: about 2 minutes, on a busy machine 5…');
		// Only these two: the other install scripts belong to features a trial does without, and some need more tools.
		const purpose = `Building n8n's native parts (they need ${buildTools})`;
		const rebuild = ['rebuild', '--ignore-scripts=false', 'sqlite3', 'isolated-vm'];
		await moving(tell, async () => await npm(rebuild, folder, env, purpose));
	});
	const manifest = join(folder, 'node_modules', 'n8n', 'package.json');
	const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
	return { node, script: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'), version, env };
}

const buildTools = 'Python 3, make and a C++ compiler; on Debian: apt-get install -y python3 make g++';

/** The `node` to run n8n with: this one if it is new enough, else one installed from npm into the cache folder. */
async function ensureNode(tell: (line: string) => void): Promise<string> {
	if (Number(process.versions.node.split('.')[0]) >= oldestNode) return process.execPath;
	const folder = join(cacheFolder, 'runtime');
	await once(folder, recipes.runtime, process.execPath, async () => {
		tell(`Installing Node.js ${oldestNode} for n8n beside it (this one is ${process.versions.node}), once…`);
		// This package fetches the binary in its install script, so scripts must run here and only here.
		const env = { ...process.env, npm_config_ignore_scripts: undefined };
		await npm(['ci', '--ignore-scripts=false'], folder, env, `Installing Node.js ${oldestNode}`);
	});
	return join(folder, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** Node's C++ headers come with the npm package of Node.js: with them the native build needs no download. */
function nativeHeaders(node: string): Environment {
	const packages = join(dirname(node), '..', 'node_modules');
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const headers = join(packages, `node-${platform}-${process.arch}`);
	return existsSync(join(headers, 'include', 'node')) ? { npm_config_nodedir: headers } : {};
}

/** Does the work unless the folder's stamp says that it was done to the end for this very recipe and Node.js. */
async function once(folder: string, recipe: string, node: string, work: () => Promise<void>): Promise<void> {
	const stamp = join(folder, '.installed');
	const wanted = fingerprint(recipe, node);
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
	rmSync(stamp, { force: true });
	mkdirSync(folder, { recursive: true });
	for (const file of recipeFiles) copyFileSync(join(recipe, file), join(folder, file));
	await work();
	writeFileSync(stamp, wanted);
}

const recipeFiles = ['package.json', 'package-lock.json'];

function fingerprint(recipe: string, node: string): string {
	const hash = createHash('sha256').update(
		[node, process.version, process.platform, process.arch].join('\n'),
	);
	for (const file of recipeFiles) hash.update(readFileSync(join(recipe, file)));
	return hash.digest('hex');
}

/** Runs npm quietly in a folder. */
export async function npm(args: string[], cwd: string, env: Environment, purpose: string) {
	const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
	return await run('npm', [...args, ...quiet], { cwd, env, purpose });
}
