import { get } from 'node:http';
import { type Sandbox, startSandbox } from '../../sandbox';
import { alimailClient, ask, postmarkCall } from './client';

let sandbox: Sandbox;
let call: Awaited<ReturnType<typeof alimailClient>>;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());
beforeEach(async () => {
	sandbox.reset();
	call = await alimailClient(sandbox);
});

const create = async (name: string) => await call('POST', '/v2/departments', { name, parentId: '$root' });
const names = () => sandbox.alimail.departments().map(({ name }) => name);
const message = { From: 'a@example.com', To: 'b@example.org', Subject: 's', TextBody: 't' };

test('status: with its headers and body, nothing done, once', async () => {
	sandbox.faults.add({
		service: 'alimail',
		kind: 'status',
		status: 429,
		headers: { 'retry-after': '2' },
		path: '/v2/departments',
	});
	expect((await call('GET', '/v2/departments/$root')).status).toBe(200);
	const { status, headers, body } = await create('A');
	expect([status, headers.get('retry-after'), body.detailErrorCode]).toEqual([429, '2', 'TooManyRequests']);
	expect(names()).not.toContain('A');
	expect((await create('A')).status).toBe(200);
	expect(sandbox.faults.list()).toHaveLength(0);
});

test('after and times count matching requests only', async () => {
	const fault = sandbox.faults.add({
		service: 'alimail',
		kind: 'status',
		status: 500,
		method: 'POST',
		path: /departments$/,
		after: 1,
		times: 2,
	});
	const seen: number[] = [];
	for (const name of ['A', 'B', 'C', 'D']) {
		await call('GET', '/v2/departments/$root/departments');
		seen.push((await create(name)).status);
	}
	expect(seen).toEqual([200, 500, 500, 200]);
	expect([fault.played, fault.left]).toEqual([2, 0]);
});

test('resetBefore does nothing, resetAfter does it; both cut the connection and are logged as status 0', async () => {
	sandbox.faults.add({ service: 'alimail', kind: 'resetBefore', method: 'POST' });
	await expect(create('A')).rejects.toThrow();
	sandbox.faults.add({ service: 'alimail', kind: 'resetAfter', method: 'POST' });
	await expect(create('B')).rejects.toThrow();
	expect(names()).toEqual(['Sandbox Company', 'B']);
	expect(sandbox.requests.list({ status: 0 }).map(({ fault }) => fault)).toEqual([
		'resetBefore',
		'resetAfter',
	]);
});

test('html and slow', async () => {
	sandbox.faults.add({ service: 'alimail', kind: 'html' });
	const { status, headers, text } = await call('GET', '/v2/domains');
	expect([status, headers.get('content-type')]).toEqual([502, 'text/html; charset=utf-8']);
	expect(text).toContain('<html>');
	sandbox.faults.add({ service: 'alimail', kind: 'slow', ms: 120 });
	expect((await call('GET', '/v2/domains')).status).toBe(200);
	expect(sandbox.requests.list().at(-1)).toMatchObject({ fault: 'slow', status: 200 });
	expect(sandbox.requests.list().at(-1)?.ms).toBeGreaterThan(100);
});

test('tokenRevoked: this token stops working, a new one works', async () => {
	sandbox.faults.add({ service: 'alimail', kind: 'tokenRevoked' });
	expect((await call('GET', '/v2/domains')).status).toBe(401);
	expect((await call('GET', '/v2/domains')).status).toBe(401);
	expect((await (await alimailClient(sandbox))('GET', '/v2/domains')).status).toBe(200);
});

test('partial: the named messages of a batch are refused, the others are sent', async () => {
	sandbox.faults.add({
		service: 'postmark',
		kind: 'partial',
		indexes: [1],
		errorCode: 405,
		message: 'No credits.',
	});
	const batch = [message, message, message];
	const { body } = await postmarkCall<Array<{ ErrorCode: number }>>(sandbox, 'POST', '/email/batch', batch);
	expect(body.map(({ ErrorCode }) => ErrorCode)).toEqual([0, 405, 0]);
	expect(sandbox.postmark.messages).toHaveLength(2);
});

test('faults that make no sense are refused in words', () => {
	expect(() => sandbox.faults.add({ service: 'postmark', kind: 'tokenRevoked' })).toThrow(
		'it has no meaning for Postmark',
	);
	expect(() => sandbox.faults.add({ service: 'alimail', kind: 'status', status: 42 })).toThrow('100 to 599');
	expect(() => sandbox.faults.add({ service: 'alimail', kind: 'html', times: 0 })).toThrow('times');
});

