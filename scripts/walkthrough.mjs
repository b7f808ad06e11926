// Follows "Add a service" of CONTRIBUTING.md word by word in a copy of the tree: what stands there must compile, pass its own test and
// come through the fault matrix.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The files of the walk-through, in the order of its blocks. */
const FILES = [
	'nodes/Example/connection.ts',
	'credentials/MailOpsExampleApi.credentials.ts',
	'nodes/Example/credentialTests.ts',
	'nodes/Example/Example.node.ts',
	'nodes/Example/contact/create.operation.ts',
	'nodes/Example/contact/index.ts',
	'nodes/Example/custom/index.ts',
	'sandbox/services/example/service.ts',
	'sandbox/services/example/index.ts',
	'scripts/faults/scenes/example.ts',
	'test/nodes/Example/contact.test.ts',
];

/** The code of each file. A file must be named in the text before its block. */
function blocks() {
	const guide = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
	const part = guide.slice(guide.indexOf('\n## Add a service'), guide.indexOf('\n## The sandbox'));
	const found = [...part.matchAll(/^( *)```ts\n([\s\S]*?)^ *```$/gm)];
	if (found.length !== FILES.length)
		throw new Error(`The walk-through has ${found.length} blocks of code, not ${FILES.length}.`);
	return found.map(([, indent, code], at) => {
		if (!part.slice(0, found[at].index).includes(`\`${FILES[at]}\``))
			throw new Error(`${FILES[at]} is not named before its block.`);
		return [FILES[at], code.replaceAll(new RegExp(`^${indent}`, 'gm'), '')];
	});
}

/** The lists that a service stands in, as step 9 and the steps before it say. */
function enterIn(copy) {
	const edit = (file, change) =>
		writeFileSync(join(copy, file), change(readFileSync(join(copy, file), 'utf8')));
	edit('package.json', (text) => {
		const manifest = JSON.parse(text);
		manifest.n8n.nodes.push('dist/nodes/Example/Example.node.js');
		manifest.n8n.credentials.push('dist/credentials/MailOpsExampleApi.credentials.js');
		return JSON.stringify(manifest, undefined, '\t');
	});
	edit('sandbox/services/index.ts', (text) =>
		text
			.replace('import { alimail }', "import { example } from './example';\nimport { alimail }")
			.replace(/\] as const/, ', example] as const'),
	);
	edit('scripts/faults/scenes/index.ts', (text) =>
		text
			.replace('import { alimail }', "import { example } from './example';\nimport { alimail }")
			.replace('\talimail: ', '\texample: example as Scenes<Service>,\n\talimail: '),
	);
	for (const theme of ['', '.dark'])
		cpSync(join(copy, `nodes/AokSend/aokSend${theme}.svg`), join(copy, `nodes/Example/example${theme}.svg`));
	cpSync(join(copy, 'nodes/AokSend/AokSend.node.json'), join(copy, 'nodes/Example/Example.node.json'));
	edit('nodes/Example/Example.node.json', (text) => text.replaceAll(/aokSend\b/g, 'example'));
}

const copy = mkdtempSync(join(tmpdir(), 'mailops-walkthrough-'));
const run = (command, ...args) => execFileSync(command, args, { cwd: copy, stdio: 'inherit' });
try {
	const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' });
	for (const file of files.split('\0').filter(Boolean)) cpSync(join(root, file), join(copy, file));
	symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
	for (const [file, code] of blocks()) {
		mkdirSync(dirname(join(copy, file)), { recursive: true });
		writeFileSync(join(copy, file), code);
	}
	enterIn(copy);
	const began = Date.now();
	run('npx', 'tsc', '--noEmit', '--incremental', 'false', '-p', 'tsconfig.json');
	run('npx', 'jest', 'test/nodes/Example', 'test/sandbox/registry.test.ts');
	run('npx', 'tsx', 'scripts/faults/main.ts', '--only=example', '--quick');
	console.log(
		`"Add a service" of CONTRIBUTING.md works as it stands, ${Math.round((Date.now() - began) / 1000)} s.`,
	);
} finally {
	rmSync(copy, { recursive: true, force: true });
}
