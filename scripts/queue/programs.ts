import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The path of an installed program, or undefined. */
export function programOf(name: string, folders: string[] = []): string | undefined {
	const all = [...folders, ...(process.env.PATH ?? '').split(delimiter)];
	return all.map((folder) => join(folder, name)).find(isProgram);
}

/** Where Debian puts PostgreSQL's programs: in a folder a version, which is not in the PATH. Newest first. */
export function postgresFolders(): string[] {
	const all = '/usr/lib/postgresql';
	if (!existsSync(all)) return [];
	const versions = readdirSync(all).sort((a, b) => Number(b) - Number(a));
	return versions.map((version) => join(all, version, 'bin'));
}

function isProgram(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
