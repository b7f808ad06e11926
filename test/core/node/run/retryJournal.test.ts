import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../../../core/errors';
import type { Client } from '../../../../core/http/client';
import { service } from '../../../../core/http/service';
import { perItem } from '../../../../core/node/operation';
import type { Run } from '../../../../scripts/engine';
import { json, tinyServer, type TinyServer } from '../../support/tinyServer';
import { runToy, TOY } from '../../support/toyNode';

/** Three results of this size are more than all journals of a process may hold. */
const LARGE = 'x'.repeat(40_000_000);

let server: TinyServer;
beforeEach(async () => (server = await tinyServer((_request, response) => json(response, { id: '1' }))));
afterEach(async () => await server.close());

/** Four items, and n8n's Retry On Fail, which runs the node a second time when one has failed. */
async function twice(call: (client: Client, index: number) => Promise<IDataObject>): Promise<Run> {
	const operation = perItem({
		name: 'Work',
		value: 'work',
		action: 'Do the work',
		description: 'What the test says',
		fields: [],
		read: ({ index }) => index,
		call: async (index: number, client) => await call(client, index),
	});
	const toy = service({
		name: 'Toy Mail',
		credential: 'mailOpsToyApi',
		baseUrl: () => server.url,
		limits: () => ({ concurrency: 1 }),
		account: () => server.url,
	});
	const type = { name: 'mailOpsToyApi', displayName: 'Toy API', properties: [] };
	return await runToy(
		{ operations: [operation], service: toy as never, signIn: { type, data: {} } },
		[{ row: 0 }, { row: 1 }, { row: 2 }, { row: 3 }],
		{ settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } },
	);
}

/** The last item fails in the first try; the others come to more than can be remembered. */
async function full(ask: (client: Client, index: number) => Promise<unknown>) {
	let tries = 0;
	const run = await twice(async (client, index) => {
		if (index === 3 && tries++ === 0) throw new ServiceError({ message: 'Not now', outcome: 'notSent' });
		await ask(client, index);
		return { index, large: LARGE };
	});
	expect(run.error).toBeUndefined();
	return run.json(TOY).map(({ index, large, alreadyDone }) => ({
		index,
		whole: large === LARGE,
		...(alreadyDone === undefined ? {} : { alreadyDone }),
	}));
}
const asked = () => server.seen.map(({ path }) => path).toSorted();

test('when there is more than can be remembered, what was read is read again, and nobody’s rows are lost', async () => {
	const rows = await full(async (client, index) => await client.get(`/things/${index}`));
	expect(rows).toEqual([0, 1, 2, 3].map((index) => ({ index, whole: true })));
	expect(asked().length).toBeGreaterThan(4);
});

test('when there is more than can be remembered, what was done is not done again', async () => {
	const rows = await full(
		async (client, index) =>
			await client.send({ method: 'POST', path: `/things/${index}`, body: {}, answer: ['id'] }),
	);
	expect(asked()).toEqual(['/things/0', '/things/1', '/things/2', '/things/3']);
	expect(rows[0]).toEqual({ index: undefined, whole: false, alreadyDone: true });
	expect(rows[3]).toEqual({ index: 3, whole: true });
});

test.each([
	[true, 'is tried again', ['0', '1', '2', '3', '1'], undefined],
	[false, 'is not tried again', ['0', '1', '2', '3'], 'The answer got lost [item 1]'],
])('an item of unknown fate that a try can help (%j) %s', async (canRetry, _words, calls, told) => {
	const called: string[] = [];
	const run = await twice(async (_client, index) => {
		called.push(String(index));
		if (index === 1 && called.filter((one) => one === '1').length === 1)
			throw new ServiceError({ message: 'The answer got lost', outcome: 'unknown', canRetry });
		return { index };
	});
	expect(called.toSorted()).toEqual(calls.toSorted());
	expect(run.error?.message).toBe(told);
});
