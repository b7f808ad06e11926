import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters, INodeType } from 'n8n-workflow';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Engine } from '../engine';
import { HeapWatch } from './heapWatch';
import { BUILT_IN, builtIn } from './mailchimpBuiltIn';
import { runNode, type Timed } from './run';
import { RemoteSandbox } from './sandbox';
import type { Row } from './table';
import { yardstick } from './yardstick';

const OURS = 'n8n-nodes-mailops.mailchimp';
const BARE = 'test.bare';
const CREDENTIAL = 'mailOpsMailchimpApi';
const AUDIENCE = 'a1b2c3d4e5';
/** As far away as Mailchimp is, at the least. */
const LATENCY_MS = 50;
/** What Mailchimp lets one user have under way. */
const CONNECTIONS = 10;
const MEMBERS = 10_000;
/** The built-in node makes one request an item, one after another: a part tells how long all would take. */
const PART = 100;
/** Of the list: half of them join, half of them leave. */
const CHURN = 0.01;
const ROUNDS = 3;
/** More than that where the yardstick is code that is always warm: a node’s is after some runs, as in an n8n that is up. */
const SYNC_ROUNDS = 10;

const count = (number: number) => number.toLocaleString('en');
const audience = { __rl: true, mode: 'id', value: AUDIENCE };
const people = (from: number, to: number) =>
	Array.from({ length: to - from }, (_, i) => ({
		email: `person${from + i}@example.net`,
		first: `Ana ${from + i}`,
	}));

/** The Mailchimp node, and n8n's own, against one stand-in in a process of its own. */
export async function mailchimp(): Promise<Row[]> {
	const sandbox = await RemoteSandbox.start(LATENCY_MS);
	try {
		return [...(await adding(sandbox)), ...(await syncing(sandbox)), ...(await reading(sandbox))];
	} finally {
		sandbox.stop();
	}
}

interface Signed {
	engine: Engine;
	credentials: Record<string, { id: string; name: string }>;
	key: string;
}

async function signedIn(sandbox: RemoteSandbox, extra: Record<string, INodeType> = {}): Promise<Signed> {
	const { credentials } = await sandbox.get<{
		credentials: Array<{ type: string; data: ICredentialDataDecryptedObject }>;
	}>('credentials');
	const { data } = credentials.find(({ type }) => type === CREDENTIAL)!;
	const engine = new Engine('dist', { [BUILT_IN]: builtIn(sandbox.url), ...extra });
	engine.addCredential(CREDENTIAL, data);
	engine.addCredential('mailchimpApi', { apiKey: data.apiKey! });
	const named = (name: string) => ({ [name]: { id: name, name } });
	return {
		engine,
		credentials: { ...named(CREDENTIAL), ...named('mailchimpApi') },
		key: String(data.apiKey),
	};
}

async function run(
	{ engine, credentials }: Signed,
	type: string,
	parameters: INodeParameters,
	items: IDataObject[],
): Promise<Timed> {
	return await runNode(engine, type, parameters, items, credentials);
}

/** Who the user is, is asked once by a process and left out. */
async function requestsOf(sandbox: RemoteSandbox): Promise<{ reads: number; writes: number }> {
	const rows = (await sandbox.requests('mailchimp')).filter(({ route }) => !/\/3\.0\/?$/.test(route));
	const sum = (isRead: boolean) =>
		rows.filter(({ method }) => (method === 'GET') === isRead).reduce((all, row) => all + row.count, 0);
	return { reads: sum(true), writes: sum(false) };
}

