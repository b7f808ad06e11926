import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Engine } from '../engine';
import { redisProgram, RedisServer } from '../queue/redis';
import { runNode } from './run';
import { RemoteSandbox } from './sandbox';
import { addForm, CREDENTIAL, OURS } from './sendpulseForm';
import type { Task } from './sendpulseWorker';
import type { Row } from './table';

const CONTACTS = 10_000;
/** SendPulse's own client, like its own n8n node, sends one request for each contact: a part tells how many all would take. */
const PART = 100;
const RATE = 10;

type Data = ICredentialDataDecryptedObject;

/** Contacts into a list: the node, and SendPulse's own client called for each contact, against one stand-in. */
export async function sendPulse(): Promise<Row[]> {
	const sandbox = await RemoteSandbox.start();
	try {
		return [...(await adding(sandbox)), ...(await byTwo(sandbox))];
	} finally {
		sandbox.stop();
	}
}

async function adding(sandbox: RemoteSandbox): Promise<Row[]> {
	const list = await freshList(sandbox);
	const credential = await credentialOf(sandbox);
	const engine = new Engine('dist');
	engine.addCredential(CREDENTIAL, credential);
	const named = { [CREDENTIAL]: { id: CREDENTIAL, name: CREDENTIAL } };
	const { run } = await runNode(engine, OURS, addForm(list), people(0, CONTACTS), named);
	const done = run.items('Node').length;
	const { requests, refused, share } = await seen(sandbox, list);
	const theirs = await byClient(sandbox, credential);
	const ratio = (theirs * CONTACTS) / PART / requests;
	const what = `SendPulse: ${CONTACTS.toLocaleString('en')} contacts into a list`;
	return [
		{
			what: `${what}: requests, against SendPulse’s own client for each contact (${PART} measured)`,
			ours: `${requests} for ${done.toLocaleString('en')}`,
			peer: ((theirs * CONTACTS) / PART).toLocaleString('en'),
			ratio: `${ratio.toFixed(0)} × fewer`,
			target: 'at most 100; 50 × fewer',
			ok: requests <= 100 && ratio >= 50 && done === CONTACTS,
		},
		{
			what: `${what}: of the ${RATE} requests a second that are allowed, and refused for the rate (2020202020)`,
			ours: `${(share * 100).toFixed(1)} %; ${refused}`,
			target: 'at least 95 %; 0',
			ok: share >= 0.95 && refused === 0,
		},
	];
}

const people = (from: number, to: number) =>
	Array.from({ length: to - from }, (_, i) => ({
		email: `person${from + i}@example.net`,
		name: `Person ${from + i}`,
	}));

async function credentialOf(sandbox: RemoteSandbox): Promise<Data> {
	const { credentials } = await sandbox.get<{ credentials: Array<{ type: string; data: Data }> }>(
		'credentials',
	);
	return credentials.find(({ type }) => type === CREDENTIAL)!.data;
}

/** Two processes that share n8n's Redis, as two workers do; nothing where no Redis is installed. */
async function byTwo(sandbox: RemoteSandbox): Promise<Row[]> {
	const what =
		'SendPulse: two processes with one Redis, on one account, of its requests a second, and refused';
	if (redisProgram() === undefined) return [{ what, ours: 'not measured: no redis-server here' }];
	const list = await freshList(sandbox);
	const credential = await credentialOf(sandbox);
	const redis = await RedisServer.start();
	try {
		const halves = [people(0, CONTACTS / 2), people(CONTACTS / 2, CONTACTS)];
		const workers = await Promise.all(halves.map(async () => await workerWith(redis)));
		const done = await Promise.all(
			workers.map(async (child, i) => await doneBy(child, { credential, list, items: halves[i]! })),
		);
		const { refused, share } = await seen(sandbox, list);
		const all = done.reduce((sum, one) => sum + one, 0);
		return [
			{
				what,
				ours: `${(share * 100).toFixed(1)} %; ${refused}`,
				target: 'at least 95 %; 0',
				ok: share >= 0.95 && refused === 0 && all === CONTACTS,
			},
		];
	} finally {
		await redis.remove();
	}
}

async function workerWith({ port }: RedisServer): Promise<ChildProcess> {
	const child = fork(join(__dirname, 'sendpulseWorker.ts'), [], {
		execArgv: ['--import', 'tsx'],
		env: {
			...process.env,
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(port),
		},
	});
	await once(child, 'message');
	return child;
}

async function doneBy(child: ChildProcess, task: Task): Promise<number> {
	return await new Promise((resolve, reject) => {
		child.once('message', ({ done }: { done: number }) => resolve(done));
		child.once('exit', (code) => reject(new Error(`A process ended with ${code} before it was done`)));
		child.send(task);
	});
}

/** An empty list on a stand-in that keeps to its published rate. */
async function freshList(sandbox: RemoteSandbox): Promise<number> {
	await sandbox.reset({ sendpulse: { requestsPerSecond: RATE } });
	await sandbox.post('seed', { sendpulse: { lists: [{ name: 'Bench' }] } });
	const { url } = sandbox;
	const answer = await fetch(`${url}/sendpulse/addressbooks`, {
		headers: { authorization: 'Bearer sandbox-static-key' },
	});
	const lists = (await answer.json()) as Array<{ id: number; name: string }>;
	return lists.find(({ name }) => name === 'Bench')!.id;
}

/** What the stand-in counted of the calls that add. */
async function seen(sandbox: RemoteSandbox, list: number) {
	const { requests } = await sandbox.get<{ requests: Array<{ at: string; status: number; path: string }> }>(
		'requests?service=sendpulse&method=POST&limit=20000',
	);
	const posts = requests.filter(({ path }) => path.endsWith(`/addressbooks/${list}/emails`));
	const times = posts.filter(({ status }) => status === 200).map(({ at }) => Date.parse(at));
	const seconds = (Math.max(...times) - Math.min(...times)) / 1_000;
	return {
		requests: posts.length,
		refused: posts.filter(({ status }) => status === 429).length,
		share: (times.length - 1) / seconds / RATE,
	};
}

interface OfficialClient {
	init(id: string, secret: string, storage: string, ready: () => void): void;
	addEmails(answered: (data: object) => void, list: number, emails: object[]): void;
}

/** The client knows one address, by https: what it sends there goes to the stand-in, and is otherwise as it is. */
function officialClient(url: string): OfficialClient {
	const { port } = new URL(url);
	https.request = ((options: http.RequestOptions, answered: never) =>
		http.request(
			{ ...options, hostname: '127.0.0.1', port, path: `/sendpulse${String(options.path)}` },
			answered,
		)) as typeof https.request;
	return createRequire(__filename)('sendpulse-api') as OfficialClient;
}

/** Requests that SendPulse's own client makes for so many contacts, one call each as its n8n node does. */
async function byClient(sandbox: RemoteSandbox, { clientId, clientSecret }: Data): Promise<number> {
	const list = await freshList(sandbox);
	const client = officialClient(sandbox.url);
	const storage = `${mkdtempSync(join(tmpdir(), 'mailops-sendpulse-'))}/`;
	await new Promise<void>((ready) =>
		client.init(String(clientId), String(clientSecret), storage, () => ready()),
	);
	for (let i = 0; i < PART; i++) {
		await new Promise((answered) =>
			client.addEmails(answered, list, [
				{ email: `person${i}@example.net`, variables: { FirstName: `Person ${i}` } },
			]),
		);
		await new Promise((resolve) => setTimeout(resolve, 1_000 / RATE));
	}
	return (await seen(sandbox, list)).requests;
}
