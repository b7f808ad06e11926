import type { WorkflowExecute } from 'n8n-core';
import { perItem, type Operation } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { lineService, type LineConnection } from '../support/lineConnection';
import { lineServer, type LineServer } from '../support/lineServer';
import { allClosed } from '../support/tinyServer';
import { runToy, stop, TOY, type ToyRunOptions } from '../support/toyNode';

let server: LineServer;
beforeEach(async () => (server = await lineServer()));
afterEach(async () => await server.close());

const about = (name: string) => ({
	name,
	value: name.toLowerCase(),
	action: name,
	description: name,
	fields: [],
});
const nameOf = (item: ParameterReader): string => String(item.input.json.name);
const get = perItem<string, LineConnection>({
	...about('Get'),
	read: nameOf,
	call: async (name, line) => ({ name, value: await line.get(name) }),
});
const put = perItem<string, LineConnection>({
	...about('Put'),
	read: nameOf,
	call: async (name, line) => ({ name, value: await line.put(name, 'new') }),
});
const slip = perItem<string, LineConnection>({
	...about('Slip'),
	read: nameOf,
	call: async (name, line) => {
		await line.get(name);
		throw new TypeError('a slip in an operation');
	},
});

const rows = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `n${i}` }));

/** Runs an operation for items, and sees that no connection is left open. */
async function run(operation: string, count: number, more: ToyRunOptions = {}) {
	const toy = { operations: [get, put, slip] as unknown as Operation[], service: lineService(server.port) };
	const done = await runToy(toy as never, rows(count), {
		operation,
		settings: { onError: 'continueErrorOutput' },
		...more,
	});
	await allClosed(server);
	return done;
}
const puts = () => server.seen.filter((line) => line.startsWith('PUT'));
const keepAll = (count: number) => rows(count).forEach(({ name }) => server.kept.set(name, 'old'));

test('items come in their order, over as many connections as the limit allows, none of which stays', async () => {
	keepAll(40);
	expect((await run('get', 40)).json(TOY)).toEqual(rows(40).map(({ name }) => ({ name, value: 'old' })));
	expect(server.most).toBe(4);
});

test('a refusal is the item’s own error', async () => {
	keepAll(2);
	const done = await run('get', 3);
	expect(done.json(TOY)).toHaveLength(2);
	expect(done.json(TOY, 1)).toEqual([
		expect.objectContaining({ error: expect.stringContaining('there is none of that name') as string }),
	]);
	expect(server.seen).toHaveLength(3);
});

test('a run that a slip in an operation ends leaves none open', async () => {
	keepAll(8);
	const done = await run('slip', 8, { settings: {} });
	expect(done.error?.message).toContain('a slip in an operation');
});

test('an answer that asks to wait closes the gate for all, and everything is done', async () => {
	let busy = 2;
	keepAll(12);
	server.instead = (line) => (busy-- > 0 ? 'BUSY 50' : `OK ${line}`);
	const done = await run('get', 12);
	expect(done.json(TOY)).toHaveLength(12);
	expect(server.seen).toHaveLength(14);
});

test('a server that dies in the middle of an answer: what may be read again is read again', async () => {
	let dies = 2;
	server.instead = (line, socket) => {
		if (dies-- <= 0) return `OK ${line}`;
		socket.write('OK ha', () => socket.destroy());
		return undefined;
	};
	expect((await run('get', 8)).json(TOY)).toHaveLength(8);
	expect(server.seen).toHaveLength(10);
});

test.each([
	['after the work', true, 1],
	['before the work', false, 2],
])(
	'a server that dies in the middle of the answer to a write, %s: it is asked, and done once',
	async (_, isDone, times) => {
		let dies = 1;
		server.instead = (line, socket) => {
			const [verb, name] = line.split(' ') as [string, string];
			const isLost = verb === 'PUT' && dies-- > 0;
			if (verb === 'PUT' && (!isLost || isDone)) server.kept.set(name, 'new');
			if (!isLost) return server.kept.has(name) ? 'OK new' : 'ERR there is none of that name';
			socket.write('OK n', () => socket.destroy());
			return undefined;
		};
		expect((await run('put', 1)).json(TOY)).toEqual([{ name: 'n0', value: 'new' }]);
		expect(puts()).toHaveLength(times);
		expect(server.kept.size).toBe(1);
	},
);

test('a write whose fate nobody can tell is said to be unknown, and not repeated', async () => {
	server.instead = (_line, socket) => void socket.destroy();
	const done = await run('put', 1);
	expect(done.json(TOY, 1)).toEqual([
		expect.objectContaining({ details: expect.objectContaining({ outcome: 'unknown' }) as object }),
	]);
	expect(puts()).toHaveLength(1);
}, 300_000);

test('an execution that is stopped leaves none open, and sends nothing more', async () => {
	let execution: WorkflowExecute | undefined;
	// All four places are waiting for an answer when it is stopped.
	server.instead = () => void (server.seen.length === 4 && stop(execution));
	await run('put', 8, { started: (running) => (execution = running) });
	expect(puts()).toHaveLength(4);
});

test('Retry On Fail repeats only what failed', async () => {
	let refuses = true;
	server.instead = (line) => {
		const name = line.split(' ')[1]!;
		const isRefused = name === 'n2' && refuses;
		if (isRefused) refuses = false;
		return isRefused ? 'ERR not now' : 'OK new';
	};
	const settings = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };
	const done = await run('put', 4, { settings });
	expect(done.json(TOY)).toHaveLength(4);
	expect(puts().toSorted()).toEqual(['n0', 'n1', 'n2', 'n2', 'n3'].map((name) => `PUT ${name} new`));
});
