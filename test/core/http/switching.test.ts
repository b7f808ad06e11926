import { createServer, type AddressInfo, type Server } from 'node:net';
import { networkError } from '../../../core/http/networkError';
import { Transport } from '../../../core/http/transport';
import { engineWith, nodeUnderTest } from '../../support/runNode';

/** It answers with another protocol, and then says nothing more. */
let server: Server;
beforeAll(async () => {
	const head = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
	server = createServer((socket) => {
		socket.on('error', () => undefined);
		socket.once('data', () => socket.write(head));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => await new Promise((resolve) => server.close(resolve)));

test('an answer 101 to a request that is not signed ends at once, and its fate is unknown', async () => {
	const node = nodeUnderTest({ type: 'postmark', parameters: {}, credentials: {} });
	const transport = new Transport(engineWith({}).editor(node), 'Example');
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/things`;
	const request = { method: 'POST' as const, url, headers: {}, timeoutMs: 600_000, maxBytes: 1_000 };
	const error = await transport.send(request, 'unsigned').then(
		() => new Error('It was answered'),
		(reason: unknown) => reason,
	);
	expect(networkError(error, 'Example').facts).toMatchObject({
		outcome: 'unknown',
		canRetry: true,
		message: 'Example could not be reached: it answered with another protocol (101)',
	});
});
