import { ServerClient } from 'postmark';
import { engineFor, runNode } from './run';
import type { RemoteSandbox } from './sandbox';
import type { Row } from './table';

const HTML = `<p>Hello,</p><p>your order is on its way.</p>${'<p>Thank you for your trust in us.</p>'.repeat(20)}`;
const FROM = 'shop@mailops.example';
const CREDENTIALS = { mailOpsPostmarkServerApi: { id: 'postmark', name: 'postmark' } };

/**
 * The node against the official client's own batch loop (500 a request, one after another, as its documentation shows),
 * and against n8n's HTTP Request node with one call an item, all in the same run and on the same sandbox.
 */
export async function postmarkBatch(sandbox: RemoteSandbox, count: number, singles: number): Promise<Row[]> {
	const recipients = Array.from({ length: count }, (_, i) => ({ to: `person${i}@yunhe.example` }));
	let latencyMs = 0;
	const prepare = async () => {
		await sandbox.reset();
		if (latencyMs > 0)
			await sandbox.post('faults', { service: 'postmark', kind: 'slow', ms: latencyMs, times: 'always' });
	};
	const node = async () => {
		await prepare();
		const parameters = {
			resource: 'email',
			operation: 'send',
			from: FROM,
			to: '={{ $json.to }}',
			subject: 'Your order',
			html: HTML,
			text: 'Your order is on its way.',
		};
		const { seconds } = await runNode(
			engineFor(sandbox),
			'n8n-nodes-mailops.postmark',
			parameters,
			recipients,
			CREDENTIALS,
		);
		return seconds;
	};
	const client = async () => {
		await prepare();
		const server = new ServerClient('sandbox-server-token', {
			requestHost: `${new URL(sandbox.url).host}/postmark`,
			useHttps: false,
		});
		const started = performance.now();
		for (let i = 0; i < count; i += 500)
			await server.sendEmailBatch(
				recipients.slice(i, i + 500).map(({ to }) => ({
					From: FROM,
					To: to,
					Subject: 'Your order',
					HtmlBody: HTML,
					TextBody: 'Your order is on its way.',
					MessageStream: 'outbound',
				})),
			);
		return (performance.now() - started) / 1000;
	};
	// Once each to warm both up, then alternately: the best of five is the least disturbed by the machine.
	const race = async () => {
		await node();
		await client();
		const best = { node: Infinity, client: Infinity };
		for (let i = 0; i < 5; i++) {
			best.node = Math.min(best.node, await node());
			best.client = Math.min(best.client, await client());
		}
		return best;
	};
	const times = await race();
	latencyMs = 50;
	const away = await race();
	latencyMs = 0;
	await node();
	const requests = (await sandbox.requests('postmark')).reduce((sum, row) => sum + row.count, 0);
	const oneByOne = await httpRequestNode(sandbox, recipients.slice(0, singles));
	const scaled = (oneByOne / singles) * count;
	const what = `${count.toLocaleString('en')} Postmark messages`;
	return [
		{
			what: `${what}: requests`,
			ours: `${requests}`,
			target: `${count / 500}`,
			ok: requests === count / 500,
		},
		versus(`${what}, the service on this machine`, times),
		versus(`${what}, the service 50 ms away`, away),
		{
			what: `${what}: time against n8n’s HTTP Request node, one call an item (${singles.toLocaleString('en')} measured)`,
			ours: `${times.node.toFixed(2)} s`,
			peer: `${scaled.toFixed(1)} s`,
			ratio: `${(scaled / times.node).toFixed(0)} × faster`,
		},
	];
}

function versus(what: string, { node, client }: { node: number; client: number }): Row {
	return {
		what: `${what}: time against the official client’s batch loop`,
		ours: `${node.toFixed(2)} s`,
		peer: `${client.toFixed(2)} s`,
		ratio: `${(node / client).toFixed(2)} ×`,
		target: 'at most 1.5 ×',
		ok: node / client <= 1.5,
	};
}

async function httpRequestNode(sandbox: RemoteSandbox, recipients: Array<{ to: string }>): Promise<number> {
	await sandbox.reset();
	const body = JSON.stringify({ From: FROM, Subject: 'Your order', HtmlBody: HTML, TextBody: 'x', To: 'TO' });
	const parameters = {
		method: 'POST',
		url: `${sandbox.url}/postmark/email`,
		sendHeaders: true,
		headerParameters: { parameters: [{ name: 'X-Postmark-Server-Token', value: 'sandbox-server-token' }] },
		sendBody: true,
		specifyBody: 'json',
		jsonBody: `=${body.replace('"TO"', '"{{ $json.to }}"')}`,
		// One call after another, as with any rate-limited service; without it the node starts all calls at once.
		options: { batching: { batch: { batchSize: 1, batchInterval: 0 } } },
	};
	const { seconds } = await runNode(
		engineFor(sandbox),
		'n8n-nodes-base.httpRequest',
		parameters as never,
		recipients,
	);
	return seconds;
}
