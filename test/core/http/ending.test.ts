import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { allClosed } from '../support/tinyServer';
import { withClient } from '../support/withClient';

/** What the server does with a request of a client, once it has come. */
let answer: (socket: Socket) => void;
let server: Server;
let sockets: Set<Socket>;
let requests: number;

beforeEach(async () => {
	sockets = new Set();
	requests = 0;
	server = createServer((socket) => {
		sockets.add(socket);
		socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
		socket.on('data', () => {
			requests++;
			answer(socket);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
	for (const socket of sockets) socket.destroy();
	await new Promise((resolve) => server.close(resolve));
});

/** A signed request of a node, as all but downloads are. */
const send = async (timeoutMs: number, idempotent = false): Promise<unknown> =>
	await withClient(
		`http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		async (client) =>
			await client.send({ method: 'POST', path: '/things', body: {}, answer: ['id'], timeoutMs, idempotent }),
	).catch((error: unknown) => error);

const ENDLESS = 10 * 60_000;
const closed = async () => await allClosed({ connections: async () => await Promise.resolve(sockets.size) });

test('an answer 101 is no answer: it ends at once, its fate is unknown, and the connection is closed', async () => {
	answer = (socket) =>
		socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
	expect(await send(ENDLESS)).toMatchObject({
		facts: {
			outcome: 'unknown',
			code: 'ERR_SWITCHED_PROTOCOL',
			message: expect.stringContaining('it answered with another protocol (101)'),
			remedy: expect.any(String),
		},
	});
	expect(requests).toBe(1);
	await closed();
});

test('after an answer 101, what may be done twice is done again', async () => {
	answer = (socket) => {
		if (requests === 1)
			socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
		else
			socket.end('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{"id":"1"}');
	};
	expect(await send(ENDLESS, true)).toEqual({ id: '1' });
	expect(requests).toBe(2);
});

test.each([
	['before any answer', ''],
	['in the middle of an answer', 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"id":"'],
])('a silence %s ends with the time for an answer, and the connection is closed', async (_, words) => {
	answer = (socket) => void (words !== '' && socket.write(words));
	expect(await send(300)).toMatchObject({
		facts: { outcome: 'unknown', message: expect.stringContaining('it did not answer in time') },
	});
	expect(requests).toBe(1);
	await closed();
});

test('an answer that comes byte by byte ends with the time for an answer, and the connection is closed', async () => {
	answer = (socket) => {
		socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"id":"');
		const drip = setInterval(() => socket.write('x'), 20);
		socket.on('close', () => clearInterval(drip));
	};
	expect(await send(300)).toMatchObject({
		facts: { outcome: 'unknown', message: expect.stringContaining('it did not answer in time') },
	});
	await closed();
});
