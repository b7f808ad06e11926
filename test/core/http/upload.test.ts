import type { WorkflowExecute } from 'n8n-core';
import { Readable } from 'node:stream';
import { allClosed, json, tinyServer, type TinyServer } from '../support/tinyServer';
import { stop } from '../support/toyNode';
import { TOY_KEY, withClient } from '../support/withClient';

let server: TinyServer;
beforeEach(async () => {
	server = await tinyServer((_request, response) => json(response, { nextExpectedRanges: ['6-'] }, 202));
});
afterEach(async () => await server.close());

const uploaded = async (
	body: Buffer | Readable,
	options: { method?: 'PUT' | 'POST'; timeoutMs?: number } = {},
	started?: (execution: WorkflowExecute) => void,
) =>
	await withClient(
		'http://127.0.0.1:1',
		async (client) =>
			await client.files.upload(
				`${server.url}/up?signature=x`,
				body,
				{ 'Content-Range': 'bytes 0-5/12' },
				options,
			),
		started ? { started } : {},
	);

test('a piece of a file goes to the address byte by byte, and nothing of the sign-in', async () => {
	const bytes = Buffer.from([0, 255, 13, 10, 128, 7]);
	const response = await uploaded(bytes);
	expect(response).toMatchObject({ status: 202, body: { nextExpectedRanges: ['6-'] } });
	const [request] = server.seen;
	expect(request).toMatchObject({
		method: 'PUT',
		path: '/up?signature=x',
		headers: { 'content-range': 'bytes 0-5/12', 'content-length': '6' },
	});
	expect(request?.bytes.equals(bytes)).toBe(true);
	expect(JSON.stringify(server.seen)).not.toContain(TOY_KEY);
	expect(request?.headers).not.toHaveProperty('authorization');
});

test('a stream is sent while it is being read', async () => {
	let arrived = () => {};
	const firstIsThere = new Promise<void>((resolve) => (arrived = resolve));
	server.arrives = () => arrived();
	async function* pieces() {
		yield Buffer.from('first');
		// The rest is there only once the first has arrived: what collects the whole waits for ever.
		await firstIsThere;
		yield Buffer.from(' and last');
	}
	await uploaded(Readable.from(pieces()), { method: 'POST' });
	expect(server.seen[0]).toMatchObject({ method: 'POST', body: 'first and last' });
});

test.each([409, 416, 503])('an answer %d is the caller’s to judge, and is not repeated', async (status) => {
	server.answer = (_request, response) => json(response, { error: 'as it is' }, status);
	expect(await uploaded(Buffer.from('x'))).toMatchObject({ status, body: { error: 'as it is' } });
	expect(server.seen).toHaveLength(1);
});

test('an address that does not answer is given up in time, as of unknown fate, and no connection stays', async () => {
	server.answer = () => {};
	await expect(uploaded(Buffer.from('x'), { timeoutMs: 300 })).rejects.toMatchObject({
		message: 'Toy Mail could not be reached: it did not answer in time',
		facts: { outcome: 'unknown' },
	});
	await allClosed(server);
});

test('a file that cannot be read any further ends the upload, and no connection stays', async () => {
	async function* pieces() {
		yield Buffer.from('first');
		throw new Error('The disk is gone');
	}
	await expect(uploaded(Readable.from(pieces()))).rejects.toThrow();
	expect(server.seen).toEqual([]);
	await allClosed(server);
});

test('an upload ends with the execution', async () => {
	let execution: WorkflowExecute | undefined;
	server.answer = () => stop(execution);
	await expect(uploaded(Buffer.from('x'), {}, (it) => (execution = it))).rejects.toMatchObject({
		message: 'The execution was stopped while this was under way. It is not known whether it was done',
		facts: { outcome: 'unknown', service: 'Toy Mail' },
	});
	await allClosed(server);
});

test('the wait that an answer asks for ends with the execution', async () => {
	let began = () => {};
	const waiting = new Promise<void>((resolve) => (began = resolve));
	const done = withClient(
		'http://127.0.0.1:1',
		async (client) => {
			const pause = client.files.pauseAfter({ status: 429, headers: { 'retry-after': '600' }, body: '' }, 1);
			began();
			await pause;
		},
		{ started: (execution) => void waiting.then(() => stop(execution)) },
	);
	await expect(done).rejects.toThrow('The execution was stopped before this was done');
});
