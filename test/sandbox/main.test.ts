import { spawn } from 'node:child_process';
import path from 'node:path';

const root = path.join(__dirname, '../..');

function start(...args: string[]) {
	const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/main.ts', ...args], { cwd: root });
	let output = '';
	child.stdout.on('data', (chunk) => (output += chunk));
	child.stderr.on('data', (chunk) => (output += chunk));
	const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
	const printed = async (text: string) => {
		for (let tries = 0; tries < 200 && !output.includes(text); tries += 1) {
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
		return output;
	};
	return { child, ended, printed };
}

test('prints where it is and how to sign in, serves the sample, and ends cleanly on SIGINT', async () => {
	const { child, ended, printed } = start('--port', '0', '--seed', 'small');
	try {
		const output = await printed('Ctrl-C');
		for (const text of ['/alimail', '/postmark', 'sandbox-app', 'sandbox-secret', 'sandbox-server-token']) {
			expect(output).toContain(text);
		}
		const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
		const state = (await (await fetch(`${url}/_sandbox/state`)).json()) as { alimail: { users: number } };
		expect(state.alimail.users).toBe(24);
		child.kill('SIGINT');
		expect(await ended).toBe(0);
	} finally {
		child.kill('SIGKILL');
	}
});

test('a wrong flag ends with a sentence', async () => {
	const { ended, printed } = start('--port', 'many');
	expect(await printed('--port must be')).toContain('--port must be a number from 0 to 65535, not "many".');
	expect(await ended).toBe(1);
});
