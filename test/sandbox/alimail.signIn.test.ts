import { type Sandbox, startSandbox } from '../../sandbox';
import { alimailClient, ask, tokenRequest } from './client';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

const form = { grant_type: 'client_credentials', client_id: 'sandbox-app', client_secret: 'sandbox-secret' };

describe('token', () => {
	test('a right App ID and secret give a token for an hour', async () => {
		const { status, body } = await tokenRequest(sandbox, form);
		expect(status).toBe(200);
		expect(body).toEqual({ token_type: 'bearer', access_token: expect.any(String), expires_in: 3600 });
	});

	test('a wrong secret is 401 in the words of OAuth', async () => {
		const { status, body } = await tokenRequest(sandbox, { ...form, client_secret: 'wrong' });
		expect(status).toBe(401);
		expect(body).toEqual({ error: 'invalid_client', error_description: expect.any(String) });
	});

	test.each([
		['another grant', { ...form, grant_type: 'password' }, 'unsupported_grant_type'],
		['a scope', { ...form, scope: 'all' }, 'invalid_request'],
		['no secret', { ...form, client_secret: '' }, 'invalid_request'],
	])('%s is refused', async (_what, fields, error) => {
		const answer = await tokenRequest(sandbox, fields);
		expect(answer.status).toBe(400);
		expect(answer.body.error).toBe(error);
	});

	test('a JSON token request is refused', async () => {
		const answer = await ask(`${sandbox.alimail.url}/oauth2/v2.0/token`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(form),
		});
		expect(answer.status).toBe(400);
	});

	test('a secret full of reserved characters works when the form is encoded, and only then', async () => {
		const odd = { ...form, client_id: 'sandbox-odd', client_secret: 'a+b/c=d&e%20f' };
		expect((await tokenRequest(sandbox, odd)).status).toBe(200);
		const bare = await ask(`${sandbox.alimail.url}/oauth2/v2.0/token`, {
			method: 'POST',
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			body: Object.entries(odd)
				.map((pair) => pair.join('='))
				.join('&'),
		});
		expect(bare.status).not.toBe(200);
	});

	test('an expired token is 401, a new one works', async () => {
		sandbox.alimail.settings.tokenSeconds = 0.05;
		const call = await alimailClient(sandbox);
		await new Promise((resolve) => setTimeout(resolve, 80));
		expect((await call('GET', '/v2/users')).status).toBe(401);
		sandbox.alimail.settings.tokenSeconds = 60;
		expect((await (await alimailClient(sandbox))('GET', '/v2/users')).status).toBe(200);
	});

	test('no token, a made-up token and a reset one are 401 with the JSON error body', async () => {
		const call = await alimailClient(sandbox);
		sandbox.reset();
		expect((await call('GET', '/v2/users')).status).toBe(401);
		const bare = await ask(`${sandbox.alimail.url}/v2/users`);
		expect(bare.status).toBe(401);
		expect(bare.body).toEqual({ detailErrorCode: 'InvalidToken', message: expect.any(String) });
	});
});

describe('permissions', () => {
	test('a read-only app may read and not write', async () => {
		const call = await alimailClient(
			sandbox,
			sandbox.alimail.apps.list().find(({ id }) => id === 'sandbox-reader'),
		);
		expect((await call('GET', '/v2/users')).status).toBe(200);
		expect((await call('POST', '/v2/users/listByIds', { ids: ['x'] })).status).toBe(200);
		const { status, body } = await call('POST', '/v2/departments', { name: 'X', parentId: '$root' });
		expect(status).toBe(403);
		expect(body).toEqual({
			detailErrorCode: 'NoPermission',
			message: expect.stringContaining('change departments'),
			developerMessage: expect.stringContaining('departments'),
		});
		expect(sandbox.alimail.departments()).toHaveLength(1);
	});

	test('an app without the module gets 403, also for members through the department', async () => {
		const users = sandbox.alimail.apps.add({ id: 'u', secret: 's', permissions: { users: 'read' } });
		const departments = sandbox.alimail.apps.add({
			id: 'd',
			secret: 's',
			permissions: { departments: 'read' },
		});
		const asUsers = await alimailClient(sandbox, users);
		const asDepartments = await alimailClient(sandbox, departments);
		expect((await asUsers('GET', '/v2/departments/$root')).status).toBe(403);
		expect((await asUsers('GET', '/v2/organization/$current')).status).toBe(403);
		expect((await asDepartments('GET', '/v2/departments/$root')).status).toBe(200);
		expect((await asDepartments('GET', '/v2/departments/$root/users')).status).toBe(403);
	});
});

describe('rate limit', () => {
	test('the 41st request within a second is 429; without Retry-After unless it is switched on', async () => {
		const call = await alimailClient(sandbox);
		sandbox.alimail.rate.clear();
		const answers = await Promise.all(Array.from({ length: 60 }, () => call('GET', '/v2/domains')));
		const refused = answers.filter(({ status }) => status === 429);
		expect(answers.filter(({ status }) => status === 200)).toHaveLength(60 - refused.length);
		expect(refused.length).toBe(20);
		expect(refused[0]?.headers.get('retry-after')).toBeNull();
		expect(sandbox.alimail.rate.peak).toBe(60);
		expect(sandbox.alimail.rate.refused).toBe(20);
	});

	test('Retry-After on demand, and the window opens again', async () => {
		Object.assign(sandbox.alimail.settings, { retryAfter: true, requestsPerSecond: 1 });
		const call = await alimailClient(sandbox);
		await call('GET', '/v2/domains');
		const refused = await call('GET', '/v2/domains');
		expect(refused.status).toBe(429);
		expect(refused.headers.get('retry-after')).toBe('1');
		await new Promise((resolve) => setTimeout(resolve, 1050));
		expect((await call('GET', '/v2/domains')).status).toBe(200);
	});
});
