import { parseArgs } from 'node:util';
import { startSandbox } from '.';
import { seedSmall } from './samples';

const USAGE = `Usage: npm run sandbox -- [--port 8025] [--seed small]

  --port   port on 127.0.0.1, default 8025; 0 takes any free one
  --seed   "small" puts in a little company and a few messages`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '8025' },
			seed: { type: 'string' },
			help: { type: 'boolean' },
		},
	});
	if (values.help) {
		console.log(USAGE);
		return;
	}
	if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535) {
		throw new Error(`--port must be a number from 0 to 65535, not "${values.port}".`);
	}
	if (values.seed !== undefined && values.seed !== 'small') {
		throw new Error(`--seed only knows "small", not "${values.seed}".`);
	}
	const sandbox = await startSandbox({ port: Number(values.port) });
	if (values.seed) await seedSmall(sandbox);
	const { alimail, postmark } = sandbox;
	console.log(`The sandbox is running. Open ${sandbox.url} to see what arrives.

Alimail    ${alimail.url}
${alimail.apps.list().map(appLine).join('\n')}
  Domains: ${alimail.directory.domains.map(({ domain }) => domain).join(', ')}

Postmark   ${postmark.url}
${postmark.servers.map(({ name, tokens }) => `  Server token ${tokens.join(', ')} (${name})`).join('\n')}
  Account token ${postmark.accountToken}
  Senders: any address of example.com, yunhe.example or mailops.example

These credentials are made up and work here only. Ctrl-C stops the sandbox.`);
	const stop = () => {
		void sandbox.close().then(() => process.exit(0));
	};
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

function appLine({ id, secret, label }: { id: string; secret: string; label: string }): string {
	return `  App ID ${id.padEnd(16)} Secret ${secret.padEnd(22)} (${label})`;
}

main().catch((error: unknown) => {
	const { code, message } = error as NodeJS.ErrnoException;
	console.error(
		code === 'EADDRINUSE'
			? 'The port is in use: another sandbox may be running. Stop it, or choose another with --port.'
			: message,
	);
	process.exitCode = 1;
});
