// Packs the package as it would be published, unpacks it, and loads it with n8n's own loader.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'mailops-load-'));
process.env.N8N_USER_FOLDER = folder;
process.env.N8N_ENCRYPTION_KEY = 'only-for-this-check';
process.env.N8N_LOG_LEVEL = 'error';

try {
	const [packed] = JSON.parse(
		execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { cwd: root, encoding: 'utf8' }),
	);
	execFileSync('tar', ['-xzf', join(folder, packed.filename), '-C', folder]);
	// What n8n installs beside a package; linked here, because this check is about the package's own files.
	symlinkSync(join(root, 'node_modules'), join(folder, 'package', 'node_modules'));
	const { PackageDirectoryLoader } = createRequire(import.meta.url)('n8n-core');
	const loader = new PackageDirectoryLoader(join(folder, 'package'));
	await loader.loadAll();
	const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	const loaded = {
		nodes: Object.keys(loader.known.nodes),
		credentials: Object.keys(loader.known.credentials),
	};
	for (const kind of ['nodes', 'credentials'])
		if (loaded[kind].length !== n8n[kind].length)
			throw new Error(
				`${n8n[kind].length} ${kind} are listed, ${loaded[kind].length} load: ${loaded[kind].join(', ')}`,
			);
	for (const { name, iconUrl, codex } of loader.types.nodes)
		if (!iconUrl?.light || !iconUrl?.dark || !codex)
			throw new Error(`${name} lacks its icons or its codex file`);
	console.log(
		`${packed.filename}: ${packed.entryCount} files, ${Math.round(packed.size / 1024)} kB; loads ${loaded.nodes.join(', ')} and ${loaded.credentials.join(', ')}`,
	);
} finally {
	rmSync(folder, { recursive: true, force: true });
}
