import { NODE, runNode } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { getUser, people, sendEmail } from '../support/nodes';
import { allClosed, json, tinyServer, type TinyServer } from '../support/tinyServer';

const sandbox = useSandbox();
let server: TinyServer | undefined;
afterEach(async () => {
	await server?.close();
	server = undefined;
});

test('an answer without end is given up when it is too long, and says so', async () => {
	server = await tinyServer((_request, response) => {
		response.writeHead(200, { 'content-type': 'application/json' });
		const chunk = Buffer.alloc(4 * 1024 * 1024, 'x');
		const more = () => {
			while (!response.destroyed && response.write(chunk));
			if (!response.destroyed) response.once('drain', more);
		};
		more();
	});
	const credential = { baseUrl: server.url };
	const run = await runNode(
		sendEmail(sandbox.current, { credential, settings: { onError: 'continueErrorOutput' } }),
		people(1),
	);
	const [{ error, details }] = run.json(NODE, 1) as [{ error: string; details: { outcome: string } }];
	expect(error).toContain('an answer longer than 64 MB');
	expect(details.outcome).toBe('unknown');
	await allClosed(server);
});

test('ids of nineteen digits come out digit by digit', async () => {
	server = await tinyServer((_request, response) => {
		response.writeHead(200, { 'content-type': 'application/json' });
		response.end(
			'[{"ErrorCode":0,"Message":"OK","MessageID":"m","To":"a@b.example","Number":1234567890123456789}]',
		);
	});
	const run = await runNode(sendEmail(sandbox.current, { credential: { baseUrl: server.url } }), people(1));
	expect(run.json(NODE)[0]).toMatchObject({ Number: '1234567890123456789' });
});

test('a result with a key “error” is a result: it leaves by the ordinary output', async () => {
	server = await tinyServer((_request, response) =>
		json(response, [{ ErrorCode: 0, Message: 'OK', MessageID: 'm', To: 'a@b.example', error: 'a word' }]),
	);
	const run = await runNode(
		sendEmail(sandbox.current, {
			credential: { baseUrl: server.url },
			settings: { onError: 'continueErrorOutput' },
		}),
		people(1),
	);
	expect(run.json(NODE, 1)).toEqual([]);
	expect(run.json(NODE, 0)[0]).toMatchObject({ data: { error: 'a word', MessageID: 'm' } });
});

test.each([{}, [], '', { accounts: [] }])('a list that comes as %j is no empty list', async (body) => {
	sandbox.current.faults.add({
		service: 'alimail',
		kind: 'status',
		status: 200,
		body,
		path: '/v2/users',
		times: 20,
	});
	const run = await runNode(
		getUser(sandbox.current, { parameters: { operation: 'getAll', returnAll: true } }),
		people(1),
	);
	expect(run.error?.message).toMatch(/answered without what belongs into its answer/);
});
