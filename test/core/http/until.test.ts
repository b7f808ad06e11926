import type { WorkflowExecute } from 'n8n-core';
import { json, tinyServer, type TinyServer } from '../support/tinyServer';
import { stop } from '../support/toyNode';
import { withClient } from '../support/withClient';

interface Job {
	state: string;
}

let server: TinyServer;
let states: string[];
beforeEach(async () => {
	states = [];
	server = await tinyServer((_request, response) => json(response, { state: states.shift() ?? 'running' }));
});
afterEach(async () => await server.close());

const isFinished = ({ state }: Job) => state === 'finished';

test('a job is asked after until it is finished, with pauses that grow to the slowest', async () => {
	states = ['queued', 'running', 'running', 'finished'];
	const began = Date.now();
	const job = await withClient(
		server.url,
		async (client) =>
			await client.until(async () => await client.get<Job & object>('/jobs/1'), isFinished, {
				firstMs: 40,
				slowestMs: 50,
			}),
	);
	expect(job).toEqual({ state: 'finished' });
	expect(server.seen).toHaveLength(4);
	expect(Date.now() - began).toBeGreaterThanOrEqual(40 + 50 + 50 - 3);
});

test('an end without success is for the caller to judge, and is not waited past', async () => {
	states = ['failed'];
	const job = await withClient(
		server.url,
		async (client) =>
			await client.until(
				async () => await client.get<Job & object>('/jobs/1'),
				({ state }) => state !== 'running',
			),
	);
	expect(job).toEqual({ state: 'failed' });
	expect(server.seen).toHaveLength(1);
});

test('patience ends: the job goes on at the service, and the error says so', async () => {
	const wait = withClient(
		server.url,
		async (client) =>
			await client.until(async () => await client.get<Job & object>('/jobs/1'), isFinished, {
				firstMs: 5,
				patienceMs: 200,
			}),
	);
	await expect(wait).rejects.toMatchObject({
		message: 'Toy Mail has not finished within 1 second',
		facts: { outcome: 'unknown', canRetry: false, remedy: expect.stringContaining('look there later') },
	});
	expect(server.seen).not.toEqual([]);
});

test('a question that fails for good ends the wait with its own error', async () => {
	server.answer = (_request, response) => json(response, { error: 'no such job' }, 404);
	const wait = withClient(
		server.url,
		async (client) => await client.until(async () => await client.get<Job & object>('/jobs/1'), isFinished),
	);
	await expect(wait).rejects.toMatchObject({ facts: { status: 404 } });
	expect(server.seen).toHaveLength(1);
});

test('the wait ends with the execution, and it is said that the job may still be done', async () => {
	let execution: WorkflowExecute | undefined;
	server.answer = (_request, response) => {
		json(response, { state: 'running' });
		setImmediate(() => stop(execution));
	};
	const wait = withClient(
		server.url,
		async (client) =>
			await client.until(async () => await client.get<Job & object>('/jobs/1'), isFinished, {
				firstMs: 3_600_000,
				slowestMs: 3_600_000,
			}),
		{ started: (it) => (execution = it) },
	);
	await expect(wait).rejects.toMatchObject({
		message: 'The execution was stopped while this was under way. It is not known whether it was done',
		facts: { outcome: 'unknown', service: 'Toy Mail' },
	});
	expect(server.seen).toHaveLength(1);
});
