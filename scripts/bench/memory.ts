import type { INodeParameters } from 'n8n-workflow';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { HeapWatch } from './heapWatch';
import { plain } from './mails';
import { NOTHING, nothing } from './nothing';
import { POSTMARK, SERVER } from './postmark';
import { engineFor, runNode } from './run';
import type { RemoteSandbox } from './sandbox';
import type { Row } from './table';

interface Way {
	name: string;
	type: string;
	parameters: INodeParameters;
	credentials: Record<string, { id: string; name: string }>;
	/** Of one item each. */
	requestsPerItem: number;
}

const WAYS: Way[] = [
	{
		name: 'batched (Postmark, Send)',
		type: POSTMARK,
		parameters: { ...plain.form, to: 'ana@yunhe.example' },
		credentials: SERVER,
		requestsPerItem: 1 / 500,
	},
	{
		name: 'one by one (Alimail, Get an organization)',
		type: 'n8n-nodes-mailops.alimail',
		parameters: { resource: 'organization', operation: 'get' },
		credentials: { mailOpsAlimailApi: { id: 'alimail', name: 'alimail' } },
		requestsPerItem: 1,
	},
];

const SAMPLES = 40;
const MOST_MB = 8;

/**
 * What a run needs beyond what n8n itself needs for it: its highest heap over what is left of it at the end, less the
 * same of a node that does nothing with as many items. Both are looked at equally often.
 */
export async function memory(sandbox: RemoteSandbox, counts: number[]): Promise<Row[]> {
	const rows: Row[] = [];
	const idle = new Map<number, number>();
	for (const count of [1_000, ...counts]) idle.set(count, await ofNothing(sandbox, count));
	for (const way of WAYS) {
		const own: number[] = [];
		for (const count of [1_000, ...counts]) {
			await sandbox.reset({ alimail: { requestsPerSecond: 100_000 } });
			own.push((await ofNode(sandbox, way, count)) - idle.get(count)!);
		}
		const figures = own.slice(1).map((megabytes) => Math.max(0, megabytes).toFixed(1));
		rows.push({
			what: `Memory of a run beyond that of a node that does nothing, ${way.name}: ${counts.map((count) => count.toLocaleString('en')).join(' → ')} items`,
			ours: `${figures.join(' → ')} MB`,
			target: `under ${MOST_MB} MB, flat`,
			ok: own.slice(1).every((megabytes) => megabytes < MOST_MB),
		});
	}
	return rows;
}

async function ofNode(sandbox: RemoteSandbox, way: Way, count: number): Promise<number> {
	const watch = new HeapWatch();
	const every = Math.max(1, Math.floor((count * way.requestsPerItem) / SAMPLES));
	let requests = 0;
	const onRequest = () => {
		if (requests++ % every === 0) watch.look();
	};
	subscribe('http.client.request.start', onRequest);
	try {
		const { run } = await runNode(
			engineFor(sandbox, 1_000_000),
			way.type,
			way.parameters,
			items(count),
			way.credentials,
		);
		if (run.items('Node').length !== count)
			throw new Error(`${way.name}: ${run.items('Node').length} of ${count} items`);
		return watch.beyond();
	} finally {
		unsubscribe('http.client.request.start', onRequest);
	}
}

async function ofNothing(sandbox: RemoteSandbox, count: number): Promise<number> {
	const watch = new HeapWatch();
	const every = Math.max(1, Math.floor(count / 500 / SAMPLES));
	let chunks = 0;
	const node = nothing(() => {
		if (chunks++ % every === 0) watch.look();
	});
	const { run } = await runNode(engineFor(sandbox, 40, { [NOTHING]: node }), NOTHING, {}, items(count));
	if (run.items('Node').length !== count) throw new Error(`${run.items('Node').length} of ${count} items`);
	return watch.beyond();
}

const items = (count: number) => Array.from({ length: count }, (_, i) => ({ i }));