describe('request log', () => {
	test('counts by service, method, path or route and status, and never forgets', async () => {
		sandbox.alimail.settings.requestsPerSecond = 10_000;
		await create('A');
		await create('A');
		await call('GET', '/v2/users/a%40example.com?$select=id');
		const entry = sandbox.requests.list().at(-1);
		expect(entry).toMatchObject({
			service: 'alimail',
			method: 'GET',
			path: '/v2/users/a%40example.com',
			route: '/v2/users/:user',
			query: '$select=id',
			status: 404,
			requestId: expect.stringMatching(/^req-\d+$/),
		});
		const { requests } = sandbox;
		expect(requests.count({ service: 'alimail', path: '/v2/departments', status: 200 })).toBe(1);
		expect(requests.count({ path: /^\/v2\/departments$/ })).toBe(2);
		expect(requests.count({ path: '/v2/users/:user', method: 'get' })).toBe(1);
		expect(requests.count({ service: 'postmark' })).toBe(0);
		for (let n = 0; n < 20_100; n += 1)
			requests.record({ ...(entry as NonNullable<typeof entry>), status: 200 });
		expect(requests.list()).toHaveLength(20_000);
		expect(requests.count({ path: '/v2/departments' })).toBe(2);
		expect(requests.count()).toBe(20_104);
	});

	test('holds no token, secret or content', async () => {
		await postmarkCall(sandbox, 'POST', '/email?token=sesame', { ...message, TextBody: 'very-private' });
		const kept = JSON.stringify([sandbox.requests.list(), sandbox.requests.summary()]);
		for (const secret of [
			'sesame',
			'very-private',
			sandbox.alimail.appSecret,
			sandbox.postmark.serverToken,
		]) {
			expect(kept).not.toContain(secret);
		}
		expect(sandbox.requests.list().at(-1)?.bytesIn).toBeGreaterThan(20);
	});
});

describe('control over HTTP', () => {
	const control = async (method: string, path: string, body?: unknown, headers = {}) =>
		await ask(`${sandbox.url}/_sandbox${path}`, {
			method,
			headers: { ...(method === 'GET' ? {} : { 'content-type': 'application/json' }), ...headers },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});

	test('seed, state, faults, settings, requests and reset', async () => {
		expect((await control('POST', '/seed', { sample: 'small' })).status).toBe(200);
		const users = [{ email: 'new@example.com', department: 'A/B' }];
		expect((await control('POST', '/seed', { alimail: { users } })).body).toEqual({
			users: 1,
			departments: 0,
		});
		expect((await control('GET', '/state')).body).toMatchObject({
			alimail: { users: 25 },
			postmark: { messages: 4 },
		});
		const fault = { service: 'alimail', kind: 'status', status: 503, pathPattern: '^/v2/', times: 'always' };
		expect((await control('POST', '/faults', fault)).body).toMatchObject({
			times: 'always',
			path: '/^\\/v2\\//',
		});
		expect((await call('GET', '/v2/domains')).status).toBe(503);
		expect((await control('GET', '/faults')).body.faults).toEqual([expect.objectContaining({ played: 1 })]);
		await control('DELETE', '/faults');
		expect((await call('GET', '/v2/domains')).status).toBe(200);
		expect((await control('GET', '/requests?service=alimail&status=503')).body).toMatchObject({
			matching: 1,
		});
		await control('POST', '/settings', { alimail: { moveDays: -30, retryAfter: true } });
		expect(Date.now() - sandbox.alimail.clock.now().getTime()).toBeGreaterThan(29 * 86_400_000);
		await control('POST', '/reset');
		expect((await control('GET', '/state')).body).toMatchObject({ alimail: { users: 0 }, requests: 0 });
	});

	test('mistakes are named', async () => {
		const { status, body } = await control('POST', '/faults', { service: 'alimail', kind: 'slow' });
		expect(status).toBe(400);
		expect(body.error).toContain('ms');
		expect(
			(await control('POST', '/seed', { alimail: { users: [{ email: 'a@b.cc', managerEmail: 'x' }] } }))
				.status,
		).toBe(400);
	});

	test('pages elsewhere on the web cannot reach it', async () => {
		const rebound = await new Promise<number | undefined>((resolve, reject) => {
			const headers = { host: 'evil.example' };
			get(`${sandbox.url}/_sandbox/state`, { headers }, ({ statusCode }) => resolve(statusCode)).on(
				'error',
				reject,
			);
		});
		expect(rebound).toBe(403);
		expect((await control('POST', '/reset', undefined, { 'content-type': 'text/plain' })).status).toBe(415);
	});
});
