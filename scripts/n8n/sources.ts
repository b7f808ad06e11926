import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What a packed pack is made of, and what makes it. */
const SOURCES = [
	'core',
	'nodes',
	'credentials',
	'docs',
	'workflows',
	'gulpfile.js',
	'index.js',
	'package.json',
	'package-lock.json',
	'tsconfig.json',
	'tsconfig.build.json',
	'README.md',
	'README.zh-CN.md',
	'CHANGELOG.md',
	'CONTRIBUTING.md',
	'LICENSE.md',
];

/** A hash of the content and the names of all files from which the pack is built: the same for the same package. */
export function sourceHash(pack: string): string {
	const hash = createHash('sha256');
	const add = (path: string) => {
		const file = join(pack, path);
		const isThere = statSync(file, { throwIfNoEntry: false });
		if (isThere === undefined) return;
		if (isThere.isDirectory()) for (const name of readdirSync(file).sort()) add(`${path}/${name}`);
		else hash.update(`${path}\n${isThere.size}\n`).update(readFileSync(file));
	};
	for (const source of SOURCES) add(source);
	return hash.digest('hex');
}
