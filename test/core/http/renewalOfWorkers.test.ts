import { Redis } from 'ioredis';
import type { IDataObject, IHttpRequestHelper } from 'n8n-workflow';
import type { Service } from '../../../core/http/service';
import { perItem } from '../../../core/node/operation';
import { describeWithRedis, worker } from '../shared/withRedis';
import type { RedisServer } from '../../../scripts/queue/redis';
import { json, tinyServer } from '../support/tinyServer';
import { runToy, TOY, toyEngine, type Toy } from '../support/toyNode';

const CREDENTIAL = 'mailOpsToyTokenApi';

const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a thing',
	description: 'Read a thing',
	fields: [],
	read: (item) => item.index,
	call: async (index, client) => await client.get(`/things/${index}`),
});

/** Only the newest token is good. */
async function signInServer() {
	let issued = 0;
	const server = await tinyServer((request, response) => {
		if (request.url === '/token')
			// Slow enough for the others to come to want one too.
			return void setTimeout(
				() => json(response, { access_token: `token-${++issued}`, expires_in: 3_600 }),
				150,
			);
		if (request.headers.authorization === `Bearer token-${issued}`)
			return json(response, { id: request.url ?? '' });
		return json(response, { error: 'expired' }, 401);
	});
	return Object.assign(server, { issued: () => issued });
}

const credential: NonNullable<Toy['signIn']>['type'] = {
	name: CREDENTIAL,
	displayName: 'Toy Token API',
	properties: [
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
		{ displayName: 'Renew At', name: 'renewAt', type: 'hidden', default: 0 },
		{ displayName: 'Token', name: 'token', type: 'hidden', typeOptions: { expirable: true }, default: '' },
	],
	async preAuthentication(this: IHttpRequestHelper, data) {
		const url = `${String(data.baseUrl)}/token`;
		const answer = (await this.helpers.httpRequest({ method: 'POST', url })) as IDataObject;
		return { token: answer.access_token!, renewAt: Date.now() + 3_000_000 };
	},
	authenticate: {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{ $credentials.token }}' } },
	},
};

/** The service as another process has it: nothing is in common but Redis and what n8n stores. */
function serviceOfWorker(redis: RedisServer): Service {
	const shared = worker(redis);
	let found: Service | undefined;
	jest.isolateModules(() => {
		const sharing = jest.requireActual<typeof import('../../../core/shared')>('../../../core/shared');
		sharing.useShared(shared);
		const { service } = jest.requireActual<typeof import('../../../core/http/service')>(
			'../../../core/http/service',
		);
		found = service({
			name: 'Toy Mail',
			credential: CREDENTIAL,
			signIn: { by: 'token', field: 'token', renewAt: 'renewAt' },
			baseUrl: ({ baseUrl }) => String(baseUrl),
			limits: () => ({ concurrency: 40 }),
			account: (_data, credentialId) => credentialId,
		});
	});
	return found!;
}

describeWithRedis('a token of its own, between workers', (redis) => {
	let server: Awaited<ReturnType<typeof signInServer>>;
	beforeEach(async () => (server = await signInServer()));
	afterEach(async () => await server.close());

	/** So many workers side by side, each with an execution of 20 items, over what n8n has stored. */
	async function runs(workers: number, stored: { token: string; renewAt: number }) {
		const data = { baseUrl: server.url, ...stored };
		const toys: Toy[] = Array.from({ length: workers }, () => ({
			operations: [get],
			service: serviceOfWorker(redis()) as Toy['service'],
			signIn: { type: credential, data },
		}));
		const engines = toys.map(toyEngine);
		for (const engine of engines)
			Object.assign(engine.credentials, { stored: engines[0]!.credentials.stored });
		const rows = Array.from({ length: 20 }, (_, i) => ({ i }));
		const all = await Promise.all(
			toys.map(async (toy, i) => await runToy(toy, rows, { engine: engines[i]!, credentialId: server.url })),
		);
		return all.flatMap((one) => one.json(TOY));
	}

	test('the first one is fetched once for all', async () => {
		expect(await runs(3, { token: '', renewAt: 0 })).toHaveLength(60);
		expect(server.issued()).toBe(1);
	});

	test('one that runs out is renewed once for all', async () => {
		expect(await runs(3, { token: 'old', renewAt: 1 })).toHaveLength(60);
		expect(server.issued()).toBe(1);
	});

	test('one that the service refuses, whatever its time says, is renewed once for all', async () => {
		expect(await runs(3, { token: 'revoked', renewAt: Date.now() + 3_000_000 })).toHaveLength(60);
		expect(server.issued()).toBe(1);
	});

	test('Redis is told of the turn, and never of the token', async () => {
		const client = new Redis({ port: redis().port });
		const watcher = await client.monitor();
		const told: string[] = [];
		watcher.on('monitor', (_time: string, words: string[]) => told.push(words.join(' ')));
		await runs(2, { token: '', renewAt: 0 });
		watcher.disconnect();
		client.disconnect();
		expect(told.join('\n')).toContain(':claim:');
		expect(told.join('\n')).not.toContain('token-1');
	});
});
