import { CredentialTestContext } from 'n8n-core';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { Postmark } from '../../nodes/Postmark/Postmark.node';
import { NODE, runNode } from '../support/runNode';
import { useSandbox } from '../support/services';

const sandbox = useSandbox();

const tests = new Postmark().methods.credentialTest;

/** What the Test button does: n8n's own context for it, with its real request helper. */
async function press(test: keyof typeof tests, data: ICredentialDataDecryptedObject) {
	const context = new CredentialTestContext({} as never);
	const credential = {
		id: '1',
		name: 'Postmark',
		type: 'test',
		data: { baseUrl: sandbox.current.postmark.url, ...data },
	};
	return await tests[test].call(context as never, credential);
}
const pressServer = (serverToken: string, more = {}) =>
	press('postmarkServerToken', { serverToken, ...more });
const pressAccount = (accountToken: string, more = {}) =>
	press('postmarkAccountToken', { accountToken, ...more });

describe('the Test button of the server token', () => {
	test('is content with a token that works', async () => {
		expect(await pressServer(sandbox.current.postmark.serverToken)).toMatchObject({ status: 'OK' });
		expect(sandbox.current.postmark.unknownFields).toEqual([]);
	});

	test('says where to copy the token when Postmark does not know it', async () => {
		expect(await pressServer('unknown-token')).toEqual({
			status: 'Error',
			message:
				'Postmark does not know this token. Copy it again: in Postmark, open the server, then API Tokens.',
		});
	});

	test('recognises an account token and names the credential it belongs to', async () => {
		const { status, message } = await pressServer(sandbox.current.postmark.accountToken);
		expect(status).toBe('Error');
		expect(message).toMatch(/^This is an account token\. This credential needs a server token/);
		expect(message).toContain('“MailOps Postmark Account API”');
	});

	test('says that the test token sends nothing, without asking Postmark', async () => {
		expect(await pressServer('POSTMARK_API_TEST')).toEqual({
			status: 'OK',
			message: expect.stringContaining('none is sent'),
		});
		expect(sandbox.current.requests.total).toBe(0);
	});

	test('asks for a token when the field is empty', async () => {
		expect(await pressServer('  ')).toEqual({ status: 'Error', message: 'Enter the server API token.' });
		expect(sandbox.current.requests.total).toBe(0);
	});
});

describe('the Test button of the account token', () => {
	test('is content with a token that works, and reads no more than one server', async () => {
		expect(await pressAccount(sandbox.current.postmark.accountToken)).toMatchObject({ status: 'OK' });
		expect(sandbox.current.requests.list().map(({ query }) => query)).toEqual(['count=1&offset=0']);
	});

	test('says where to copy the token when Postmark does not know it', async () => {
		const { status, message } = await pressAccount('unknown-token');
		expect(status).toBe('Error');
		expect(message).toMatch(/does not know this token.*open Account, then API Tokens/);
	});

	test('recognises a server token and names the credential it belongs to', async () => {
		const { status, message } = await pressAccount(sandbox.current.postmark.serverToken);
		expect(status).toBe('Error');
		expect(message).toMatch(/^This is a server token\. This credential needs an account token/);
		expect(message).toContain('“MailOps Postmark Server API”');
	});
});

describe('when something else than Postmark answers', () => {
	test.each([200, 404, 502])('a web page with status %d', async (status) => {
		sandbox.current.faults.add({ service: 'postmark', kind: 'html', status });
		expect(await pressServer(sandbox.current.postmark.serverToken)).toEqual({
			status: 'Error',
			message: expect.stringMatching(/^A web page came back.*check the base URL/),
		});
	});

	test('nothing listens there', async () => {
		const server = createServer().listen(0, '127.0.0.1');
		await new Promise((listening) => server.once('listening', listening));
		const { port } = server.address() as AddressInfo;
		await new Promise((closed) => server.close(closed));
		const { status, message } = await pressServer('secret-token', { baseUrl: `http://127.0.0.1:${port}` });
		expect(status).toBe('Error');
		expect(message).toContain(`nothing useful answers at http://127.0.0.1:${port} (ECONNREFUSED)`);
		expect(message).not.toContain('secret-token');
	});

	test.each(['api.postmarkapp.com', 'https://api postmark'])(
		'the base URL is no address: %s',
		async (baseUrl) => {
			expect(await pressServer('secret-token', { baseUrl })).toEqual({
				status: 'Error',
				message: expect.stringMatching(/base URL is not a web address.*https:/),
			});
		},
	);

	test('another service answers at the base URL', async () => {
		sandbox.current.faults.add({ service: 'postmark', kind: 'status', status: 404 });
		expect(await pressServer(sandbox.current.postmark.serverToken)).toEqual({
			status: 'Error',
			message: 'Where Postmark should be, something answered with HTTP 404: check the base URL.',
		});
	});

	test('Postmark is down', async () => {
		sandbox.current.faults.add({ service: 'postmark', kind: 'status', status: 503 });
		expect(await pressServer(sandbox.current.postmark.serverToken)).toEqual({
			status: 'Error',
			message: 'Postmark answered with HTTP 503: try again later.',
		});
	});
});

test('a token pasted with spaces and a line break works in the node as it does in the test', async () => {
	const serverToken = ` ${sandbox.current.postmark.serverToken} \n`;
	const credential = { serverToken, baseUrl: `${sandbox.current.postmark.url}/` };
	expect(await pressServer(serverToken, credential)).toMatchObject({ status: 'OK' });
	const run = await runNode({
		type: 'postmark',
		parameters: { resource: 'server', operation: 'get' },
		credentials: { mailOpsPostmarkServerApi: credential },
	});
	expect(run.error).toBeUndefined();
	expect(run.json(NODE)).toEqual([expect.objectContaining({ ID: 1001 })]);
});
