import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../package.json';
import { startSandbox } from '../../sandbox';
import { services } from '../../sandbox/services';
import { ask } from './client';

const root = join(__dirname, '../..');
const foldersIn = (folder: string) =>
	readdirSync(join(root, folder), { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map(({ name }) => name)
		.sort();

/** Services whose tests run against the real thing instead of a stand-in, and where that is set up. */
const REAL_SERVERS: Record<string, string> = { ActiveDirectory: 'scripts/directory/samba.ts' };

test('every folder of a stand-in is in the list', () => {
	expect(services.map(({ name }) => name).sort()).toEqual(foldersIn('sandbox/services'));
});

test('every service of the pack has a stand-in, or is tested against the real thing', () => {
	for (const path of Object.values(REAL_SERVERS))
		expect([path, existsSync(join(root, path))]).toEqual([path, true]);
	expect([...services.map(({ node }) => node), ...Object.keys(REAL_SERVERS)].sort()).toEqual(
		foldersIn('nodes'),
	);
});

describe('what the stand-ins bring', () => {
	test('a credential for every credential type of a service that has a stand-in', async () => {
		const sandbox = await startSandbox();
		try {
			const brought = sandbox.credentials();
			const ofStandIn = (path: string) =>
				!Object.keys(REAL_SERVERS).some((service) => path.includes(service));
			const types = manifest.n8n.credentials
				.filter(ofStandIn)
				.map((path) => /(\w+)\.credentials\.js$/.exec(path)?.[1] ?? path);
			const first = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);
			expect(brought.map(({ type }) => type).sort()).toEqual(types.map(first).sort());
			for (const { data } of brought) expect(JSON.stringify(data)).toContain(sandbox.url);
			const nodes = manifest.n8n.nodes
				.filter(ofStandIn)
				.map((path) => first(/(\w+)\.node\.js$/.exec(path)?.[1] ?? path));
			expect([...new Set(brought.flatMap((one) => one.nodes))].sort()).toEqual(nodes.sort());
		} finally {
			await sandbox.close();
		}
	});

	test('presets that can be armed, defaults for every setting, words for a status', async () => {
		const sandbox = await startSandbox();
		try {
			for (const { standIn, service } of sandbox.running) {
				expect(standIn.settings.schema.parse({})).toEqual(service.settings);
				for (const status of [401, 404, 429, 500, 503])
					expect(JSON.stringify(standIn.errorBody(status)).length).toBeGreaterThan(10);
				for (const [label, fault] of standIn.presets) {
					const { status } = await ask(`${sandbox.url}/_sandbox/faults`, {
						method: 'POST',
						headers: { 'content-type': 'application/json' },
						body: JSON.stringify({ service: standIn.name, ...fault }),
					});
					expect([standIn.name, label, status]).toEqual([standIn.name, label, 200]);
				}
			}
		} finally {
			await sandbox.close();
		}
	});

	test('each is at hand by its name, with and without "services"', async () => {
		const sandbox = await startSandbox();
		try {
			expect(sandbox.services.alimail).toBe(sandbox.alimail);
			expect(sandbox.services.postmark).toBe(sandbox.postmark);
			expect(Object.keys(sandbox.services)).toEqual(services.map(({ name }) => name));
		} finally {
			await sandbox.close();
		}
	});
});
