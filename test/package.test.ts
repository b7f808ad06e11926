import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import manifest from '../package.json';
import { filesUnder, packCredentials, packNodes, ROOT, sourceOf, textOf } from './support/tree';

interface Codex {
	node: string;
	categories: string[];
	resources: Record<string, Array<{ url: string }>>;
}

describe('what n8n needs to find the pack', () => {
	test('package.json is marked as a community node package', () => {
		expect(manifest.name).toMatch(/^n8n-nodes-/);
		expect(manifest.keywords).toContain('n8n-community-node-package');
		expect(manifest.n8n.n8nNodesApiVersion).toBe(1);
		expect(manifest.license).toBe('MIT');
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	test('each entry of the n8n block is a compiled file', () => {
		for (const entry of [...manifest.n8n.nodes, ...manifest.n8n.credentials])
			expect(entry).toMatch(/^dist\/(nodes|credentials)\/.*\.(node|credentials)\.js$/);
	});

	test('no node and no credential of the tree is forgotten, and none is listed that is not there', () => {
		expect(manifest.n8n.nodes.map(sourceOf).sort()).toEqual(filesUnder('nodes', '.node.ts'));
		expect(manifest.n8n.credentials.map(sourceOf).sort()).toEqual(
			filesUnder('credentials', '.credentials.ts'),
		);
	});

	test('no script runs by itself on the computer of whoever installs it', () => {
		const automatic = /^(pre|post)?install$|^prepare$|^(pre|post)pack$|^(pre|post)?publish|^prepublish/;
		expect(Object.keys(manifest.scripts).filter((name) => automatic.test(name))).toEqual([]);
	});

	test('what is published is the build, its entry, the workflows without their sample data, and the docs', () => {
		expect(manifest.files).toEqual([
			'dist',
			'index.js',
			'workflows/*.json',
			'docs/*.md',
			'CHANGELOG.md',
			'CONTRIBUTING.md',
		]);
		expect(existsSync(join(ROOT, manifest.main))).toBe(true);
		expect(filesUnder('workflows', '.json')).not.toEqual([]);
	});
});

test('what README links to is in the package, so that it can be read without a network', () => {
	const published = manifest.files.map(
		(file) => new RegExp(`^${file.replace('.', '\\.').replace('*', '[^/]*')}(/|$)`),
	);
	for (const page of ['README.md', 'README.zh-CN.md']) {
		const links = [...textOf(page).matchAll(/(?<!!)\[[^\]]*\]\(([^)#\s:]+)[^)\s]*\)/g)].map(
			([, link]) => link!,
		);
		const missing = links.filter(
			(link) => !/^(https?$|README|LICENSE)/.test(link) && !published.some((file) => file.test(link)),
		);
		expect([page, missing]).toEqual([page, []]);
	}
});

describe('dependencies', () => {
	const packages = ['package.json', ...filesUnder('scripts', 'package.json')];
	const locks = ['package-lock.json', ...filesUnder('scripts', 'package-lock.json')];

	test.each(packages)('%s pins each to one version', (path) => {
		const { dependencies = {}, devDependencies = {} } = JSON.parse(textOf(path)) as Record<
			string,
			Record<string, string>
		>;
		const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
			([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
		);
		expect(loose).toEqual([]);
	});

	test.each(locks)('%s names no place to download from, so that every registry works', (path) => {
		expect(textOf(path)).not.toMatch(/"resolved"\s*:\s*"https?:/);
	});
});

describe.each(packNodes())('%s', (source, { description, methods }) => {
	const codex = JSON.parse(textOf(source.replace(/\.ts$/, '.json'))) as Codex;

	test('has a codex file for the same node, with a documentation page', () => {
		expect(codex.node).toBe(`${manifest.name}.${description.name}`);
		expect(codex.categories).not.toEqual([]);
		const url = codex.resources.primaryDocumentation?.[0]?.url ?? '';
		expect(url).toMatch(/^https:\/\/.*\/docs\/.*\.md$/);
		// The same page is in the package, for an n8n without the internet.
		expect(existsSync(join(ROOT, url.slice(url.indexOf('docs/'))))).toBe(true);
	});

	test('is named so that nobody takes it for a node that is built in', () => {
		expect(description.displayName).toMatch(/^MailOps /);
		expect(description.name).toMatch(/^[a-z][A-Za-z]+$/);
	});

	test('uses credentials of this pack only, each with a test it has', () => {
		const own = packCredentials().map(([, { name }]) => name);
		for (const { name, testedBy } of description.credentials ?? []) {
			expect(own).toContain(name);
			expect(Object.keys(methods?.credentialTest ?? {})).toContain(testedBy);
		}
	});
});

describe.each(packCredentials())('%s', (_, credential) => {
	test('has a name of its own among all credentials of n8n, and a documentation page', () => {
		expect(credential.name).toMatch(/^mailOps[A-Z]\w*Api$/);
		expect(credential.displayName).toMatch(/^MailOps /);
		expect(credential.documentationUrl).toMatch(/^https:\/\//);
	});

	test('hides every secret', () => {
		const open = credential.properties.filter(
			({ name, typeOptions }) => /token|secret|password/i.test(name) && typeOptions?.password !== true,
		);
		expect(open.filter(({ type }) => type !== 'hidden').map(({ name }) => name)).toEqual([]);
	});
});

test.each([
	...packNodes().map(([source, { description }]) => [source, description.icon] as const),
	...packCredentials().map(([source, { icon }]) => [source, icon] as const),
])('%s has an icon for light and one for dark', (source, icon) => {
	const { light, dark } = icon as { light: string; dark: string };
	const [onLight, onDark] = [light, dark].map((path) =>
		textOf(join(dirname(source), path.replace(/^file:/, ''))),
	);
	expect(onLight).toContain('<svg');
	expect(onDark).toContain('<svg');
	expect(onDark).not.toBe(onLight);
});
