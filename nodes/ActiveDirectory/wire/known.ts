import type { Schema } from '../values/schema';
import type { ServerInfo } from './serverInfo';

/** What hardly ever changes at a directory: asked again after a while, so that not every run has to. */
export interface Known {
	info?: ServerInfo;
	schema?: Promise<Schema>;
}

const KEPT_MS = 10 * 60_000;
const MOST = 100;
const directories = new Map<string, { known: Known; at: number }>();

/** @param account names the directory and who asks; without any secret */
export function known(account: string): Known {
	const now = Date.now();
	const found = directories.get(account);
	if (found !== undefined && now - found.at < KEPT_MS) return found.known;
	if (directories.size >= MOST) directories.clear();
	const fresh: Known = {};
	directories.set(account, { known: fresh, at: now });
	return fresh;
}
