import { type IncomingHttpHeaders, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
	path: string;
	method: string;
	headers: IncomingHttpHeaders;
	/** As it came, for a signature. */
	raw: string;
	body: Record<string, unknown>;
}

function read(raw: string, type = ''): Record<string, unknown> {
	if (type.includes('form')) return Object.fromEntries(new URLSearchParams(raw));
	return raw === '' ? {} : (JSON.parse(raw) as Record<string, unknown>);
}

/** A little web server that takes what webhooks post. */
export async function startReceiver() {
	const received: Received[] = [];
	/** Statuses for the next requests; then 200. */
	const answers: number[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const raw = Buffer.concat(chunks).toString();
			const { headers, method = '', url: path = '' } = request;
			received.push({ path, method, headers, raw, body: read(raw, headers['content-type']) });
			response.writeHead(answers.shift() ?? 200, { connection: 'close' }).end();
		});
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		received,
		answers,
		close: () => new Promise((done) => server.close(done)),
	};
}
