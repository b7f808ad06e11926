import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

export interface TinyServer {
	url: string;
	/** Every request that arrived, in order. */
	seen: Array<{ method: string; path: string; headers: IncomingHttpHeaders; body: string; bytes: Buffer }>;
	answer: (request: IncomingMessage, response: ServerResponse, body: string) => void;
	/** Told of each piece of a body as it arrives. */
	arrives?: (piece: Buffer) => void;
	/** Connections that are open now. */
	connections(): Promise<number>;
	close(): Promise<void>;
}

/** A server that says what a test wants it to, for what a faithful stand-in would never say. */
export async function tinyServer(answer: TinyServer['answer']): Promise<TinyServer> {
	const seen: TinyServer['seen'] = [];
	const server = createServer((request, response) => {
		const pieces: Buffer[] = [];
		request.on('data', (piece: Buffer) => {
			pieces.push(piece);
			tiny.arrives?.(piece);
		});
		request.on('end', () => {
			const { method = '', url = '', headers } = request;
			const bytes = Buffer.concat(pieces);
			const body = bytes.toString();
			seen.push({ method, path: url, headers, body, bytes });
			tiny.answer(request, response, body);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const tiny: TinyServer = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		seen,
		answer,
		connections: async () => await promisify(server.getConnections.bind(server))(),
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	return tiny;
}

export function json(response: ServerResponse, body: unknown, status = 200, headers = {}): void {
	response.writeHead(status, { 'content-type': 'application/json', ...headers });
	response.end(JSON.stringify(body));
}

/** Waits until no connection is open; a test that waits too long says how many are. */
export async function allClosed(server: Pick<TinyServer, 'connections'>, patienceMs = 60_000): Promise<void> {
	const end = Date.now() + patienceMs;
	for (;;) {
		const open = await server.connections();
		if (open === 0) return;
		if (Date.now() > end) throw new Error(`${open} connections are still open`);
		await wait(10);
	}
}
