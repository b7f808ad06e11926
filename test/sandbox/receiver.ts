import { type IncomingHttpHeaders, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
	path: string;
	headers: IncomingHttpHeaders;
	body: Record<string, unknown>;
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
			const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
			received.push({ path: request.url ?? '', headers: request.headers, body });
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
