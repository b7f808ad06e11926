import { service } from '../../../core/http/service';
import { perItem } from '../../../core/node/operation';
import { json, tinyServer, type TinyServer } from '../support/tinyServer';
import { runToy, TOY, toyEngine, type Toy } from '../support/toyNode';

const CREDENTIAL = 'mailOpsToyOAuth2Api';
const toyService = service({
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

function toyWith(oauthTokenData: object | undefined, grantType = 'authorizationCode'): Toy {
	return {
		operations: [get],
		service: toyService,
		signIn: {
			type: {
				name: CREDENTIAL,
				displayName: 'Toy OAuth2 API',
				extends: ['oAuth2Api'],
				properties: [{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' }],
			},
			data: {
				grantType,
				clientId: 'id',
				clientSecret: 'client-secret',
				accessTokenUrl: `${server.url}/token`,
				authentication: 'body',
				baseUrl: server.url,
				...(oauthTokenData === undefined ? {} : { oauthTokenData }),
			} as never,
		},
	};
}

/** So many executions side by side, with one stored credential. */
async function runs(toy: Toy, executions: number, items: number) {
	const engine = toyEngine(toy);
	const rows = Array.from({ length: items }, (_, i) => ({ i }));
	const all = await Promise.all(
		Array.from(
			{ length: executions },
			async () =>
				await runToy(toy, rows, {
					engine,
					credentialId: server.url,
					settings: { onError: 'continueErrorOutput' },
				}),
		),
	);
	return {
		done: all.flatMap((one) => one.json(TOY)),
		failed: all.flatMap((one) => one.json(TOY, 1)),
		raw: JSON.stringify(all.map((one) => one.raw)),
		stored: engine.credentials.stored.get(TOY),
	};
}

const expired = { access_token: 'old', refresh_token: 'refresh-0', token_type: 'Bearer', expires_in: 3600 };
const dead = { ...expired, n8n_expires_at: String(Date.now() - 1_000) };

test('an end that is known: three executions of 40 items, one renewal, no answer 401', async () => {
	const { done, stored } = await runs(toyWith(dead), 3, 40);
	expect(done).toHaveLength(120);
	expect(server.tokens).toEqual(['refresh_token']);
	expect(server.refused()).toBe(0);
	expect(stored?.oauthTokenData).toMatchObject({
		access_token: 'access-1',
		refresh_token: 'refresh-1',
	});
});

test('an end that is not known: the 401 on the way leads to one renewal, and everything is done', async () => {
	const { done } = await runs(toyWith(expired), 2, 40);
	expect(done).toHaveLength(80);
	expect(server.tokens).toEqual(['refresh_token']);
});

test('client credentials without a token: one request fetches it while the others wait', async () => {
	const { done } = await runs(toyWith(undefined, 'clientCredentials'), 2, 40);
	expect(done).toHaveLength(80);
	expect(server.tokens).toEqual(['client_credentials']);
	expect(server.refused()).toBe(0);
});

test('a dead refresh token: each item says which credential to connect again, and nothing was sent', async () => {
	const { failed, raw } = await runs(toyWith({ ...dead, refresh_token: 'another' }), 1, 5);
	expect(failed).toHaveLength(5);
	for (const { error, details } of failed) {
		expect(error).toContain('no longer accepts the sign-in of the credential “Toy”');
		expect(details).toMatchObject({
			outcome: 'notSent',
			remedy: expect.stringContaining('connect the account again'),
		});
	}
	expect(raw).not.toMatch(/client-secret/);
	expect(server.seen.filter(({ path }) => path.startsWith('/things'))).toEqual([]);
});
