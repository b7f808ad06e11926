// Makes a clone ready: installs the dependencies when what is there is not what package-lock.json says.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

const packagesIn = (file) => JSON.parse(readFileSync(root + file, 'utf8')).packages;

/**
 * npm notes in node_modules/.package-lock.json what it has installed, whichever of its commands did it. Optional packages
 * may be absent: most are for other systems.
 */
function isInstalled() {
	try {
		const installed = packagesIn('node_modules/.package-lock.json');
		return Object.entries(packagesIn('package-lock.json')).every(
			([path, { version, integrity, optional }]) =>
				path === '' ||
				(installed[path] === undefined
					? optional === true
					: installed[path].version === version &&
						installed[path].integrity === integrity &&
						existsSync(root + path)),
		);
	} catch {
		return false;
	}
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
	console.error(`Node.js 20.19 or newer is needed; this is ${process.versions.node}.`);
	process.exit(1);
}
if (!isInstalled()) {
	console.log('Installing what is missing (once; about two minutes, on a busy machine five)…');
	const began = Date.now();
	const seconds = () => Math.round((Date.now() - began) / 1000);
	// A step of minutes without a word looks stuck.
	const timer = setInterval(() => console.log(`  still at it, ${seconds()} s so far`), 20_000);
	const npm = spawn('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
		cwd: root,
		stdio: ['ignore', 'inherit', 'inherit'],
		shell: process.platform === 'win32',
	});
	const code = await new Promise((done) => npm.once('error', () => done(1)).once('close', done));
	clearInterval(timer);
	if (code !== 0) process.exit(code ?? 1);
}
