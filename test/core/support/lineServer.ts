import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { promisify } from 'node:util';

export interface LineServer {
	port: number;
	/** What it keeps: `PUT name value` stores, `GET name` reads. */
	kept: Map<string, string>;
	/** Every line that arrived, in order. */
	seen: string[];
	/** Says what comes instead of the answer; it may write to the socket, or end it. Undefined: the answer, as always. */
	instead?: ((line: string, socket: Socket) => string | void | undefined) | undefined;
	/** Connections that are open now, and the most there were. */
	connections(): Promise<number>;
	most: number;
	close(): Promise<void>;
}

/** The least of a protocol that is not HTTP: a line asks, a line answers (`OK …`, `BUSY milliseconds`, `ERR words`). */
export async function lineServer(): Promise<LineServer> {
	const open = new Set<Socket>();
	const server = createServer((socket) => {
		open.add(socket);
		line.most = Math.max(line.most, open.size);
		socket.on('close', () => open.delete(socket)).on('error', () => undefined);
		let rest = '';
		socket.setEncoding('utf8').on('data', (text: string) => {
			const lines = (rest + text).split('\n');
			rest = lines.pop()!;
			for (const one of lines) {
				line.seen.push(one);
				if (line.instead === undefined) socket.write(`${answer(one)}\n`);
				else {
					const said = line.instead(one, socket);
					if (typeof said === 'string') socket.write(`${said}\n`);
				}
			}
		});
	});
	const answer = (asked: string): string => {
		const [verb, name = '', value = ''] = asked.split(' ');
		if (verb === 'PUT') line.kept.set(name, value);
		const found = line.kept.get(name);
		return found === undefined ? 'ERR there is none of that name' : `OK ${found}`;
	};
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const line: LineServer = {
		port: (server.address() as AddressInfo).port,
		kept: new Map(),
		seen: [],
		most: 0,
		connections: async () => await promisify(server.getConnections.bind(server))(),
		async close() {
			for (const socket of open) socket.destroy();
			await new Promise((done) => server.close(done));
		},
	};
	return line;
}