async function adding(sandbox: RemoteSandbox): Promise<Row[]> {
	let ours = Infinity;
	let requests = 0;
	let done = 0;
	for (let i = 0; i < ROUNDS; i++) {
		await sandbox.reset();
		const signed = await signedIn(sandbox);
		const form = {
			resource: 'member',
			operation: 'upsert',
			audience,
			emailAddress: '={{ $json.email }}',
			options: { mergeFieldsJson: '={{ { FNAME: $json.first } }}' },
		};
		const timed = await run(signed, OURS, form, people(0, MEMBERS));
		ours = Math.min(ours, timed.seconds);
		({ writes: requests } = await requestsOf(sandbox));
		done = timed.run.items('Node').length;
	}
	await sandbox.reset({ mailchimp: { passOverUnknown: true } });
	const theirs = await run(
		await signedIn(sandbox),
		BUILT_IN,
		{
			resource: 'member',
			operation: 'create',
			list: AUDIENCE,
			email: '={{ $json.email }}',
			status: 'subscribed',
			mergeFieldsUi: { mergeFieldsValues: [{ name: 'FNAME', value: '={{ $json.first }}' }] },
		},
		people(0, PART),
	);
	const theirRequests = ((await requestsOf(sandbox)).writes * MEMBERS) / PART;
	const seconds = (theirs.seconds * MEMBERS) / PART;
	const what = `Mailchimp: ${count(MEMBERS)} members added, ${LATENCY_MS} ms away`;
	return [
		{
			what: `${what}: requests, against n8n’s own node, Member → Create (${PART} measured)`,
			ours: `${requests} for ${count(done)}`,
			peer: count(theirRequests),
			ratio: `${(theirRequests / requests).toFixed(0)} × fewer`,
			target: '20; 100 × fewer',
			ok: requests === MEMBERS / 500 && theirRequests / requests >= 100 && done === MEMBERS,
		},
		{
			what: `${what}: time against the same`,
			ours: `${ours.toFixed(2)} s`,
			peer: `${seconds.toFixed(1)} s`,
			ratio: `${(seconds / ours).toFixed(0)} × faster`,
			target: '50 × faster',
			ok: seconds / ours >= 50,
		},
	];
}

/** Everybody has the tag of the sync. */
async function sow(sandbox: RemoteSandbox, members: ReturnType<typeof people>): Promise<void> {
	const most = 10_000;
	for (let at = 0; at < members.length; at += most)
		await sandbox.post('seed', {
			mailchimp: {
				members: members.slice(at, at + most).map(({ email, first }) => ({
					email_address: email,
					merge_fields: { FNAME: first },
					tags: ['Staff'],
				})),
			},
		});
}

const SYNC = {
	resource: 'audience',
	operation: 'sync',
	mode: 'apply',
	audience,
	owns: 'tag',
	ownTag: 'Staff',
	columns: {
		mappingMode: 'defineBelow',
		value: { email: '={{ $json.email }}', 'merge:FNAME:text': '={{ $json.first }}' },
		matchingColumns: [],
		schema: [],
	},
};

async function syncing(sandbox: RemoteSandbox): Promise<Row[]> {
	const changes = MEMBERS * CHURN;
	const rounds: Array<{ ours: number; bare: number }> = [];
	let requests = { reads: 0, writes: 0 };
	let summary: IDataObject = {};
	for (let i = 0; i < SYNC_ROUNDS; i++) {
		await sandbox.reset();
		await sow(sandbox, people(0, MEMBERS));
		const signed = await signedIn(sandbox);
		const rows = people(changes / 2, MEMBERS + changes / 2);
		const timed = await run(signed, OURS, { ...SYNC, leavers: 'unsubscribe' } as never, rows);
		requests = await requestsOf(sandbox);
		summary = timed.run.json('Node', 2)[0]!;
		await sandbox.reset();
		await sow(sandbox, people(0, MEMBERS));
		const bare = await signedIn(sandbox, { [BARE]: bareNode(sandbox, signed.key, changes) });
		rounds.push({ ours: timed.seconds, bare: (await run(bare, BARE, {}, rows)).seconds });
	}
	// One after the other, both had the same machine; in the middle of all rounds no lucky one counts, and no unlucky one.
	const { ours, bare } = rounds.sort((one, other) => one.ours / one.bare - other.ours / other.bare)[
		Math.floor(rounds.length / 2)
	]!;
	const what = `Mailchimp: sync of ${count(MEMBERS)} with ${CHURN * 100} % churn, ${LATENCY_MS} ms away`;
	const done = Number(summary.created) + Number(summary.removed);
	return [
		{
			what: `${what}: requests that read, and that write`,
			ours: `${requests.reads}, ${requests.writes} for ${done} changes`,
			target: `at most ${MEMBERS / 1_000}, ${Math.ceil(changes / 500)}`,
			ok:
				requests.reads <= MEMBERS / 1_000 && requests.writes <= Math.ceil(changes / 500) && done === changes,
		},
		{
			what: `${what}: time against a node that sends the same requests bare, ${CONNECTIONS} at a time (the middle of ${SYNC_ROUNDS} rounds)`,
			ours: `${ours.toFixed(2)} s`,
			peer: `${bare.toFixed(2)} s`,
			ratio: `${(ours / bare).toFixed(2)} × its time`,
			target: 'at most 1.3 ×',
			ok: ours / bare <= 1.3,
		},
	];
}

