import { request } from 'node:http';
import { connect } from 'node:net';
import { type Fault, type FaultEffect, type Sandbox, startSandbox } from '../../sandbox';
import { ask, postmarkCall } from './client';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

const message = { From: 'a@example.com', To: 'b@example.org', Subject: 's', TextBody: 't' };
const arm = (effect: FaultEffect) =>
	sandbox.faults.add({ service: 'postmark', path: '/email', ...effect } as Fault);
const send = async () => await postmarkCall(sandbox, 'POST', '/email', message);
const sent = () => sandbox.postmark.messages.length;

/** Both moments, with how many messages are sent by then. */
const MOMENTS = [
	['before', 0],
	['after', 1],
] as const;

/** The bytes of an answer, as they come, until the connection ends or there are `most` of them. */
async function raw(most = Infinity): Promise<{ status: number; body: Buffer; whole: boolean }> {
	const json = JSON.stringify(message);
	return await new Promise((resolve, reject) => {
		const sending = request(
			`${sandbox.postmark.url}/email`,
			{
				method: 'POST',
				agent: false,
				headers: {
					accept: 'application/json',
					'content-type': 'application/json',
					'content-length': Buffer.byteLength(json),
					'x-postmark-server-token': sandbox.postmark.serverToken,
				},
			},
			(response) => {
				const chunks: Buffer[] = [];
				let size = 0;
				const end = (whole: boolean) =>
					resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks), whole });
				response.on('data', (chunk: Buffer) => {
					chunks.push(chunk);
					size += chunk.length;
					if (size >= most) {
						sending.destroy();
						end(false);
					}
				});
				response.on('end', () => end(true));
				response.on('error', () => end(false));
			},
		);
		sending.on('error', reject);
		sending.end(json);
	});
}

