import { request } from 'node:http';
import { type Sandbox, startSandbox } from '../../sandbox';
import { alimailClient } from './client';

let sandbox: Sandbox;
let call: Awaited<ReturnType<typeof alimailClient>>;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());
beforeEach(async () => {
	sandbox.reset();
	sandbox.alimail.settings.requestsPerSecond = 10_000;
	call = await alimailClient(sandbox);
});

const idOf = (path: string) => sandbox.alimail.department(path)?.id ?? '';

test('create under $root and under another; the answer has the real parent id', async () => {
	const first = await call('POST', '/v2/departments', { name: '研发中心', parentId: '$root' });
	expect(first.body).toEqual({
		id: expect.any(String),
		name: '研发中心',
		parentId: sandbox.alimail.directory.root.id,
		createdTime: expect.any(String),
	});
	const second = await call('POST', '/v2/departments', { name: 'R&D / Core', parentId: first.body.id });
	expect(second.status).toBe(200);
	expect(sandbox.alimail.directory.pathOf(second.body.id as string)).toEqual(['研发中心', 'R&D / Core']);
});

test.each([
	['no name', { parentId: '$root' }, 'name'],
	['no parent', { name: 'X' }, 'parentId'],
	['an unknown parent', { name: 'X', parentId: 'nope' }, 'parentId'],
	['a name that is there', { name: 'Sales', parentId: '$root' }, 'name'],
	['an unknown field', { name: 'X', parentId: '$root', customDepartmentId: '1' }, 'customDepartmentId'],
	['an unknown manager', { name: 'X', parentId: '$root', managers: ['nope'] }, 'managers'],
	['a foreign address', { name: 'X', parentId: '$root', email: 'x@elsewhere.example' }, 'email'],
])('%s is 400 and names the field', async (_what, body, field) => {
	sandbox.alimail.seed({ departments: ['Sales'] });
	const answer = await call('POST', '/v2/departments', body);
	expect(answer.status).toBe(400);
	expect(answer.text).toContain(field);
	expect(sandbox.alimail.departments()).toHaveLength(2);
});

test('two departments of one name under one parent, when the tenant is set to allow it', async () => {
	sandbox.alimail.settings.uniqueDepartmentNames = false;
	await call('POST', '/v2/departments', { name: 'X', parentId: '$root' });
	expect((await call('POST', '/v2/departments', { name: 'X', parentId: '$root' })).status).toBe(200);
});

test('children and members come in pages with a total', async () => {
	sandbox.alimail.seed({
		departments: Array.from({ length: 120 }, (_, n) => `D${n}`),
		users: Array.from({ length: 130 }, (_, n) => ({ email: `u${n}@example.com`, department: 'D0' })),
	});
	const page = async (path: string) => (await call<Record<string, unknown[] & number>>('GET', path)).body;
	expect((await page('/v2/departments/$root/departments?limit=100')).departments).toHaveLength(100);
	const rest = await page('/v2/departments/%24root/departments?offset=100&limit=100&managed=true');
	expect(rest.departments).toHaveLength(20);
	expect(rest.total).toBe(120);
	const members = await page(`/v2/departments/${idOf('D0')}/users?offset=100&$select=email,phone`);
	expect(members.users).toHaveLength(30);
	expect(members.users?.[0]).toEqual({ email: 'u100@example.com' });
	expect(members.total).toBe(130);
	expect((await page('/v2/departments/$root/users')).total).toBe(0);
	for (const query of ['limit=101', 'limit=0', 'offset=-1', 'cursor=x']) {
		expect((await call('GET', `/v2/departments/$root/departments?${query}`)).status).toBe(400);
	}
});

test('counts come only when selected', async () => {
	sandbox.alimail.seed({ departments: ['A/B'], users: [{ email: 'u@example.com', department: 'A' }] });
	const { body } = await call(
		'GET',
		`/v2/departments/${idOf('A')}?$select=name,hasUsers,hasSubDepartments,userCount`,
	);
	expect(body).toEqual({ name: 'A', hasUsers: true, hasSubDepartments: true, userCount: 1 });
	expect((await call('GET', `/v2/departments/${idOf('A')}`)).body).not.toHaveProperty('userCount');
});

