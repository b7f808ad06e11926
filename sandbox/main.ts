import { parseArgs } from 'node:util';
import { startSandbox } from '.';

const USAGE = `Usage: npm run sandbox -- [--port 8025] [--seed small] [--latency 0]

  --port     port on 127.0.0.1, default 8025; 0 takes any free one
  --seed     "small" puts in a little company and a few messages
  --latency  milliseconds by which each answer comes later, as from a far service`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '8025' },
			seed: { type: 'string' },
			latency: { type: 'string', default: '0' },
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
	if (!/^\d{1,5}$/.test(values.latency)) {
		throw new Error(`--latency must be a number of milliseconds, not "${values.latency}".`);
	}
	const sandbox = await startSandbox({ port: Number(values.port), latencyMs: Number(values.latency) });
	if (values.seed) await sandbox.sample();
	const services = sandbox.running.map(({ standIn, service }) => {
		const notes = standIn.notes(service).map((line) => `  ${line}`);
		return [`${standIn.title.padEnd(10)} ${service.url}`, ...notes].join('\n');
	});
	console.log(`The sandbox is running. Open ${sandbox.url} to see what arrives, and ${sandbox.url}/docs for the manual.

${services.join('\n\n')}

These credentials are made up and work here only. Ctrl-C stops the sandbox.`);
	const stop = () => {
		void sandbox.close().then(() => process.exit(0));
	};
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
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
