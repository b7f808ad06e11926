import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { directory } from './directory';
import { otherSenders, otherSync } from './alternatives';
import { mailchimp } from './mailchimp';
import { memory } from './memory';
import { outlook } from './outlook';
import { postmarkBatch } from './postmark';
import { rate } from './rate';
import { RemoteSandbox } from './sandbox';
import { sendPulse } from './sendpulse';
import { firstLoad, unchangedSync } from './sync';
import { table, type Row } from './table';
import { standStills } from './turns';

/** `--full`: the first load with 10,000 users (4½ minutes) instead of 2,000, and memory with 100,000 items. */
const full = process.argv.includes('--full');
const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length);

async function main(): Promise<void> {
	const sandbox = await RemoteSandbox.start();
	const rows: Row[] = [];
	const part = async (name: string, measure: () => Promise<Row[]> | Row[]) => {
		if (only !== undefined && only !== name) return;
		console.error(`Measuring: ${name}…`);
		const measured = await measure();
		rows.push(...measured);
		console.error(table(measured));
	};
	try {
		await part('plan', planning);
		await part('postmark', () => postmarkBatch(sandbox, 10_000));
		await part('stand-still', () => standStills(sandbox, 10_000));
		await part('senders', () => otherSenders(sandbox, 1_000));
		await part('sync', () => unchangedSync(sandbox, 10_000));
		await part('create-each', () => otherSync(sandbox, 1_000));
		await part('first-load', () => firstLoad(sandbox, full ? 10_000 : 2_000));
		await part('rate', () => rate(sandbox));
		await part('outlook', outlook);
		await part('sendpulse', sendPulse);
		await part('mailchimp', mailchimp);
		await part('directory', directory);
		await part('memory', () => memory(sandbox, full ? [20_000, 100_000] : [10_000, 20_000]));
	} finally {
		sandbox.stop();
	}
	const text = table(rows);
	const folder = join(__dirname, '../../output');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'bench.md'), `${text}\n`);
	console.log(
		`\nNode ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'})\n\n${text}\n`,
	);
	process.exit(rows.some(({ ok }) => ok === false) ? 1 : 0);
}

/** In a process of its own, so that the memory is the plan's alone. */
function planning(): Row[] {
	const said = execFileSync(process.execPath, ['--import', 'tsx', join(__dirname, 'plan.ts')], {
		encoding: 'utf8',
	});
	const { count, cpuSeconds, peakMegabytes, writes } = JSON.parse(said) as Record<string, number>;
	const what = `Planning ${count!.toLocaleString('en')} users against ${count!.toLocaleString('en')}`;
	return [
		{
			what: `${what}: CPU time`,
			ours: `${cpuSeconds!.toFixed(2)} s`,
			target: 'under 2 s',
			ok: cpuSeconds! < 2,
		},
		{
			what: `${what}: memory of the whole process`,
			ours: `${peakMegabytes!.toFixed(0)} MB`,
			target: 'under 512 MB',
			ok: peakMegabytes! < 512,
		},
		{ what: `${what}: writes planned`, ours: `${writes}`, target: '1000', ok: writes === 1_000 },
	];
}

void main();
