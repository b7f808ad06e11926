import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import manifest from '../package.json';
import { filesUnder, textOf } from './support/tree';

/** What a file imports: files as paths from the root, packages by their name. */
function importsOf(path: string): string[] {
	return ts
		.preProcessFile(textOf(path), true, true)
		.importedFiles.map(({ fileName }) =>
			fileName.startsWith('.') ? join(dirname(path), fileName) : fileName,
		);
}

const isFile = (path: string) => /^(core|nodes|credentials|sandbox|scripts|test|workflows)\b/.test(path);

/** Imports of files in these folders that are not in the folders they may reach. */
function strays(folder: string, allowed: (path: string) => string[]): string[] {
	return filesUnder(folder, '.ts').flatMap((path) =>
		importsOf(path)
			.filter((target) => isFile(target) && !allowed(path).some((start) => `${target}/`.startsWith(start)))
			.map((target) => `${path} → ${target}`),
	);
}

/** The folder of the service a node's file belongs to: `nodes/Postmark/`. */
const ownFolder = (path: string) => path.split('/').slice(0, 2).join('/') + '/';

test('a service imports itself and the core, never another service', () => {
	expect(strays('nodes', (path) => [ownFolder(path), 'core/'])).toEqual([]);
});

test('the core imports nothing but itself', () => {
	expect(strays('core', () => ['core/'])).toEqual([]);
});

test('credentials import no tools and no tests', () => {
	expect(strays('credentials', () => ['credentials/', 'nodes/', 'core/'])).toEqual([]);
});

test('the sandbox knows only the wire: it imports neither nodes nor core', () => {
	expect(strays('sandbox', () => ['sandbox/'])).toEqual([]);
});

test('a stand-in imports itself and the shell, never another stand-in; the shell imports none', () => {
	const folderOf = (path: string) => path.split('/').slice(0, 3).join('/') + '/';
	const own = (path: string) =>
		path === 'sandbox/services/index.ts' ? ['sandbox/services/'] : [folderOf(path), 'sandbox/shell/'];
	expect(strays('sandbox/services', own)).toEqual([]);
	expect(strays('sandbox/shell', () => ['sandbox/shell/'])).toEqual([]);
});

test('the sync engine knows nothing of n8n', () => {
	const known = filesUnder('core/sync', '.ts').flatMap((path) =>
		importsOf(path)
			.filter((target) => target.startsWith('n8n'))
			.map((target) => `${path} → ${target}`),
	);
	expect(known).toEqual([]);
});

test.each(['core', 'sandbox/shell', 'sandbox/main.ts'])('no service’s name appears in %s', (place) => {
	const names =
		/postmark|alimail|mailchimp|outlook|microsoft|sendpulse|aok ?send|aot ?send|蜂邮|active ?directory/i;
	const paths = place.endsWith('.ts') ? [place] : filesUnder(place, '.ts');
	expect(paths).not.toEqual([]);
	const named = paths.flatMap((path) =>
		textOf(path)
			.split('\n')
			.flatMap((line, i) => (names.test(line) ? [`${path}:${i + 1} ${line.trim()}`] : [])),
	);
	expect(named).toEqual([]);
});

test('no file imports itself in a circle, types included', () => {
	const files = ['core', 'nodes', 'credentials', 'sandbox'].flatMap((folder) => filesUnder(folder, '.ts'));
	const known = new Set(files);
	const fileOf = (target: string) => [`${target}.ts`, join(target, 'index.ts')].find((one) => known.has(one));
	const targets = new Map(
		files.map((path) => [
			path,
			importsOf(path)
				.map(fileOf)
				.filter((file) => file !== undefined),
		]),
	);
	const done = new Set<string>();
	const circles: string[] = [];
	const visit = (path: string, way: string[]): void => {
		if (way.includes(path)) return void circles.push([...way.slice(way.indexOf(path)), path].join(' → '));
		if (done.has(path)) return;
		for (const target of targets.get(path) ?? []) visit(target, [...way, path]);
		done.add(path);
	};
	for (const path of files) visit(path, []);
	expect(circles).toEqual([]);
});

test('what is published needs only what is installed with it', () => {
	const there = new Set([...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)]);
	const missing = ['core', 'nodes', 'credentials'].flatMap((folder) =>
		filesUnder(folder, '.ts').flatMap((path) =>
			importsOf(path)
				.filter((target) => !isFile(target) && !target.startsWith('node:'))
				.map((target) =>
					target
						.split('/')
						.slice(0, target.startsWith('@') ? 2 : 1)
						.join('/'),
				)
				.filter((name) => !there.has(name) && !builtinModules.includes(name))
				.map((name) => `${path} → ${name}`),
		),
	);
	expect(missing).toEqual([]);
});

test('no dependency is installed for nothing', () => {
	const used = ['core', 'nodes', 'credentials'].flatMap((folder) =>
		filesUnder(folder, '.ts').flatMap(importsOf),
	);
	const idle = Object.keys(manifest.dependencies).filter(
		(name) => !used.some((target) => target === name || target.startsWith(`${name}/`)),
	);
	expect(idle).toEqual([]);
});