describe.each(MOMENTS)('%s the work', (when, done) => {
	test('status, in the service’s own form', async () => {
		arm({ kind: 'status', status: 503, when });
		const { status, body } = await send();
		expect([status, body.ErrorCode, sent()]).toEqual([503, 100, done]);
		expect(sandbox.requests.list().at(-1)).toMatchObject({ status: 503, fault: 'status' });
	});

	test('proxyError and html: words that are not the service’s', async () => {
		arm({ kind: 'proxyError', when });
		const proxy = await send();
		expect([proxy.status, proxy.headers.get('content-type'), sent()]).toEqual([503, 'text/plain', done]);
		expect(proxy.text).toContain('upstream connect error');
		arm({ kind: 'html', status: 200, when });
		const page = await send();
		expect([page.status, page.headers.get('content-type'), sent()]).toEqual([
			200,
			'text/html; charset=utf-8',
			2 * done,
		]);
		expect(page.text).toContain('<html>');
	});

	test.each([
		[{ kind: 'emptyBody' }, 200, ''],
		[{ kind: 'emptyBody', status: 202 }, 202, ''],
		[{ kind: 'emptyObject' }, 200, '{}'],
		[{ kind: 'errorObject' }, 200, '{"error":{"message":"Something went wrong."}}'],
	] as const)('%j', async (effect, status, text) => {
		arm({ ...effect, when });
		const answer = await send();
		expect([answer.status, answer.text, sent()]).toEqual([status, text, done]);
	});

	test('truncated: HTTP is whole, the JSON is not', async () => {
		arm({ kind: 'truncated', when });
		const { status, body, whole } = await raw();
		expect([status, whole, sent()]).toEqual([200, true, done]);
		expect(body.toString()).toMatch(/^\{"/);
		expect(() => JSON.parse(body.toString())).toThrow();
	});

	test('bodyCut: the connection ends in the middle', async () => {
		arm({ kind: 'bodyCut', when });
		const { status, body, whole } = await raw();
		expect([status, whole, sent()]).toEqual([200, false, done]);
		expect(body.length).toBeGreaterThan(10);
	});

	test('brokenGzip: cannot be unpacked', async () => {
		arm({ kind: 'brokenGzip', when });
		await expect(send()).rejects.toThrow();
		expect(sent()).toBe(done);
		arm({ kind: 'brokenGzip', when });
		expect((await raw()).body.subarray(0, 3)).toEqual(Buffer.from([0x1f, 0x8b, 8]));
	});

	test('endlessBody: more than anybody wants, and the work is not done once the client hangs up', async () => {
		arm({ kind: 'endlessBody', when });
		const { status, body } = await raw(3_000_000);
		expect([status, body.length >= 3_000_000, sent()]).toEqual([200, true, done]);
		expect((await send()).status).toBe(200);
		expect(sent()).toBe(done + 1);
	});

	test('dripBody: a byte at a time', async () => {
		arm({ kind: 'dripBody', ms: 1, when });
		const { status, body } = await raw(5);
		expect([status, body.toString().trim(), sent()]).toEqual([200, '', done]);
	});

	test('switchingProtocols: 101 and silence until the client hangs up', async () => {
		arm({ kind: 'switchingProtocols', when });
		const json = JSON.stringify(message);
		const { port } = new URL(sandbox.url);
		const answer = await new Promise<string>((resolve, reject) => {
			const socket = connect(Number(port), '127.0.0.1', () =>
				socket.write(
					[
						'POST /postmark/email HTTP/1.1',
						'Host: 127.0.0.1',
						'Accept: application/json',
						'Content-Type: application/json',
						`X-Postmark-Server-Token: ${sandbox.postmark.serverToken}`,
						`Content-Length: ${json.length}`,
						'',
						json,
					].join('\r\n'),
				),
			);
			socket.once('data', (chunk) => {
				socket.destroy();
				resolve(chunk.toString());
			});
			socket.once('error', reject);
		});
		expect(answer).toMatch(/^HTTP\/1\.1 101 /);
		expect(sent()).toBe(done);
		expect(sandbox.requests.list().at(-1)).toMatchObject({ status: 101, fault: 'switchingProtocols' });
		expect((await send()).status).toBe(200);
	});

	test('slow: the answer is the real one', async () => {
		arm({ kind: 'slow', ms: 50, when });
		expect((await send()).status).toBe(200);
		expect(sent()).toBe(1);
		expect(sandbox.requests.list().at(-1)?.ms).toBeGreaterThanOrEqual(45);
	});
});

test('slow, after the work: it is done while the client still waits', async () => {
	arm({ kind: 'slow', ms: 60_000, when: 'after' });
	const { signal, abort } = hangUp();
	const answer = fetch(`${sandbox.postmark.url}/email`, {
		method: 'POST',
		headers: {
			accept: 'application/json',
			'content-type': 'application/json',
			'x-postmark-server-token': sandbox.postmark.serverToken,
		},
		body: JSON.stringify(message),
		signal,
	});
	const ended = expect(answer).rejects.toThrow();
	while (sent() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
	expect(sandbox.requests.total).toBe(0);
	abort();
	await ended;
});

function hangUp() {
	const controller = new AbortController();
	return { signal: controller.signal, abort: () => controller.abort() };
}

test('an answer after the work says nothing of the real one', async () => {
	arm({ kind: 'emptyObject', status: 404, when: 'after' });
	const { status, headers, text } = await send();
	expect([status, text, headers.get('content-length')]).toEqual([404, '{}', '2']);
});

test('over the control API as in process, and in words on the page', async () => {
	const fault = { service: 'postmark', kind: 'proxyError', when: 'after', pathPattern: '^/email', times: 2 };
	const armed = await ask(`${sandbox.url}/_sandbox/faults`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(fault),
	});
	expect(armed.body).toMatchObject({ what: 'done, then a proxy’s own words', left: 2 });
	expect((await send()).status).toBe(503);
	expect(sent()).toBe(1);
	const { text } = await ask(`${sandbox.url}/faults`);
	expect(text).toContain('done, then a proxy’s own words');
	for (const kind of ['truncated', 'bodyCut', 'brokenGzip', 'endlessBody', 'switchingProtocols'])
		expect(text).toContain(`<option value="${kind}">`);
});

test('the sandbox closes while bodies without an end are under way', async () => {
	const other = await startSandbox();
	for (const kind of ['endlessBody', 'dripBody', 'switchingProtocols'] as const)
		other.faults.add({ service: 'postmark', kind });
	const hanging = [0, 1, 2].map(
		async () => await fetch(`${other.postmark.url}/server`).then(async (answer) => await answer.text()),
	);
	const ended = Promise.allSettled(hanging);
	while (other.requests.total < 3) await new Promise((resolve) => setTimeout(resolve, 5));
	await other.close();
	await ended;
	expect(other.requests.list().map(({ fault }) => fault)).toEqual(
		expect.arrayContaining(['endlessBody', 'dripBody', 'switchingProtocols']),
	);
});
