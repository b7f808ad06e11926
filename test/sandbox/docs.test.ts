import { type Sandbox, startSandbox } from '../../sandbox';
import { packCredentials, packNodes, textOf } from '../support/tree';
import { ask } from './client';

let sandbox: Sandbox;
beforeAll(async () => void (sandbox = await startSandbox()));
afterAll(async () => await sandbox.close());

const open = async (path: string) => await ask(`${sandbox.url}${path}`);
const addresses = [
	...packNodes().flatMap(([source]) => {
		const { resources } = JSON.parse(textOf(source.replace(/\.ts$/, '.json'))) as {
			resources: Record<string, Array<{ url: string }>>;
		};
		return Object.values(resources).flatMap((entries) => entries.map(({ url }) => url));
	}),
	...packCredentials().map(([, { documentationUrl = '' }]) => documentationUrl),
].map((url) => /\/docs\/.*/.exec(url)?.[0] ?? url);

test.each([...new Set(addresses)])(
	'the documentation of a node or credential, %s, is a page here too',
	async (address) => {
		const [path = '', anchor] = address.split('#');
		const { status, text, headers } = await open(path);
		expect(status).toBe(200);
		expect(headers.get('content-security-policy')).toContain("default-src 'none'");
		expect(text).toMatch(/<h1 id="[^"]+">/);
		if (anchor !== undefined) expect(text).toContain(` id="${anchor}">`);
	},
);

test('pages link to each other, show their pictures, and are listed', async () => {
	const { text } = await open('/docs/index');
	const listed = [...text.matchAll(/href="([^"]+\.md)"/g)].map(
		([, link]) => new URL(link!, `${sandbox.url}/docs/`).pathname,
	);
	expect(listed).toEqual(expect.arrayContaining(['/README.md', '/docs/postmark.md', '/docs/errors.md']));
	for (const page of listed) {
		const shown = await open(page);
		expect([page, shown.status]).toEqual([page, 200]);
		for (const [, link] of shown.text.matchAll(/(?:src|href)="([^":#]+\.(?:png|md))(?:#[^"]*)?"/g)) {
			const { pathname } = new URL(link!, `${sandbox.url}${page}`);
			expect([page, pathname, (await open(pathname)).status]).toEqual([page, pathname, 200]);
		}
	}
});

test('nothing but the documents is handed out', async () => {
	for (const path of [
		'/docs/../package.json',
		'/docs/%2e%2e/package.json',
		'/package.json',
		'/docs/images/..%2f..%2fpackage.json',
	])
		expect([path, (await open(path)).status]).toEqual([path, 404]);
});
