import { engineWith, NODE, runNode } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { alimail, getUser, people, sendEmail } from '../support/nodes';
import { json, tinyServer, type TinyServer } from '../support/tinyServer';

const sandbox = useSandbox();
beforeEach(() => {
	sandbox.current.alimail.settings.requestsPerSecond = 10_000;
});

const continues = { onError: 'continueErrorOutput' } as const;
const refuse = (status: number, body: unknown) =>
	sandbox.current.faults.add({
		service: 'alimail',
		kind: 'status',
		status,
		body,
		path: /users/,
		times: Infinity,
	});

test('an error that stops the node says what, which item, what to do, and what the service said', async () => {
	refuse(403, { detailErrorCode: 'NoPermission', message: 'Not allowed.', requestId: 'r-17' });
	const { error } = await runNode(getUser(sandbox.current), people(1));
	expect(error).toMatchObject({
		name: 'NodeApiError',
		message: 'The Alimail app lacks the permission to read Users [item 0]',
		httpCode: '403',
		context: {
			itemIndex: 0,
			details: {
				item: 0,
				service: 'Alimail',
				status: 403,
				code: 'NoPermission',
				said: 'Not allowed.',
				requestId: 'r-17',
				outcome: 'refused',
				canRetry: false,
			},
		},
	});
	expect(error!.description).toContain('API Open Platform');
	expect(error!.description).toContain(
		'Alimail said: “Not allowed.” (code NoPermission, HTTP 403, request r-17).',
	);
});

test('the error output has the input row, the message and the details, and nothing else', async () => {
	sandbox.current.alimail.seed({ users: people(3) });
	const rows = [...people(3), { email: 'gone@yunhe.example', name: 'Gone', extra: 'kept' }];
	const run = await runNode(getUser(sandbox.current, { settings: continues }), rows);
	expect(run.error).toBeUndefined();
	expect(run.json(NODE, 0).map(({ email }) => email)).toEqual(people(3).map(({ email }) => email));
	expect(run.items(NODE, 1)).toEqual([
		{
			json: {
				email: 'gone@yunhe.example',
				name: 'Gone',
				extra: 'kept',
				error: 'Alimail could not find it',
				details: expect.objectContaining({ item: 3, status: 404, outcome: 'refused', canRetry: false }),
			},
			pairedItem: { item: 3 },
		},
	]);
});

test('a mistake in a field is named as the editor shows it, and nothing is sent', async () => {
	const run = await runNode(sendEmail(sandbox.current, { settings: continues }), [
		{ email: '' },
		...people(1),
	]);
	expect(run.json(NODE, 1)).toEqual([
		expect.objectContaining({
			error: expect.stringContaining("'To'"),
			details: expect.objectContaining({
				item: 0,
				field: 'To',
				outcome: 'notSent',
				remedy: expect.any(String),
			}),
		}),
	]);
	const stopped = await runNode(sendEmail(sandbox.current), [{ email: '' }, ...people(1)]);
	expect(stopped.error).toMatchObject({ name: 'NodeOperationError', context: { itemIndex: 0 } });
	expect(sandbox.current.postmark.messages).toHaveLength(1);
});

