/**
 * `npm run test:queue`: the packed pack in a real n8n in queue mode, with a real Redis and PostgreSQL. Each scene prints
 * what was measured; the script fails when one is not as it must be. Nothing is left of it, whatever its end.
 */
import { stopAll, whenNpmEnds } from '../n8n/processes';
import { mailOnce, newMail } from './mail';
import { bounces, eventTwice } from './events';
import { QueueInstallation } from './installation';
import { lookUps, oneRate } from './oneRate';
import { redisHangs, redisKilled, threeProcesses } from './outage';
import { orders, twiceAtOnce, workerKilled } from './orders';
import type { Scene } from './scene';

const say = (line: string) => process.stdout.write(`${line}\n`);
const scenes: Scene[] = [
	eventTwice,
	mailOnce,
	twiceAtOnce,
	workerKilled,
	oneRate,
	threeProcesses,
	redisKilled,
	redisHangs,
];

async function main(): Promise<boolean> {
	let installation: QueueInstallation | undefined;
	const stop = async () => {
		await stopAll();
		await installation?.stop();
	};
	const leave = () => void stop().finally(() => process.exit(1));
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, leave);
	whenNpmEnds(leave);
	const started = Date.now();
	let passed = true;
	try {
		installation = await QueueInstallation.start([orders, lookUps, bounces, newMail], say);
		say(`Started in ${secondsSince(started)}`);
		for (const scene of scenes) passed = (await play(scene, installation)) && passed;
		if (!passed) say(installation.lastWords());
	} finally {
		await stop();
	}
	say(`\nQueue mode: ${passed ? 'all as it must be' : 'NOT as it must be'}, ${secondsSince(started)}`);
	return passed;
}

async function play({ name, play }: Scene, installation: QueueInstallation): Promise<boolean> {
	const began = Date.now();
	const { found, passed } = await play(installation).catch((error: unknown) => ({
		found: error instanceof Error ? error.message : String(error),
		passed: false,
	}));
	say(`${passed ? 'ok  ' : 'FAIL'} ${name} (${secondsSince(began)}):\n     ${found}`);
	return passed;
}

const secondsSince = (began: number) => `${Math.round((Date.now() - began) / 1000)} s`;

main().then(
	(passed) => process.exit(passed ? 0 : 1),
	(error: unknown) => {
		say(error instanceof Error ? error.message : String(error));
		process.exit(1);
	},
);
