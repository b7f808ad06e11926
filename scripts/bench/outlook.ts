import type { IDataObject } from 'n8n-workflow';
import { runNode } from './run';
import { RemoteSandbox } from './sandbox';
import { attaching, queueing } from './outlookSending';
import { OURS, signedIn, type Signed } from './outlookSignIn';
import type { Row } from './table';

const BUILT_IN = 'n8n-nodes-base.microsoftOutlook';
/** As far away as Microsoft is. */
const LATENCY_MS = 50;
const MESSAGES = 1_000;
/** The built-in node works on one after another: a part tells how long all would take. */
const PART = 100;
const ROUNDS = 3;
const LISTED = 10_000;

/** The Outlook node, and n8n's own, against one stand-in in a process of its own. */
export async function outlook(): Promise<Row[]> {
	const sandbox = await RemoteSandbox.start(LATENCY_MS);
	try {
		return [
			...(await updating(sandbox)),
			await listing(sandbox),
			await attaching(sandbox),
			...(await queueing(sandbox)),
		];
	} finally {
		sandbox.stop();
	}
}

async function filled(sandbox: RemoteSandbox, count: number): Promise<Signed & { ids: IDataObject[] }> {
	await sandbox.reset({ outlook: { messagesPerMinute: 100_000 } });
	const messages = Array.from({ length: count }, (_, i) => ({ subject: `Message ${i}` }));
	await sandbox.post('seed', { outlook: { messages } });
	const signed = await signedIn(sandbox);
	const { run } = await runNode(signed.engine, OURS, LIST, [{}], signed.credentials);
	return { ...signed, ids: run.json('Node') };
}

const LIST = { authentication: 'user', resource: 'message', operation: 'getAll', returnAll: true };

const requestsOf = async (sandbox: RemoteSandbox): Promise<number> =>
	(await sandbox.requests('outlook')).reduce((sum, { count }) => sum + count, 0);

/** Each at its best of several rounds: what else the machine does, and a node that runs for the first time, say nothing. */
async function updating(sandbox: RemoteSandbox): Promise<Row[]> {
	let [ours, theirs] = [Infinity, Infinity];
	let requests = 0;
	for (let i = 0; i < ROUNDS; i++) {
		const { engine, credentials, ids } = await filled(sandbox, MESSAGES);
		const before = await requestsOf(sandbox);
		const form = {
			authentication: 'user',
			resource: 'message',
			operation: 'markRead',
			messageId: '={{ $json.id }}',
			isRead: true,
		};
		ours = Math.min(ours, (await runNode(engine, OURS, form, ids, credentials)).seconds);
		requests = (await requestsOf(sandbox)) - before;
		const messageId = { __rl: true, mode: 'id', value: '={{ $json.id }}' };
		const { seconds } = await runNode(
			engine,
			BUILT_IN,
			{ resource: 'message', operation: 'update', messageId, updateFields: { isRead: false } },
			ids.slice(0, PART),
			credentials,
		);
		theirs = Math.min(theirs, (seconds * MESSAGES) / PART);
	}
	const ratio = theirs / ours;
	const what = `Outlook: ${MESSAGES.toLocaleString('en')} messages updated, ${LATENCY_MS} ms away`;
	return [
		{
			what: `${what}: time against n8n’s own node (${PART} measured)`,
			ours: `${ours.toFixed(2)} s`,
			peer: `${theirs.toFixed(1)} s`,
			ratio: `${ratio.toFixed(0)} × faster`,
			target: '15 × faster',
			ok: ratio >= 15,
		},
		{ what: `${what}: requests`, ours: String(requests), target: '50', ok: requests === 50 },
	];
}

async function listing(sandbox: RemoteSandbox): Promise<Row> {
	await filled(sandbox, LISTED);
	const requests = await requestsOf(sandbox);
	return {
		what: `Outlook: ${LISTED.toLocaleString('en')} messages listed: requests`,
		ours: String(requests),
		target: '10',
		ok: requests === 10,
	};
}
