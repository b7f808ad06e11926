import type { IWebhookFunctions } from 'n8n-workflow';
import { request as call } from 'node:http';
import { useShared } from '../../../core/shared';
import { takeEvents } from '../../../core/webhook/takeEvents';
import { tinyServer, type TinyServer } from '../support/tinyServer';

/** What n8n does with a call: it takes the events over, and answers, whether the caller is still there or not. */
let server: TinyServer;
let told: string[];
/** n8n has begun with a call, and goes on when this is called. */
let working: Array<() => void>;
let status: number;
let answered: number;

beforeEach(async () => {
	useShared();
	[told, working, status, answered] = [[], [], 200, 0];
	server = await tinyServer(async (_, response) => {
		const context = { getResponseObject: () => response } as unknown as IWebhookFunctions;
		const events = await takeEvents(context, 'a node', ['an event'], (event) => event).catch(() => undefined);
		if (events !== undefined && events.length > 0) {
			await new Promise<void>((goOn) => working.push(goOn));
			if (status < 300) told.push(...events);
		}
		response.writeHead(events === undefined ? 503 : status);
		response.end();
		answered++;
	});
});
afterEach(async () => await server.close());

const post = () => {
	const request = call(server.url, { method: 'POST' });
	request.on('error', () => undefined);
	request.end('{}');
	return request;
};
const until = async (holds: () => boolean) => {
	while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
};
/** Calls again as long as it is put off. */
const answeredAtLast = async (): Promise<number> => {
	const { status: found } = await fetch(server.url, { method: 'POST', body: '{}' });
	return found === 503 ? await answeredAtLast() : found;
};

test('a caller who has gone before the answer and calls again: the event is told once', async () => {
	const first = post();
	await until(() => working.length === 1);
	first.destroy();
	await new Promise((resolve) => first.once('close', resolve));
	working[0]!();
	await until(() => answered === 1);
	// While it is not sure yet, a call is put off.
	await until(() => told.length === 1);
	expect(await answeredAtLast()).toBe(200);
	expect(told).toEqual(['an event']);
});

test('what n8n could not take over is told by the next call', async () => {
	status = 500;
	const first = post();
	await until(() => working.length === 1);
	first.destroy();
	working[0]!();
	await until(() => answered === 1);
	status = 200;
	const second = answeredAtLast();
	await until(() => working.length === 2);
	working[1]!();
	expect(await second).toBe(200);
	expect(told).toEqual(['an event']);
});