/** What latency and connections allow in n8n: a node that is handed the same items, sends the same requests and does nothing else. */
const bareNode = (sandbox: RemoteSandbox, key: string, changes: number): INodeType =>
	yardstick('Bare', async () => {
		await barely(sandbox, key, changes);
		return [[{ json: {} }]];
	});

/** The requests of the sync by `fetch`, side by side, their answers read and nothing else. */
async function barely(sandbox: RemoteSandbox, key: string, changes: number): Promise<void> {
	const url = `${sandbox.url}/mailchimp/us6/3.0/lists/${AUDIENCE}`;
	const headers = {
		authorization: `Basic ${Buffer.from(`x:${key}`).toString('base64')}`,
		'content-type': 'application/json',
	};
	const fields = [
		'total_items',
		...['id', 'email_address', 'status', 'unsubscribe_reason', 'tags.name', 'merge_fields.FNAME'].map(
			(name) => `members.${name}`,
		),
	].join(',');
	const page = async (offset: number) =>
		await (await fetch(`${url}/members?fields=${fields}&count=1000&offset=${offset}`, { headers })).json();
	await page(0);
	const pages = MEMBERS / 1_000 - 1;
	if (pages >= CONNECTIONS) throw new Error('More pages than connections.');
	await Promise.all(Array.from({ length: pages }, async (_, i) => await page((i + 1) * 1_000)));
	const members = [
		...people(0, changes / 2).map(({ email }) => ({ email_address: email, status: 'unsubscribed' })),
		...people(MEMBERS, MEMBERS + changes / 2).map(({ email, first }) => ({
			email_address: email,
			status: 'subscribed',
			merge_fields: { FNAME: first },
			tags: ['Staff'],
		})),
	];
	const answer = await fetch(url, {
		method: 'POST',
		headers,
		body: JSON.stringify({ members, update_existing: true }),
	});
	if (!answer.ok) throw new Error(await answer.text());
	await answer.json();
}

const READ = [10_000, 100_000];
const SAMPLES = 20;
const MOST_MB = 16;

/** The highest heap of a run of Get Many over what is left of it at the end, which is the items. */
async function readAll(
	sandbox: RemoteSandbox,
	size: number,
): Promise<{ got: number; requests: number; beyond: number }> {
	await sandbox.reset();
	await sow(sandbox, people(0, size));
	const watch = new HeapWatch();
	let pages = 0;
	const onRequest = () => {
		if (pages++ % Math.ceil(size / 1_000 / SAMPLES) === 0) watch.look();
	};
	subscribe('http.client.request.start', onRequest);
	const { run: done } = await run(
		await signedIn(sandbox),
		OURS,
		{ resource: 'member', operation: 'getAll', audience, returnAll: true },
		[{}],
	);
	unsubscribe('http.client.request.start', onRequest);
	const { reads: requests } = await requestsOf(sandbox);
	return { got: done.items('Node').length, requests, beyond: watch.beyond() };
}

async function reading(sandbox: RemoteSandbox): Promise<Row[]> {
	// What was measured before leaves things behind that go in the first run.
	await readAll(sandbox, READ[0]!);
	const runs = [];
	for (const size of READ) runs.push(await readAll(sandbox, size));
	const beyond = runs.map((one) => one.beyond);
	const { got, requests } = runs.at(-1)!;
	const most = READ.at(-1)!;
	return [
		{
			what: `Mailchimp: members read by Get Many: requests for ${count(most)}`,
			ours: `${requests} for ${count(got)}`,
			target: String(most / 1_000),
			ok: requests === most / 1_000 && got === most,
		},
		{
			what: `Mailchimp: memory of that beyond the items, ${READ.map(count).join(' → ')} members`,
			ours: `${beyond.map((megabytes) => Math.max(0, megabytes).toFixed(1)).join(' → ')} MB`,
			target: `under ${MOST_MB} MB, flat`,
			ok: beyond.every((megabytes) => megabytes < MOST_MB),
		},
	];
}
