import { Line, type LineOptions } from './line';
import { engineFor, runNode } from './run';
import type { RemoteSandbox } from './sandbox';
import { firstLoad } from './sync';
import type { Row } from './table';

/** How much of an account's limits is used over networks as they are, and how often the service has to refuse. */
export async function rate(sandbox: RemoteSandbox): Promise<Row[]> {
	const rows: Row[] = [];
	for (const [jitterMs, share] of [
		[0, 0.95],
		[30, 0.91],
		[100, 0.91],
	] as const)
		rows.push(
			...(await over({ to: sandbox.url, jitterMs }, async (line) => {
				const way = `over a line with 0–${jitterMs} ms of jitter`;
				return await firstLoad(sandbox, 2_000, { line, way, share, refusals: 1 });
			})),
		);
	rows.push(
		...(await over({ to: sandbox.url, distanceMs: 375 }, async (line) => {
			const way = 'when each answer takes 750 ms';
			return await firstLoad(sandbox, 2_000, { line, way, share: 0.88, refusals: 1 });
		})),
	);
	for (const [count, seconds] of [
		[40, 8],
		[400, 40],
	] as const)
		rows.push(...(await fewPlaces(sandbox, count, seconds)));
	return rows;
}

/** Single requests to a service with two free places, where the pack takes four. */
async function fewPlaces(sandbox: RemoteSandbox, count: number, most: number): Promise<Row[]> {
	await sandbox.reset();
	return await over({ to: sandbox.url, distanceMs: 50, places: 2 }, async (line) => {
		const { seconds, run } = await runNode(
			engineFor(line),
			'n8n-nodes-mailops.postmark',
			{ resource: 'server', operation: 'get' },
			Array.from({ length: count }, (_, i) => ({ i })),
			{ mailOpsPostmarkServerApi: { id: 'postmark', name: 'postmark' } },
		);
		const what = `${count} requests of 100 ms to a service with 2 free places`;
		const done = run.items('Node').length;
		return [
			{
				what: `${what}: time`,
				ours: `${seconds.toFixed(1)} s for ${done}`,
				ratio: `ideal ${((count * 0.1) / 2).toFixed(0)} s`,
				target: `under ${most} s`,
				ok: seconds < most && done === count,
			},
			{ what: `${what}: answers 429`, ours: `${await line.refused()}` },
		];
	});
}

async function over<T>(options: LineOptions, measure: (line: Line) => Promise<T>): Promise<T> {
	const line = await Line.start(options);
	try {
		return await measure(line);
	} finally {
		line.stop();
	}
}
