// Packs the package as it would be published, unpacks it, and loads it with n8n's own loaders.
import { deepStrictEqual } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'mailops-load-'));
const unpacked = join(folder, 'package');
const require = createRequire(import.meta.url);
process.env.N8N_USER_FOLDER = folder;
process.env.N8N_ENCRYPTION_KEY = 'only-for-this-check';
process.env.N8N_LOG_LEVEL = 'error';

try {
	const [packed] = JSON.parse(
		execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { cwd: root, encoding: 'utf8' }),
	);
	execFileSync('tar', ['-xzf', join(folder, packed.filename), '-C', folder]);
	// What n8n installs beside a package; linked here, because this check is about the package's own files.
	symlinkSync(join(root, 'node_modules'), join(unpacked, 'node_modules'));
	const names = await check();
	console.log(
		`${packed.filename}: ${packed.entryCount} files, ${Math.round(packed.size / 1024)} kB; loads ${names}`,
	);
	console.log(
		`When n8n starts: ${measured('LazyPackageDirectoryLoader')}; without n8n's lists in dist: ${measured('PackageDirectoryLoader')}`,
	);
} finally {
	rmSync(folder, { recursive: true, force: true });
}

/** @returns the names of what was loaded */
async function check() {
	const { LazyPackageDirectoryLoader, PackageDirectoryLoader } = require('n8n-core');
	// n8n loads a package so when it starts: from the lists that the build has written, and no code.
	const lazy = new LazyPackageDirectoryLoader(unpacked);
	await lazy.loadAll();
	if (!lazy.isLazyLoaded)
		throw new Error('dist lacks the lists of n8n-generate-metadata: n8n would load all code');
	const loaded = Object.keys(require.cache).filter((file) => file.startsWith(join(unpacked, 'dist')));
	if (loaded.length > 0) throw new Error(`Loaded although nothing was used: ${loaded.join(', ')}`);

	// And so when the package is installed, and when a node or credential is first used.
	const eager = new PackageDirectoryLoader(unpacked);
	await eager.loadAll();
	deepStrictEqual(lazy.known, plain(eager.known));
	deepStrictEqual(new Set(lazy.types.credentials), new Set(plain(eager.types.credentials)));
	deepStrictEqual(new Set(lazy.types.nodes), new Set(plain(eager.types.nodes).map(withoutMethodNames)));

	const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	const nodes = Object.keys(lazy.known.nodes).map((name) => lazy.getNode(name).type.description.name);
	const credentials = Object.keys(lazy.known.credentials).map((name) => lazy.getCredential(name).type.name);
	for (const [kind, names] of Object.entries({ nodes, credentials }))
		if (names.length !== n8n[kind].length)
			throw new Error(`${n8n[kind].length} ${kind} are listed, ${names.length} load: ${names.join(', ')}`);
	for (const { name, iconUrl, codex } of lazy.types.nodes)
		if (!iconUrl?.light || !iconUrl?.dark || !codex)
			throw new Error(`${name} lacks its icons or its codex file`);
	return [...nodes, ...credentials].join(', ');
}

function plain(value) {
	return JSON.parse(JSON.stringify(value));
}

/** A list of method names that n8n uses while it writes its lists, and leaves out of them. */
function withoutMethodNames({ __loadOptionsMethods, ...description }) {
	return description;
}

/** What loading costs a process that has loaded another package before, as n8n has: the first one pays for n8n's loader. */
function measured(loader) {
	const code = `
		const { ${loader}: Loader } = require('n8n-core');
		const heap = () => (gc(), process.memoryUsage().heapUsed);
		(async () => {
			await new Loader(${JSON.stringify(emptyPackage())}).loadAll();
			const before = heap();
			const [started, cpu] = [performance.now(), process.cpuUsage()];
			const loader = new Loader(${JSON.stringify(unpacked)});
			await loader.loadAll();
			const ms = performance.now() - started;
			const { user, system } = process.cpuUsage(cpu);
			const used = Math.round((user + system) / 1e3);
			console.log(Math.round(ms) + ' ms (' + used + ' of CPU), ' + ((heap() - before) / 1e6).toFixed(1) + ' MB');
		})();`;
	return execFileSync(process.execPath, ['--expose-gc', '--eval', code], {
		cwd: root,
		encoding: 'utf8',
	}).trim();
}

/** A package without nodes, in n8n's form. */
function emptyPackage() {
	const empty = join(folder, 'empty');
	for (const kind of ['known', 'types']) mkdirSync(join(empty, 'dist', kind), { recursive: true });
	const n8n = { nodes: [], credentials: [] };
	writeFileSync(
		join(empty, 'package.json'),
		JSON.stringify({ name: 'n8n-nodes-empty', version: '1.0.0', n8n }),
	);
	for (const kind of Object.keys(n8n)) {
		writeFileSync(join(empty, 'dist', 'known', `${kind}.json`), '{}');
		writeFileSync(join(empty, 'dist', 'types', `${kind}.json`), '[]');
	}
	return empty;
}
