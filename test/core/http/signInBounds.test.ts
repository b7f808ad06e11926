import { CredentialTestContext } from 'n8n-core';
import type { ICredentialTestFunctions, IDataObject, IHttpRequestHelper } from 'n8n-workflow';
import { gzipSync } from 'node:zlib';
import { probe } from '../../../core/http/credentialTest';
import { service } from '../../../core/http/service';
import { perItem } from '../../../core/node/operation';
import { askForToken } from '../../../core/http/tokenRequest';
import { allClosed, json, tinyServer, type TinyServer } from '../support/tinyServer';
import { runToy, type Toy } from '../support/toyNode';

const CREDENTIAL = 'mailOpsToyTokenApi';
const MIB = 1024 * 1024;

let server: TinyServer;
let answer: TinyServer['answer'];
beforeEach(async () => {
	server = await tinyServer((request, response, body) => {
		if (request.url?.startsWith('/things')) json(response, { id: '1' });
		else answer(request, response, body);
	});
});
afterEach(async () => await server.close());

const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a thing',
	description: 'Read a thing',
	fields: [],
	read: () => undefined,
	call: async (_none: undefined, client) => await client.get('/things'),
});

/** What a node says whose credential signs in at the server, as its fetches of tokens do. */
async function signedIn(bounds?: { timeoutMs: number; maxBytes: number }): Promise<string> {
	const type: NonNullable<Toy['signIn']>['type'] = {
		name: CREDENTIAL,
		displayName: 'Toy Token API',
		properties: [
			{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
			{ displayName: 'Renew At', name: 'renewAt', type: 'hidden', default: 0 },
			{ displayName: 'Token', name: 'token', type: 'hidden', typeOptions: { expirable: true }, default: '' },
		],
		async preAuthentication(this: IHttpRequestHelper, { baseUrl }) {
			const { body } = await askForToken(this, `${String(baseUrl)}/token`, { key: 'k' }, bounds);
			return { token: (body as IDataObject).access_token as string, renewAt: Date.now() + 3_000_000 };
		},
	};
	const toy = service({
		name: 'Toy Mail',
		credential: CREDENTIAL,
		signIn: { by: 'token', field: 'token', renewAt: 'renewAt' },
		baseUrl: ({ baseUrl }) => String(baseUrl),
		limits: () => ({ concurrency: 4 }),
		account: () => server.url,
	});
	const data = { baseUrl: server.url, token: '', renewAt: 0 };
	const run = await runToy({ operations: [get], service: toy, signIn: { type, data } }, [{}]);
	return run.error?.message ?? 'signed in';
}

/** What a credential's Test button gets to hear. */
async function tested(bounds?: { timeoutMs: number; maxBytes: number }): Promise<string> {
	const context = new CredentialTestContext({} as never) as unknown as ICredentialTestFunctions;
	const found = await probe(context, { url: `${server.url}/token`, method: 'POST', body: {} }, bounds);
	return typeof found === 'string' ? found : `answered ${found.status} ${JSON.stringify(found.body)}`;
}

const endless =
	(status: number): TinyServer['answer'] =>
	(_request, response) => {
		response.writeHead(status, { 'content-type': 'application/json' });
		const more = () => {
			while (!response.destroyed && response.write(Buffer.alloc(MIB, 'x')));
			if (!response.destroyed) response.once('drain', more);
		};
		more();
	};
const dripping: TinyServer['answer'] = (_request, response) => {
	response.writeHead(200, { 'content-type': 'application/json' });
	const drip = setInterval(() => response.write('x'), 20);
	response.on('close', () => clearInterval(drip));
};
const unfolding: TinyServer['answer'] = (_request, response) => {
	response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
	response.end(gzipSync(Buffer.alloc(64 * MIB, ' ')));
};
const granting: TinyServer['answer'] = (_request, response) => json(response, { access_token: 't' });

describe.each([
	['a sign-in', signedIn, 'signed in', 'an answer longer than 1 MB', 'it did not answer in time'],
	['a credential test', tested, 'answered 200', 'an answer longer than 4 MB', 'ETIMEDOUT'],
] as const)('%s', (_name, ask, success, tooLong, tooLate) => {
	test('is answered', async () => {
		answer = granting;
		expect(await ask()).toContain(success);
	});

	test.each([200, 403, 500])('an answer %i without end is given up when it is too long', async (status) => {
		answer = endless(status);
		expect(await ask()).toContain(tooLong);
		await allClosed(server);
	});

	test('a small packed answer that unfolds to a huge one is given up', async () => {
		answer = unfolding;
		expect(await ask()).toContain(tooLong);
	});

	test('an answer that comes byte by byte ends with its time', async () => {
		answer = dripping;
		expect(await ask({ timeoutMs: 300, maxBytes: MIB })).toContain(tooLate);
		await allClosed(server);
	});
});
