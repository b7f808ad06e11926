import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import manifest from '../../package.json';

export const ROOT = join(__dirname, '../..');

export const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Files below a folder of the tree that end so, as paths from the root, sorted. Installed packages are left out. */
export function filesUnder(folder: string, ending: string): string[] {
	return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((path) => path.endsWith(ending) && !path.includes('node_modules'))
		.map((path) => join(folder, path))
		.sort();
}

/** `dist/nodes/X/X.node.js` of package.json → the file it is compiled from. */
export const sourceOf = (built: string): string => built.replace(/^dist\//, '').replace(/\.js$/, '.ts');

/** Loads a file of package.json's n8n block as n8n does: the class is called like the file. */
function load<T>(built: string): [source: string, type: T] {
	const name = built.split('/').at(-1)!.split('.')[0]!;
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	const module = require(join(ROOT, sourceOf(built))) as Record<string, (new () => T) | undefined>;
	if (module[name] === undefined) throw new Error(`${sourceOf(built)} exports no class ${name}`);
	return [sourceOf(built), new module[name]()];
}

export const packNodes = () => manifest.n8n.nodes.map((built) => load<INodeType>(built));
export const packCredentials = () => manifest.n8n.credentials.map((built) => load<ICredentialType>(built));
