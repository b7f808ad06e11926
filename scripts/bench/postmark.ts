import { ServerClient } from 'postmark';
import { personal, plain, recipients, type Letter } from './mails';
import { engineFor, runNode } from './run';
import type { RemoteSandbox } from './sandbox';
import type { Row } from './table';

export const POSTMARK = 'n8n-nodes-mailops.postmark';
export const SERVER = { mailOpsPostmarkServerApi: { id: 'postmark', name: 'postmark' } };

/** The node over these recipients; seconds. */
export async function sendByNode(sandbox: RemoteSandbox, letter: Letter, count: number): Promise<number> {
	const { seconds, run } = await runNode(
		engineFor(sandbox),
		POSTMARK,
		letter.form,
		recipients(count),
		SERVER,
	);
	if (run.items('Node').length !== count) throw new Error(`${run.items('Node').length} of ${count} items`);
	return seconds;
}

/** The official client's own batch loop: 500 a request, one after another, as its documentation shows; seconds. */
async function sendByClient(sandbox: RemoteSandbox, letter: Letter, count: number): Promise<number> {
	const server = new ServerClient('sandbox-server-token', {
		requestHost: `${new URL(sandbox.url).host}/postmark`,
		useHttps: false,
	});
	const people = recipients(count);
	const started = performance.now();
	for (let i = 0; i < count; i += 500)
		await server.sendEmailBatch(people.slice(i, i + 500).map((person) => letter.message(person)));
	return (performance.now() - started) / 1000;
}

/** The node against the official client, in the same run and on the same sandbox. */
export async function postmarkBatch(sandbox: RemoteSandbox, count: number): Promise<Row[]> {
	const what = `${count.toLocaleString('en')} Postmark messages`;
	const rows: Row[] = [await requests(sandbox, what, count)];
	const cases = [
		{ letter: plain, milliseconds: 0, most: 1.2, rounds: 9 },
		{ letter: personal, milliseconds: 0, most: 2.5, rounds: 9 },
		{ letter: plain, milliseconds: 50, most: 0.4, rounds: 5 },
	];
	for (const { letter, milliseconds, most, rounds } of cases) {
		const { node, client } = await race(sandbox, letter, count, milliseconds, rounds);
		const where = milliseconds === 0 ? 'the service on this machine' : `the service ${milliseconds} ms away`;
		rows.push({
			what: `${what}, ${letter.name}, ${where}: time against the official client’s batch loop`,
			ours: `${node.toFixed(2)} s`,
			peer: `${client.toFixed(2)} s`,
			ratio: `${(node / client).toFixed(2)} ×`,
			target: `at most ${most} ×`,
			ok: node / client <= most,
		});
	}
	return rows;
}

/** Once each to warm both up, then alternately: the best of several is the least disturbed by the machine. */
async function race(
	sandbox: RemoteSandbox,
	letter: Letter,
	count: number,
	milliseconds: number,
	rounds: number,
) {
	const prepare = async () => {
		await sandbox.reset();
		if (milliseconds > 0)
			await sandbox.post('faults', { service: 'postmark', kind: 'slow', ms: milliseconds, times: 'always' });
	};
	const best = { node: Infinity, client: Infinity };
	for (let round = 0; round <= rounds; round++) {
		await prepare();
		const node = await sendByNode(sandbox, letter, count);
		await prepare();
		const client = await sendByClient(sandbox, letter, count);
		if (round === 0) continue;
		best.node = Math.min(best.node, node);
		best.client = Math.min(best.client, client);
	}
	return best;
}

async function requests(sandbox: RemoteSandbox, what: string, count: number): Promise<Row> {
	await sandbox.reset();
	await sendByNode(sandbox, plain, count);
	const made = (await sandbox.requests('postmark')).reduce((sum, row) => sum + row.count, 0);
	const needed = Math.ceil(count / 500);
	return { what: `${what}: requests`, ours: `${made}`, target: `${needed}`, ok: made === needed };
}
