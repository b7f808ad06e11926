import { NODE, runNode } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { alimail, people, sendEmail } from '../support/nodes';
import { json, tinyServer, type TinyServer } from '../support/tinyServer';

const SECRET = 'sekret-4711-0815';
const sandbox = useSandbox();
let server: TinyServer | undefined;
afterEach(async () => {
	await server?.close();
	server = undefined;
});

const settings = { onError: 'continueErrorOutput' as const };

test('what a service says of one message of a batch passes the filter', async () => {
	server = await tinyServer((_request, response) =>
		json(response, [
			{ ErrorCode: 300, Message: `No 'To' for ${SECRET}: https://me:word@elsewhere.example/` },
			{ ErrorCode: 987_654, Message: SECRET },
		]),
	);
	const credential = { baseUrl: server.url, serverToken: SECRET };
	const run = await runNode(sendEmail(sandbox.current, { credential, settings }), people(2));
	expect(run.json(NODE, 1)).toHaveLength(2);
	expect(JSON.stringify(run.json(NODE, 1))).not.toMatch(/4711|me:word/);
	expect(JSON.stringify(run.json(NODE, 1))).toContain('•••');
});

const custom = (url: string, more: object = {}) =>
	alimail(sandbox.current, {
		parameters: { resource: 'custom', operation: 'request', path: '/v2/users' },
		credential: {
			site: 'custom',
			baseUrl: url,
			appSecret: SECRET,
			accessToken: `token-${SECRET}`,
			accessTokenRenewAt: Date.now() + 1e9,
		},
		...more,
	});

test.each([
	['its words', { message: `Bad ${SECRET}` }],
	['its code', { detailErrorCode: `Bad.${SECRET}` }],
	['its request id', { detailErrorCode: 'Bad', requestId: `r-${encodeURIComponent(SECRET)}` }],
])('%s pass the filter, on both ways out', async (_, body) => {
	server = await tinyServer((_request, response) => json(response, body, 400));
	const branch = await runNode(custom(server.url, { settings }));
	expect(branch.json(NODE, 1)).toHaveLength(1);
	expect(JSON.stringify(branch.json(NODE, 1))).toContain('•••');
	expect(JSON.stringify(branch.json(NODE, 1))).not.toContain('4711');
	const { error } = await runNode(custom(server.url));
	const { message, description, context } = error as {
		message: string;
		description: string;
		context: object;
	};
	expect(description).toContain('•••');
	expect(JSON.stringify([message, description, context])).not.toContain('4711');
});

test('the name of a field that a service tells passes the filter', async () => {
	server = await tinyServer((_request, response) =>
		json(response, { title: 'Bad', detail: 'Bad', errors: [{ field: SECRET, message: 'bad' }] }, 400),
	);
	const run = await runNode({
		type: 'mailchimp',
		parameters: { resource: 'custom', operation: 'request', path: '/lists' },
		credentials: { mailOpsMailchimpApi: { baseUrl: server.url, apiKey: SECRET } },
		settings,
	});
	expect(run.json(NODE, 1)).toMatchObject([{ details: { field: '•••' } }]);
	expect(JSON.stringify(run.json(NODE, 1))).not.toContain('4711');
});

test('codes and ids are kept at a length that a person reads', async () => {
	server = await tinyServer((_request, response) =>
		json(response, { detailErrorCode: 'x'.repeat(100_000), requestId: 'y'.repeat(100_000) }, 400),
	);
	const [item] = (await runNode(custom(server.url, { settings }))).json(NODE, 1);
	const { code, requestId } = (item as { details: { code: string; requestId: string } }).details;
	expect([code.length, requestId.length]).toEqual([101, 101]);
});
