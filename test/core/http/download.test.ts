import type { WorkflowExecute } from 'n8n-core';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { allClosed, tinyServer, type TinyServer } from '../support/tinyServer';
import { stop } from '../support/toyNode';
import { TOY_KEY, withClient } from '../support/withClient';

let server: TinyServer;
beforeEach(async () => {
	server = await tinyServer((_request, response) => response.end('a file'));
});
afterEach(async () => await server.close());

const fetched = async (
	bounds: { maxBytes?: number; timeoutMs?: number } = {},
	read: (file: Readable) => Promise<unknown> = buffer,
	started?: (execution: WorkflowExecute) => void,
) =>
	await withClient(
		// The service is elsewhere: only the file is at this address.
		'http://127.0.0.1:1',
		async (client) =>
			await read(await client.files.download(`${server.url}/files/1?signature=of-the-address`, bounds)),
		started ? { started } : {},
	);

test('a file comes from the address as it was named, and nothing of the sign-in goes there', async () => {
	expect(String(await fetched())).toBe('a file');
	expect(server.seen).toHaveLength(1);
	expect(server.seen[0]).toMatchObject({ method: 'GET', path: '/files/1?signature=of-the-address' });
	expect(JSON.stringify(server.seen)).not.toContain(TOY_KEY);
	expect(server.seen[0]?.headers).not.toHaveProperty('authorization');
});

test('a file is read while it is still being sent', async () => {
	let goOn = () => {};
	server.answer = (_request, response) => {
		response.write('first');
		goOn = () => response.end(' and last');
	};
	const parts: string[] = [];
	await fetched({}, async (file) => {
		for await (const part of file as AsyncIterable<Buffer>) {
			parts.push(part.toString());
			// The server sends the rest only now: what waits for the whole file waits for ever.
			if (parts.length === 1) goOn();
		}
	});
	expect(parts.join('')).toBe('first and last');
});

test('a file that is longer than it may be is given up, and no connection stays', async () => {
	server.answer = (_request, response) => {
		const piece = Buffer.alloc(64 * 1024);
		const more = () => {
			while (!response.destroyed && response.write(piece));
			if (!response.destroyed) response.once('drain', more);
		};
		more();
	};
	await expect(fetched({ maxBytes: 1024 * 1024 })).rejects.toMatchObject({
		message: 'Toy Mail sent an answer longer than 1 MB',
		facts: { service: 'Toy Mail' },
	});
	await allClosed(server);
});

test.each([
	['a file that stops coming', true],
	['an address that does not answer', false],
])('%s is given up in time, and no connection stays', async (_, begins) => {
	server.answer = (_request, response) => {
		if (begins) response.write('first');
	};
	await expect(fetched({ timeoutMs: 300 })).rejects.toMatchObject({
		message: 'Toy Mail could not be reached: it did not answer in time',
		facts: { canRetry: true, remedy: expect.stringContaining('network') },
	});
	await allClosed(server);
});

test('a file that breaks off is an error, not a shorter file', async () => {
	server.answer = (_request, response) => {
		response.writeHead(200, { 'content-length': '100' });
		response.write('first', () => response.destroy());
	};
	await expect(fetched()).rejects.toMatchObject({
		message: expect.stringMatching(/^Toy Mail could not be reached: /),
		facts: { canRetry: true },
	});
});

test.each([302, 403, 404, 500])('an answer %d is no file', async (status) => {
	server.answer = (_request, response) => {
		response.writeHead(status, { location: `${server.url}/elsewhere` });
		response.end('<Error>Request has expired</Error>');
	};
	await expect(fetched()).rejects.toMatchObject({
		message: 'Toy Mail did not hand over the file it had announced',
		facts: { status, canRetry: true, remedy: expect.stringContaining('Run it again') },
	});
	expect(server.seen).toHaveLength(1);
	await allClosed(server);
});

test('a file ends with the execution', async () => {
	let execution: WorkflowExecute | undefined;
	server.answer = (_request, response) => void response.write('first');
	const reading = async (file: Readable) => {
		await once(file, 'readable');
		stop(execution);
		return await buffer(file);
	};
	await expect(fetched({}, reading, (it) => (execution = it))).rejects.toMatchObject({
		message: 'The execution was stopped before this was done',
		facts: { outcome: 'notSent', service: 'Toy Mail' },
	});
	await allClosed(server);
});