test('move: below itself is refused, elsewhere works and the paths follow', async () => {
	sandbox.alimail.seed({ departments: ['A/B/C', 'D'] });
	const cycle = await call('PATCH', `/v2/departments/${idOf('A')}`, { parentId: idOf('A/B/C') });
	expect(cycle.status).toBe(400);
	expect(cycle.body.detailErrorCode).toBe('DepartmentCycle');
	const c = idOf('A/B/C');
	expect((await call('PATCH', `/v2/departments/${idOf('A/B')}`, { parentId: idOf('D') })).status).toBe(200);
	expect(sandbox.alimail.directory.pathOf(c)).toEqual(['D', 'B', 'C']);
	expect((await call('PATCH', '/v2/departments/$root', { parentId: c })).status).toBe(400);
	expect((await call('PATCH', '/v2/departments/nope', { name: 'X' })).status).toBe(404);
});

test('delete: only empty ones, never the root', async () => {
	sandbox.alimail.seed({ departments: ['A/B', 'C'], users: [{ email: 'u@example.com', department: 'C' }] });
	for (const path of ['A', 'C']) {
		expect((await call('DELETE', `/v2/departments/${idOf(path)}`)).status).toBe(400);
	}
	expect((await call('DELETE', `/v2/departments/${idOf('A/B')}`)).status).toBe(200);
	expect((await call('DELETE', `/v2/departments/${idOf('A')}`)).status).toBe(200);
	expect((await call('DELETE', '/v2/departments/$root')).status).toBe(400);
	expect(sandbox.alimail.departments().map(({ name }) => name)).toEqual(['Sandbox Company', 'C']);
});

test('listByIds takes the documented GET with a JSON body', async () => {
	sandbox.alimail.seed({ departments: ['A'] });
	const { access_token: token } = (await (
		await fetch(`${sandbox.alimail.url}/oauth2/v2.0/token`, {
			method: 'POST',
			body: new URLSearchParams({
				grant_type: 'client_credentials',
				client_id: sandbox.alimail.appId,
				client_secret: sandbox.alimail.appSecret,
			}),
		})
	).json()) as { access_token: string };
	const body = JSON.stringify({ ids: [idOf('A'), 'nope'] });
	const text = await new Promise<string>((resolve, reject) => {
		const headers = {
			authorization: `bearer ${token}`,
			'content-type': 'application/json',
			'content-length': Buffer.byteLength(body),
		};
		request(`${sandbox.alimail.url}/v2/departments/listByIds`, { method: 'GET', headers }, (answer) => {
			answer.setEncoding('utf8').on('data', resolve);
		})
			.on('error', reject)
			.end(body);
	});
	expect((JSON.parse(text) as { departments: unknown[] }).departments).toEqual([
		expect.objectContaining({ name: 'A' }),
	]);
});

test('organization and domains', async () => {
	expect((await call('GET', '/v2/organization/$current')).body).toMatchObject({ domain: 'example.com' });
	expect((await call('PATCH', '/v2/organization/$current', { name: '云禾科技' })).status).toBe(200);
	expect((await call('GET', '/v2/organization/%24current')).body).toMatchObject({ name: '云禾科技' });
	expect((await call('PATCH', '/v2/organization/$current', { domain: 'x' })).status).toBe(400);
	expect((await call('GET', '/v2/organization/other')).status).toBe(404);
	const { body } = await call<{ domains: Array<{ domain: string; id: string }> }>('GET', '/v2/domains');
	expect(body.domains.map(({ domain }) => domain)).toEqual(['example.com', 'yunhe.example']);
	expect((await call('GET', `/v2/domains/${body.domains[1]?.id}`)).body.domain).toBe('yunhe.example');
	expect((await call('GET', '/v2/domains/nope.example')).status).toBe(404);
});

test('unknown paths and unreadable JSON have the JSON error body', async () => {
	expect((await call('GET', '/v2/groups')).body).toEqual({
		detailErrorCode: 'ResourceNotFound',
		message: expect.any(String),
	});
	expect((await call('PUT', '/v2/users/x')).status).toBe(404);
	const broken = await fetch(`${sandbox.alimail.url}/oauth2/v2.0/token`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: '{',
	});
	expect(broken.status).toBe(400);
});

test('seeding names what is wrong', () => {
	const { alimail } = sandbox;
	expect(() => alimail.seed({ users: [{ email: 'a@example.com' }, { email: 'A@example.com' }] })).toThrow(
		'given twice',
	);
	expect(() => alimail.seed({ users: [{ email: 'b@example.com', managerEmail: 'x@example.com' }] })).toThrow(
		'manager',
	);
});
