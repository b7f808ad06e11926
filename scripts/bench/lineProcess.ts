import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { LineOptions } from './line';

/** Run as a process of its own by `Line`. */
const { to, distanceMs = 0, jitterMs = 0, places = Infinity } = JSON.parse(process.argv[2]!) as LineOptions;

const agent = new Agent({ keepAlive: true });
let refused = 0;
let underWay = 0;

const travel = async () => {
	const ms = distanceMs + Math.random() * jitterMs;
	if (ms > 0) await wait(ms);
};

async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
	if (underWay >= places) {
		refused++;
		outgoing.writeHead(429, { 'content-type': 'application/json' }).end('{"Message":"Too many at once"}');
		return;
	}
	underWay++;
	outgoing.once('close', () => underWay--);
	await travel();
	const { method = 'GET', url = '/', headers } = incoming;
	const onward = request(new URL(url, to), { method, agent, headers }, (answer) => {
		void travel().then(() => {
			outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(outgoing);
		});
	});
	onward.once('error', () => outgoing.destroy());
	incoming.pipe(onward);
}

const server = createServer((incoming, outgoing) => void pass(incoming, outgoing));
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('message', () => process.send?.(refused));
process.once('disconnect', () => process.exit(0));
