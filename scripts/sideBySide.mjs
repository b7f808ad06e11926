// Runs commands side by side, and shows what each said as a whole, in their order. Fails when one of them has failed.
import { spawn } from 'node:child_process';

const runs = process.argv.slice(2).map(async (command) => {
	const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
	const said = [];
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk));
	const code = await new Promise((done) => child.once('error', () => done(1)).once('close', done));
	return { command, code, said: Buffer.concat(said) };
});
if (runs.length === 0) throw new Error('Name the commands to run.');

let failed = false;
for (const run of runs) {
	const { command, code, said } = await run;
	process.stdout.write(said);
	if (code === 0) continue;
	failed = true;
	console.error(`\nFailed: ${command}`);
}
process.exitCode = failed ? 1 : 0;
