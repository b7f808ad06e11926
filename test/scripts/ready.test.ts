import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import manifest from '../../package.json';
import { ROOT } from '../support/tree';

const LOCK = {
	'': { name: 'a-clone', version: '1.0.0' },
	'node_modules/one': { version: '1.0.0', integrity: 'sha512-one' },
	'node_modules/one/node_modules/two': { version: '2.0.0', integrity: 'sha512-two', dev: true },
	'node_modules/for-another-system': { version: '3.0.0', integrity: 'sha512-three', optional: true },
};
type Packages = Record<string, object>;

/** A clone with this in its lock file, and this installed as npm notes it. */
function clone(installed?: Packages, lock: Packages = LOCK): string {
	const root = mkdtempSync(join(process.env.N8N_USER_FOLDER!, 'clone-'));
	const write = (file: string, text: string) => {
		mkdirSync(dirname(join(root, file)), { recursive: true });
		writeFileSync(join(root, file), text);
	};
	write('package-lock.json', JSON.stringify({ packages: lock }));
	mkdirSync(join(root, 'scripts'));
	copyFileSync(join(ROOT, 'scripts/ready.mjs'), join(root, 'scripts/ready.mjs'));
	write('bin/npm', '#!/bin/sh\necho "$@" > npm-was-called\n');
	chmodSync(join(root, 'bin/npm'), 0o755);
	if (installed) {
		write('node_modules/.package-lock.json', JSON.stringify({ packages: installed }));
		for (const path of Object.keys(installed)) mkdirSync(join(root, path), { recursive: true });
	}
	return root;
}

function installs(root: string): boolean {
	const { status } = spawnSync(process.execPath, ['scripts/ready.mjs'], {
		cwd: root,
		env: { PATH: `${join(root, 'bin')}:${process.env.PATH}` },
	});
	expect(status).toBe(0);
	return existsSync(join(root, 'npm-was-called'));
}

const { '': _root, 'node_modules/for-another-system': _other, ...asLocked } = LOCK;

test('a clone in which npm has installed everything, by whichever command, is left alone', () => {
	expect(installs(clone(asLocked))).toBe(false);
	expect(installs(clone({ ...asLocked, 'node_modules/more': { version: '1.0.0' } }))).toBe(false);
});

test.each<[what: string, installed: Packages | undefined]>([
	['nothing', undefined],
	['a package too few', { 'node_modules/one': LOCK['node_modules/one'] }],
	['another version', { ...asLocked, 'node_modules/one': { version: '1.0.1', integrity: 'sha512-one' } }],
	['another content', { ...asLocked, 'node_modules/one': { version: '1.0.0', integrity: 'sha512-1' } }],
	[
		'another version of an optional package',
		{ ...asLocked, 'node_modules/for-another-system': { version: '2.9.0' } },
	],
])('with %s installed, npm is asked to install', (_, installed) => {
	expect(installs(clone(installed))).toBe(true);
});

test('while npm installs, a line says every now and then that it goes on; its failure is the end', () => {
	const root = clone();
	writeFileSync(join(root, 'bin/npm'), '#!/bin/sh\nsleep 1\nexit 3\n');
	writeFileSync(
		join(root, 'fast.mjs'),
		'const real = setInterval; globalThis.setInterval = (f, ms) => real(f, ms / 1000);',
	);
	const { status, stdout } = spawnSync(process.execPath, ['--import', './fast.mjs', 'scripts/ready.mjs'], {
		cwd: root,
		env: { PATH: `${join(root, 'bin')}:${process.env.PATH}` },
		encoding: 'utf8',
	});
	expect(stdout).toMatch(/Installing what is missing.*\n {2}still at it, \d+ s so far\n/);
	expect(status).toBe(3);
});

test('a package whose folder was removed is installed again', () => {
	const root = clone(asLocked);
	rmSync(join(root, 'node_modules/one/node_modules/two'), { recursive: true });
	expect(installs(root)).toBe(true);
});

test.each(Object.entries(manifest.scripts))('npm run %s installs what is missing first', (_, command) => {
	expect(command).toMatch(/^node scripts\/ready\.mjs && /);
});