test('markup in the words of a service is shown as text', async () => {
	refuse(400, { detailErrorCode: '<b>Bad</b>', message: '<img src=x onerror="alert(1)"> & more' });
	const { error } = await runNode(getUser(sandbox.current), people(1));
	expect(error!.description).not.toMatch(/<img|<b>|"alert/);
	expect(error!.description).toContain('&#60;img');
	expect(error!.message).not.toContain('<');
});

test.each(['EPERM', 'ENOENT', 'ECONNREFUSED', 'ETIMEDOUT', 'ECONNRESET'])(
	'a message with the word %s in it stays as it is',
	async (word) => {
		const run = await runNode(sendEmail(sandbox.current), [{ email: `${word} is no address` }]);
		expect(run.error!.message).toContain(`${word} is no address`);
	},
);

test('long words of a service are shortened', async () => {
	refuse(400, { message: 'x'.repeat(5_000) });
	const { error } = await runNode(getUser(sandbox.current), people(1));
	expect(error!.description!.length).toBeLessThan(1_000);
});

describe('secrets', () => {
	let server: TinyServer;
	afterEach(async () => await server.close());

	test.each(['stopWorkflow', 'continueErrorOutput'] as const)(
		'%s: never in what comes out',
		async (onError) => {
			const token = 'a-very-secret-token-0123';
			server = await tinyServer((request, response) =>
				json(
					response,
					{ ErrorCode: 402, Message: `Bad header ${String(request.headers['x-postmark-server-token'])}!` },
					422,
				),
			);
			const node = sendEmail(sandbox.current, {
				settings: { onError },
				credential: { serverToken: token, baseUrl: server.url },
			});
			const run = await runNode(node, people(2));
			expect(server.seen[0]!.headers['x-postmark-server-token']).toBe(token);
			expect(JSON.stringify(run.raw)).toContain('Bad header');
			expect(JSON.stringify(run.raw)).not.toContain(token);
		},
	);

	test('a token fetched during the run, and the secret it was fetched with, do not come out either', async () => {
		server = await tinyServer((request, response, body) =>
			request.url!.includes('oauth2')
				? json(response, { access_token: 'fresh-token-456', expires_in: 3600, said: body })
				: json(response, { message: `${request.headers.authorization} app-secret-789` }, 400),
		);
		const node = getUser(sandbox.current, {
			credential: { baseUrl: server.url, appSecret: 'app-secret-789' },
		});
		const run = await runNode(node, people(2));
		expect(server.seen[1]!.headers.authorization).toBe('Bearer fresh-token-456');
		const out = JSON.stringify([run.raw, run.error, run.error?.description]);
		expect(out).toContain('Bearer •••');
		expect(out).not.toMatch(/fresh-token-456|app-secret-789/);
	});

	test('a sign-in that is refused with the secret in its words', async () => {
		server = await tinyServer((_, response, body) =>
			json(response, { error: 'invalid_client', error_description: `You sent ${body}` }, 401),
		);
		const node = getUser(sandbox.current, {
			credential: { baseUrl: server.url, appSecret: 'app/secret+789' },
		});
		const run = await runNode(node, people(1));
		expect(run.error?.message).toContain('refused the App ID or the Secret');
		expect(JSON.stringify(run.raw)).not.toMatch(/app\/secret\+789|app%2Fsecret%2B789/);
	});

	test('a sign-in that is redirected carries the secret nowhere else', async () => {
		const elsewhere = await tinyServer((_, response) =>
			json(response, { access_token: 'x', expires_in: 3600 }),
		);
		server = await tinyServer((_, response) =>
			response.writeHead(307, { location: `${elsewhere.url}/oauth2/v2.0/token` }).end(),
		);
		const node = getUser(sandbox.current, { credential: { baseUrl: server.url } });
		const run = await runNode(node, people(1));
		expect(run.error?.message).toContain('Alimail');
		expect(elsewhere.seen).toEqual([]);
		await elsewhere.close();
	});

	test('a redirect is not followed, and the token stays at its origin', async () => {
		const elsewhere = await tinyServer((_, response) => json(response, { users: [] }));
		server = await tinyServer((_, response) =>
			response.writeHead(302, { location: `${elsewhere.url}/v2/users` }).end(),
		);
		const node = sendEmail(sandbox.current, { credential: { baseUrl: server.url } });
		const run = await runNode(node, people(1));
		expect(run.error?.message).toContain('Postmark answered with a redirect to another address');
		expect(run.error?.description).toContain('base URL');
		expect(elsewhere.seen).toEqual([]);
		expect(server.seen).toHaveLength(1);
		await elsewhere.close();
	});
});

test('a path of a custom call cannot carry the token to another host', async () => {
	const elsewhere = await tinyServer((_, response) => json(response, {}));
	const host = elsewhere.url.replace('http:', '');
	for (const path of [host, `@${host.slice(2)}/`, `/../..${host}`, elsewhere.url, `/v2\\..\\${host}`]) {
		const node = alimail(sandbox.current, {
			parameters: { resource: 'custom', operation: 'request', method: 'GET', path },
		});
		await runNode(node, [{}], { engine: engineWith(node.credentials) });
	}
	expect(elsewhere.seen).toEqual([]);
	await elsewhere.close();
});
