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
	sandbox.alimail.seed({
		departments: ['研发中心/平台部/Core', 'Sales'],
		users: [{ email: 'boss@example.com' }],
	});
	call = await alimailClient(sandbox);
});

const idOf = (path: string) => sandbox.alimail.department(path)?.id ?? '';
const newUser = (more: object = {}) => ({
	email: 'anna.li@example.com',
	password: 'Zx9!kkLmno',
	name: '李安娜 🎉',
	departmentIds: [idOf('Sales')],
	...more,
});

describe('create', () => {
	test('answers the default fields; further ones come only when selected', async () => {
		const { status, body } = await call('POST', '/v2/users', {
			...newUser(),
			employeeNo: 'E7',
			phone: '+86 138',
			managerEmail: 'Boss@example.com',
		});
		expect(status).toBe(200);
		expect(body).toEqual({
			id: expect.any(String),
			email: 'anna.li@example.com',
			emailAliases: [],
			name: '李安娜 🎉',
			employeeNo: 'E7',
			departmentIds: [idOf('Sales')],
			status: 'NORMAL',
			employeeType: 'EMPLOYEE',
			createdTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
		});
		const selected = await call(
			'GET',
			'/v2/users/ANNA.li%40example.com?$select=phone,managerEmail,managerInfo,isHidden,departmentPath,freezedTime',
		);
		expect(selected.body).toEqual({
			phone: '+86 138',
			managerEmail: 'boss@example.com',
			managerInfo: {
				id: sandbox.alimail.user('boss@example.com')?.id,
				email: 'boss@example.com',
				name: 'boss',
			},
			isHidden: false,
			departmentPath: { paths: [{ segments: ['Sales'] }] },
		});
	});

	test.each([
		['no address', { email: undefined }, 'email'],
		['no password', { password: undefined }, 'password'],
		['no name', { name: ' ' }, 'name'],
		['no departments', { departmentIds: undefined }, 'departmentIds'],
		['empty departments', { departmentIds: [] }, 'departmentIds'],
		['an unknown field', { nickName: 'x' }, 'nickName'],
		['an inherited field name', { constructor: 'x' }, 'constructor'],
		['null', { jobTitle: null }, 'jobTitle'],
		['a number for a text', { employeeNo: 7 }, 'employeeNo'],
		['a text for a boolean', { isHidden: 'true' }, 'isHidden'],
		['another status', { status: 'ACTIVE' }, 'status'],
		['another kind of account', { employeeType: 'ROBOT' }, 'employeeType'],
		['an address of a foreign domain', { email: 'anna@elsewhere.example' }, 'email'],
		['a malformed address', { email: 'anna example.com' }, 'email'],
		['an address in use', { email: 'BOSS@example.com' }, 'email'],
		['an unknown department', { departmentIds: ['nope'] }, 'departmentIds'],
		['the root by its alias', { departmentIds: ['$root'] }, 'departmentIds'],
		['an unknown manager', { managerEmail: 'nobody@example.com' }, 'managerEmail'],
		['a name of 65 characters', { name: '长'.repeat(65) }, 'name'],
	])('%s is 400 and names the field', async (_what, change, field) => {
		const { status, body } = await call('POST', '/v2/users', { ...newUser(), ...change });
		expect(status).toBe(400);
		expect(body.developerMessage ?? body.message).toContain(field);
		expect(sandbox.alimail.users()).toHaveLength(1);
	});

	test('a name of 64 emoji is within the limit', async () => {
		expect((await call('POST', '/v2/users', newUser({ name: '🎉'.repeat(64) }))).status).toBe(200);
	});

	test.each([
		['too short', 'Zx9!kkLm'],
		['too long', `Zx9!${'kL'.repeat(31)}`],
		['two classes only', 'abcdwxyzuv1'],
		['with the address in it', 'Zx9!anna.li'],
		['a common word', 'Password99!'],
		['one character repeated', 'Zx9!aaaakL'],
	])('a password that is %s is refused, without being repeated', async (_what, password) => {
		const { status, text } = await call('POST', '/v2/users', newUser({ password }));
		expect(status).toBe(400);
		expect(text).toContain('password');
		expect(text).not.toContain(password);
	});

	test('the second of two creates of one address is refused', async () => {
		const answers = await Promise.all([
			call('POST', '/v2/users', newUser()),
			call('POST', '/v2/users', newUser()),
		]);
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
	});
});

