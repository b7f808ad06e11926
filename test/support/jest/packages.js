const { createRequire, isBuiltin } = require('node:module');
const { isAbsolute, join, dirname, sep } = require('node:path');

const INSTALLED = `${sep}node_modules${sep}`;

/** What installed packages put on the global object when they were loaded: theirs for the worker's whole life. */
const keptGlobals = new Set();

/** The installed package's file that `request` in the file `from` stands for, or undefined for anything else. */
function installedFile(from, request) {
	if (isBuiltin(request) || from.includes(INSTALLED)) return undefined;
	if (request.startsWith('.') || isAbsolute(request)) {
		const path = isAbsolute(request) ? request : join(dirname(from), request);
		if (!path.includes(INSTALLED)) return undefined;
	}
	const file = createRequire(from).resolve(request);
	return file.includes(INSTALLED) ? file : undefined;
}

/** Loads an installed file as Node does: once for a worker. */
function load(file) {
	const known = require.cache[file];
	if (known?.loaded) return known.exports;
	const before = new Set(Reflect.ownKeys(globalThis));
	try {
		return require(file);
	} finally {
		for (const key of Reflect.ownKeys(globalThis)) if (!before.has(key)) keptGlobals.add(key);
	}
}

/** What n8n's services hold (settings, where files are kept) ends with the test file. */
function resetServices() {
	require.cache[require.resolve('@n8n/di')]?.exports.Container.reset();
}

module.exports = { installedFile, keptGlobals, load, resetServices };
