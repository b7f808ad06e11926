import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm, type InstalledN8n } from './install';
import { cacheFolder, repository } from './paths';
import { run } from './processes';
import { sourceHash } from './sources';

/** What the scripts here need to know of a pack's package.json. */
export interface PackManifest {
	name: string;
	version: string;
	n8n: { nodes: string[]; credentials: string[] };
}

/** A packed pack: the very file that would be published. */
export interface Tarball {
	file: string;
	manifest: PackManifest;
}

/** Reads a pack's package.json. */
export function manifestOf(pack: string): PackManifest {
	return JSON.parse(readFileSync(join(pack, 'package.json'), 'utf8')) as PackManifest;
}

/**
 * Builds a pack and packs it as `npm publish` would.
 * The file's name carries a hash of its content, so that npm never takes an older build for this one.
 *
 * @param pack The pack's folder; this repository unless another is given
 */
export async function packTarball(pack = repository): Promise<Tarball> {
	const manifest = manifestOf(pack);
	const folder = join(cacheFolder, 'packed');
	mkdirSync(folder, { recursive: true });
	await run('npm', ['run', 'build', '--silent'], { cwd: pack, purpose: `Building ${manifest.name}` });
	const packing = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
	const { stdout } = await run('npm', packing, { cwd: pack, purpose: `Packing ${manifest.name}` });
	const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
	const packed = join(folder, filename);
	const hash = createHash('sha256').update(readFileSync(packed)).digest('hex').slice(0, 12);
	const file = packed.replace(/\.tgz$/, `-${hash}.tgz`);
	renameSync(packed, file);
	return { file, manifest };
}

/** The pack as it was packed before when nothing has changed since, else packed anew. */
export async function packedAlready(pack = repository): Promise<Tarball> {
	const note = join(cacheFolder, 'packed', 'latest.json');
	const sources = sourceHash(pack);
	if (existsSync(note)) {
		const latest = JSON.parse(readFileSync(note, 'utf8')) as { sources: string; file: string };
		if (latest.sources === sources && existsSync(latest.file))
			return { file: latest.file, manifest: manifestOf(pack) };
	}
	const tarball = await packTarball(pack);
	writeFileSync(note, JSON.stringify({ sources, file: tarball.file }));
	return tarball;
}

/**
 * Installs a packed pack where n8n looks for community nodes, with the options n8n itself uses: no install scripts,
 * no peer and no development dependencies. Returns at once when this very tarball is there already.
 *
 * @param userFolder The folder n8n is started with (N8N_USER_FOLDER); the pack goes to `.n8n/nodes` in it
 * @returns Whether anything had to be installed
 */
export async function installPack(n8n: InstalledN8n, userFolder: string, tarball: Tarball): Promise<boolean> {
	const folder = join(userFolder, '.n8n', 'nodes');
	const manifest = join(folder, 'package.json');
	const installed = join(folder, 'node_modules', tarball.manifest.name);
	const stamp = join(folder, '.installed-pack');
	if (existsSync(installed) && existsSync(stamp) && readFileSync(stamp, 'utf8') === tarball.file)
		return false;
	mkdirSync(folder, { recursive: true });
	if (!existsSync(manifest)) {
		// The file n8n itself puts there before it installs the first package.
		const content = { name: 'installed-nodes', private: true, dependencies: {} };
		writeFileSync(manifest, `${JSON.stringify(content, null, 2)}\n`);
	}
	rmSync(stamp, { force: true });
	const like = [
		'install',
		'--ignore-scripts',
		'--legacy-peer-deps',
		'--omit=dev',
		'--omit=peer',
		tarball.file,
	];
	await npm(like, folder, n8n.env, `Installing ${tarball.manifest.name} into n8n`);
	writeFileSync(stamp, tarball.file);
	return true;
}
