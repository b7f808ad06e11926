import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TinyServer {
	url: string;
	/** Every request that arrived, in order. */
	seen: Array<{ method: string; path: string; headers: IncomingHttpHeaders; body: string }>;
	answer: (request: IncomingMessage, response: ServerResponse, body: string) => void;
	close(): Promise<void>;
}

/** A server that says what a test wants it to, for what a faithful stand-in would never say. */
export async function tinyServer(answer: TinyServer['answer']): Promise<TinyServer> {
	const seen: TinyServer['seen'] = [];
	const server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk: Buffer) => (body += chunk.toString()));
		request.on('end', () => {
			const { method = '', url = '', headers } = request;
			seen.push({ method, path: url, headers, body });
			tiny.answer(request, response, body);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const tiny: TinyServer = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		seen,
		answer,
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
