import { resolve } from 'node:path';

/** The pack's own folder: this repository. */
export const repository = resolve(__dirname, '..', '..');

/**
 * Where n8n, its Node.js, the packed tarball and the user's data of `npm start` are kept between runs.
 * Set MAILOPS_N8N_CACHE to keep it elsewhere, for instance where CI caches folders.
 */
export const cacheFolder = process.env.MAILOPS_N8N_CACHE
	? resolve(process.env.MAILOPS_N8N_CACHE)
	: resolve(repository, '.n8n-run');

/** The package.json and lock file of n8n and of its Node.js, copied into the cache folder before installing. */
export const recipes = { server: resolve(__dirname, 'server'), runtime: resolve(__dirname, 'runtime') };

/** Where screenshots of the smoke test go. */
export const screensFolder = resolve(repository, 'output', 'screens');
