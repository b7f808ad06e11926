import type { IExecuteFunctions, INode, INodeType } from 'n8n-workflow';
import { service } from '../../../core/http/service';
import { perItem } from '../../../core/node/operation';
import { run } from '../../../core/node/run/run';
import { Engine } from '../../../scripts/engine';
import { json, tinyServer, type TinyServer } from '../support/tinyServer';

const CREDENTIAL = 'mailOpsToyOAuth2Api';
const toy = service({
	name: 'Toy Mail',
	credential: CREDENTIAL,
	signIn: { by: 'oauth2' },
	baseUrl: ({ baseUrl }) => String(baseUrl),
	limits: () => ({ concurrency: 40 }),
	account: (_credential, credentialId) => credentialId,
});
const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a thing',
	description: 'Read a thing',
	fields: [],
	read: (item) => item.index,
	call: async (index, client) => await client.get(`/things/${index}`),
});
const toyNode = {
	description: { displayName: 'Toy', name: 'toy', properties: [], credentials: [{ name: CREDENTIAL }] },
	async execute(this: IExecuteFunctions) {
		return await run(this, [{ name: 'Thing', value: 'thing', operations: [get] }], toy);
	},
} as unknown as INodeType;
Object.assign(toyNode.description, {
	group: ['output'],
	version: 1,
	defaults: {},
	inputs: ['main'],
	outputs: ['main'],
	properties: ['resource', 'operation'].map((name) => ({
		displayName: name,
		name,
		type: 'string',
		default: '',
	})),
});

/** Hands out tokens, each refresh token good for once; a refresh with an old one ends the sign-in for good. */
async function signInServer(): Promise<TinyServer & { tokens: string[]; refused: () => number }> {
	let valid = 'none-yet';
	let refresh = 'refresh-0';
	let issued = 0;
	let refused = 0;
	const tokens: string[] = [];
	const server = await tinyServer((request, response, body) => {
		if (request.url === '/token') {
			const form = new URLSearchParams(body);
			tokens.push(String(form.get('grant_type')));
			if (form.get('grant_type') === 'refresh_token' && form.get('refresh_token') !== refresh)
				return json(response, { error: 'invalid_grant' }, 400);
			valid = `access-${++issued}`;
			refresh = `refresh-${issued}`;
			return json(response, {
				access_token: valid,
				refresh_token: refresh,
				token_type: 'Bearer',
				expires_in: 3600,
			});
		}
		if (request.headers.authorization === `Bearer ${valid}`) return json(response, { id: request.url });
		refused++;
		return json(response, { error: 'expired' }, 401);
	});
	return Object.assign(server, { tokens, refused: () => refused });
}

let server: Awaited<ReturnType<typeof signInServer>>;
beforeEach(async () => (server = await signInServer()));
afterEach(async () => await server.close());

function engineWith(oauthTokenData: object | undefined, grantType = 'authorizationCode'): Engine {
	const engine = new Engine();
	const types = { credentials: engine.credentials, nodes: engine } as unknown as {
		credentials: { types: Map<string, unknown> };
		nodes: { nodeTypes: { types: Map<string, unknown> } };
	};
	types.credentials.types.set(CREDENTIAL, {
		name: CREDENTIAL,
		displayName: 'Toy OAuth2 API',
		extends: ['oAuth2Api'],
		properties: [{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' }],
	});
	types.nodes.nodeTypes.types.set('test.toy', toyNode);
	engine.addCredential('toy', {
		grantType,
		clientId: 'id',
		clientSecret: 'client-secret',
		accessTokenUrl: `${server.url}/token`,
		authentication: 'body',
		baseUrl: server.url,
		...(oauthTokenData === undefined ? {} : { oauthTokenData }),
	} as never);
	return engine;
}

let accounts = 0;
async function runToy(engine: Engine, items: number) {
	accounts++;
	const node: INode = {
		id: `node-${accounts}`,
		name: 'Toy',
		type: 'test.toy',
		typeVersion: 1,
		position: [0, 0],
		parameters: { resource: 'thing', operation: 'get' },
		credentials: { [CREDENTIAL]: { id: server.url, name: 'toy' } },
		onError: 'continueErrorOutput',
	};
	const start = {
		id: 's',
		name: 'Start',
		type: 'test.start',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	return await engine.run(
		{
			name: 'W',
			nodes: [start, node],
			connections: { Start: { main: [[{ node: 'Toy', type: 'main', index: 0 }]] } },
		} as never,
		{ start: 'Start', items: Array.from({ length: items }, (_, i) => ({ json: { i } })) },
	);
}

const expired = { access_token: 'old', refresh_token: 'refresh-0', token_type: 'Bearer', expires_in: 3600 };
const dead = { ...expired, n8n_expires_at: String(Date.now() - 1_000) };

test('an end that is known: three executions of 40 items, one renewal, no answer 401', async () => {
	const engine = engineWith(dead);
	const runs = await Promise.all([1, 2, 3].map(async () => await runToy(engine, 40)));
	expect(runs.flatMap((one) => one.json('Toy'))).toHaveLength(120);
	expect(server.tokens).toEqual(['refresh_token']);
	expect(server.refused()).toBe(0);
	expect(engine.credentials.stored.get('toy')!.oauthTokenData).toMatchObject({
		access_token: 'access-1',
		refresh_token: 'refresh-1',
	});
});

test('an end that is not known: the 401 on the way leads to one renewal, and everything is done', async () => {
	const engine = engineWith(expired);
	const both = await Promise.all([runToy(engine, 40), runToy(engine, 40)]);
	expect(both.flatMap((one) => one.json('Toy'))).toHaveLength(80);
	expect(server.tokens).toEqual(['refresh_token']);
});

test('client credentials without a token: one request fetches it while the others wait', async () => {
	const engine = engineWith(undefined, 'clientCredentials');
	const runs = await Promise.all([runToy(engine, 40), runToy(engine, 40)]);
	expect(runs.flatMap((one) => one.json('Toy'))).toHaveLength(80);
	expect(server.tokens).toEqual(['client_credentials']);
	expect(server.refused()).toBe(0);
});

test('a dead refresh token: each item says which credential to connect again, and nothing was sent', async () => {
	const engine = engineWith({ ...dead, refresh_token: 'another' });
	const one = await runToy(engine, 5);
	const rows = one.json('Toy', 1) as Array<{ error: string; details: Record<string, unknown> }>;
	expect(rows).toHaveLength(5);
	for (const { error, details } of rows) {
		expect(error).toContain('no longer accepts the sign-in of the credential “toy”');
		expect(details).toMatchObject({
			outcome: 'notSent',
			remedy: expect.stringContaining('connect the account again'),
		});
	}
	expect(JSON.stringify(one.raw)).not.toMatch(/client-secret/);
	expect(server.seen.filter(({ path }) => path.startsWith('/things'))).toEqual([]);
});
