import { mkdirSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../package.json';
import { sourceHash } from '../../scripts/n8n/sources';

function pack(): string {
	const root = mkdtempSync(join(process.env.N8N_USER_FOLDER!, 'pack-'));
	mkdirSync(join(root, 'nodes', 'One'), { recursive: true });
	writeFileSync(join(root, 'nodes', 'One', 'one.ts'), 'a');
	writeFileSync(join(root, 'package.json'), '{}');
	return root;
}

test('a pack whose sources are the same is the same, wherever it lies and whatever else lies there', () => {
	const other = pack();
	mkdirSync(join(other, 'test'));
	writeFileSync(join(other, 'test', 'one.test.ts'), 'x');
	expect(sourceHash(pack())).toBe(sourceHash(other));
});

test.each<[string, (root: string) => void]>([
	['another content', (root) => writeFileSync(join(root, 'nodes/One/one.ts'), 'b')],
	['another name', (root) => renameSync(join(root, 'nodes/One/one.ts'), join(root, 'nodes/One/two.ts'))],
	['one file more', (root) => writeFileSync(join(root, 'nodes/two.ts'), '')],
	['another manifest', (root) => writeFileSync(join(root, 'package.json'), '{ }')],
	['a document', (root) => (mkdirSync(join(root, 'docs')), writeFileSync(join(root, 'docs/a.md'), ''))],
])('%s makes another pack', (_, change) => {
	const root = pack();
	const before = sourceHash(root);
	change(root);
	expect(sourceHash(root)).not.toBe(before);
});

test('all that is published counts', () => {
	for (const file of manifest.files.filter((name) => name !== 'dist')) {
		const root = pack();
		const [first = ''] = file.split('/');
		const before = sourceHash(root);
		if (file.includes('/')) mkdirSync(join(root, first), { recursive: true });
		writeFileSync(join(root, file.replace('*', 'new')), 'new');
		expect([file, sourceHash(root) === before]).toEqual([file, false]);
	}
});