describe('update', () => {
	beforeEach(async () => {
		await call(
			'POST',
			'/v2/users',
			newUser({ employeeNo: 'E7', jobTitle: 'Engineer', managerEmail: 'boss@example.com' }),
		);
	});
	const path = '/v2/users/anna.li@example.com';

	test('changes only what is given; an empty text clears', async () => {
		const { body } = await call('PATCH', path, { jobTitle: '', departmentIds: [idOf('研发中心/平台部')] });
		expect(body).toMatchObject({ employeeNo: 'E7', departmentIds: [idOf('研发中心/平台部')] });
		expect(body).not.toHaveProperty('jobTitle');
		await call('PATCH', path, { managerEmail: '' });
		expect(sandbox.alimail.user('anna.li@example.com')?.managerId).toBeUndefined();
	});

	test('FREEZE stamps the time of the service, NORMAL clears it', async () => {
		sandbox.alimail.clock.moveDays(-31);
		await call('PATCH', path, { status: 'FREEZE' });
		sandbox.alimail.clock.moveDays(31);
		await call('PATCH', path, { status: 'FREEZE' });
		const frozen = await call<{ freezedTime: string }>('GET', `${path}?$select=freezedTime,status`);
		const days = (Date.now() - Date.parse(frozen.body.freezedTime)) / 86_400_000;
		expect(Math.round(days)).toBe(31);
		await call('PATCH', path, { status: 'NORMAL' });
		expect((await call('GET', `${path}?$select=freezedTime,status`)).body).toEqual({ status: 'NORMAL' });
	});

	test.each([
		['password', { password: 'Zx9!kkLmno' }],
		['employeeType', { employeeType: 'SERVICE' }],
		['email', { email: 'other@example.com' }],
		['name', { name: '' }],
		['managerEmail', { managerEmail: 'anna.li@example.com' }],
	])('%s cannot be changed like this', async (field, change) => {
		const { status, text } = await call('PATCH', path, change);
		expect(status).toBe(400);
		expect(text).toContain(field);
	});

	test('an unknown account is 404 with the JSON error body', async () => {
		const { status, body } = await call('PATCH', '/v2/users/nobody@example.com', { status: 'FREEZE' });
		expect(status).toBe(404);
		expect(body).toEqual({
			detailErrorCode: 'UserNotFound',
			message: expect.stringContaining('nobody@example.com'),
		});
	});

	test('a deleted account is gone, its address is free and nobody reports to it', async () => {
		const { status, text } = await call('DELETE', '/v2/users/boss@example.com');
		expect([status, text]).toEqual([200, '']);
		expect((await call('GET', '/v2/users/boss@example.com')).status).toBe(404);
		expect((await call('GET', `${path}?$select=managerEmail`)).body).toEqual({});
		expect((await call('POST', '/v2/users', newUser({ email: 'boss@example.com' }))).status).toBe(200);
	});

	test('passwords: reset by an administrator, change by the holder', async () => {
		expect((await call('POST', `${path}/resetPassword`, { password: 'Qp7!yyTrew' })).status).toBe(200);
		const asText = { password: 'Qp7!yyTrew', forceChangePasswordNextSignIn: 'true' };
		expect((await call('POST', `${path}/resetPassword`, asText)).status).toBe(400);
		const wrong = { old: 'Zx9!kkLmno', new: 'Mn8?bbVcxz' };
		expect((await call('POST', `${path}/changePassword`, wrong)).status).toBe(400);
		const right = { old: 'Qp7!yyTrew', new: 'Mn8?bbVcxz' };
		expect((await call('POST', `${path}/changePassword`, right)).status).toBe(200);
	});

	test('aliases: at most five, found by them, removed with a body on DELETE', async () => {
		for (let n = 1; n <= 5; n += 1) {
			expect((await call('POST', `${path}/emailAliases`, { alias: `a${n}@example.com` })).status).toBe(200);
		}
		expect((await call('POST', `${path}/emailAliases`, { alias: 'a6@example.com' })).status).toBe(400);
		expect((await call('GET', '/v2/users/a3@example.com')).body.email).toBe('anna.li@example.com');
		expect((await call('POST', '/v2/users', newUser({ email: 'a3@example.com' }))).status).toBe(400);
		expect((await call('DELETE', `${path}/emailAliases`, { alias: 'A3@example.com' })).status).toBe(200);
		expect((await call('GET', '/v2/users/a3@example.com')).status).toBe(404);
		expect((await call('DELETE', `${path}/emailAliases`)).status).toBe(400);
	});
});
