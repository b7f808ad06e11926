import { engineFor, runNode } from './run';
import type { RemoteSandbox } from './sandbox';
import type { Row } from './table';

interface Way {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	credentials: Record<string, { id: string; name: string }>;
}

const WAYS: Way[] = [
	{
		name: 'bulk (Postmark, Send)',
		type: 'n8n-nodes-mailops.postmark',
		parameters: {
			resource: 'email',
			operation: 'send',
			from: 'shop@mailops.example',
			to: 'ana@yunhe.example',
			subject: 'Hello',
			text: `Hello. ${'A sentence that makes the message longer. '.repeat(40)}`,
		},
		credentials: { mailOpsPostmarkServerApi: { id: 'postmark', name: 'postmark' } },
	},
	{
		name: 'each (Alimail, Get an organization)',
		type: 'n8n-nodes-mailops.alimail',
		parameters: { resource: 'organization', operation: 'get' },
		credentials: { mailOpsAlimailApi: { id: 'alimail', name: 'alimail' } },
	},
];

/** What a run needs beyond the items that went in and came out: its highest heap less what is left of it at the end. */
export async function memory(sandbox: RemoteSandbox, counts: number[]): Promise<Row[]> {
	const rows: Row[] = [];
	for (const way of WAYS) {
		const extra: number[] = [];
		for (const count of [1_000, ...counts]) {
			await sandbox.reset({ alimail: { requestsPerSecond: 100_000 } });
			extra.push(await beyondItems(sandbox, way, count));
		}
		const [, small, large] = extra as [number, number, number];
		rows.push({
			what: `Memory beyond the items, ${way.name}: ${counts.map((count) => count.toLocaleString('en')).join(' → ')} items`,
			ours: `${small.toFixed(0)} → ${large.toFixed(0)} MB`,
			target: 'flat (within 32 MB)',
			ok: large - small <= 32,
		});
	}
	return rows;
}

async function beyondItems(sandbox: RemoteSandbox, way: Way, count: number): Promise<number> {
	const engine = engineFor(sandbox, 1_000_000);
	const items = Array.from({ length: count }, (_, i) => ({ i }));
	let peak = 0;
	const sample = () => {
		globalThis.gc!();
		peak = Math.max(peak, heap());
	};
	// As often in a short run as in a long one, or the short one would seem to need nothing.
	const timer = setInterval(sample, count / 100);
	const { run } = await runNode(engine, way.type, way.parameters as never, items, way.credentials);
	clearInterval(timer);
	globalThis.gc!();
	const left = heap();
	if (run.items('Node').length !== count)
		throw new Error(`${way.name}: ${run.items('Node').length} of ${count} items`);
	return Math.max(0, peak - left);
}

/** Objects and buffers that are alive, in MB. */
function heap(): number {
	const { heapUsed, external } = process.memoryUsage();
	return (heapUsed + external) / 1024 / 1024;
}
