import { computed, personal, recipients } from './mails';
import { NOTHING, nothing } from './nothing';
import { people } from './people';
import { sendByNode } from './postmark';
import { engineFor, runNode } from './run';
import type { RemoteSandbox } from './sandbox';
import { standStillOf } from './standStill';
import { sync } from './sync';
import type { Row } from './table';

/** How long n8n's event loop stood still, at most, while many items were worked through; least disturbed of three. */
export async function standStills(sandbox: RemoteSandbox, count: number): Promise<Row[]> {
	const items = recipients(count);
	const idle = await leastOf(async () => {
		const engine = engineFor(sandbox, 40, { [NOTHING]: nothing() });
		await runNode(engine, NOTHING, {}, items);
	});
	const cases: Array<[string, () => Promise<unknown>]> = [
		['emails with their own words', async () => await sendByNode(sandbox, personal, count)],
		['emails with words that n8n computes', async () => await sendByNode(sandbox, computed, count)],
		['users in a sync without changes', async () => await sync(sandbox, people(count), 100_000)],
	];
	const rows: Row[] = [];
	for (const [what, work] of cases) {
		await sandbox.reset({ alimail: { requestsPerSecond: 100_000 } });
		await sandbox.post('seed', { alimail: { users: people(count) } });
		const longest = await leastOf(work);
		rows.push({
			what: `${count.toLocaleString('en')} ${what}: longest stand-still of n8n (beside it: a node that does nothing)`,
			ours: `${longest.toFixed(0)} ms`,
			peer: `${idle.toFixed(0)} ms`,
			target: 'at most 100 ms',
			ok: longest <= 100,
		});
	}
	return rows;
}

async function leastOf(work: () => Promise<unknown>): Promise<number> {
	let least = Infinity;
	for (let i = 0; i < 3; i++) least = Math.min(least, await standStillOf(work));
	return least;
}
