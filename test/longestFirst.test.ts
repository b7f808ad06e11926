import { existsSync } from 'node:fs';
import { join } from 'node:path';

const LongestFirst = jest.requireActual<{
	new (options: object): { sort(tests: object[]): Array<{ path: string }> };
	LONGEST: string[];
}>('./support/jest/sequencer');

const root = join(__dirname, '..');
const testAt = (file: string) => ({
	path: join(root, file),
	duration: undefined,
	context: {
		config: { rootDir: root, id: 'nothing known', cacheDirectory: join(root, 'output/nothing-known') },
		// All of one size, by which Jest would else go.
		hasteFS: { getSize: () => 1 },
	},
});

test('the longest suites begin first, although nothing tells how long they are, and every one of them is there', () => {
	const { LONGEST } = LongestFirst;
	expect(LONGEST.filter((file) => !existsSync(join(root, file)))).toEqual([]);
	const others = ['test/docs.test.ts', 'test/nodes/editor.test.ts', 'test/package.test.ts'];
	const [last, ...before] = [...LONGEST].reverse();
	const sequencer = new LongestFirst({ contexts: [], globalConfig: {} });
	const files = sequencer
		.sort([...others, ...before, last!].map(testAt))
		.map(({ path }) => path.slice(root.length + 1).replaceAll('\\', '/'));
	expect(files.slice(0, LONGEST.length)).toEqual(LONGEST);
	expect(files.slice(LONGEST.length).sort()).toEqual(others);
});
