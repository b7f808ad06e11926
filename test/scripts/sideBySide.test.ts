import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = join(__dirname, '../../scripts/sideBySide.mjs');
const folder = mkdtempSync(join(tmpdir(), 'side-by-side-'));
afterAll(() => rmSync(folder, { recursive: true }));

const sideBySide = (...commands: string[]) => {
	const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...commands], {
		encoding: 'utf8',
		cwd: folder,
	});
	return { status, stdout, stderr };
};
const node = (code: string) => `"${process.execPath}" -e "${code}"`;

test('commands run at the same time, and what they say comes in their order', () => {
	// The first one ends only when the second one has left its file, and the other way round.
	const meets = (own: string, other: string) =>
		node(
			`const fs=require('fs');fs.writeFileSync('${own}','');const look=()=>fs.existsSync('${other}')?console.log('${own}'):setTimeout(look,5);look()`,
		);
	expect(sideBySide(meets('one', 'two'), meets('two', 'one'))).toEqual({
		status: 0,
		stdout: 'one\ntwo\n',
		stderr: '',
	});
});

test('one that fails fails them all, and is named; the others are shown all the same', () => {
	const wrong = node(`console.error('wrong');process.exit(3)`);
	expect(sideBySide(wrong, node(`console.log('fine')`))).toEqual({
		status: 1,
		stdout: 'wrong\nfine\n',
		stderr: `\nFailed: ${wrong}\n`,
	});
});
