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
describe('list', () => {
	interface Page {
		users: Array<{ email: string }>;
		nextCursor?: string;
		hasMore: boolean;
		total: number;
	}
	const emails = async (query: string) => {
		const { status, body } = await call<Page>('GET', `/v2/users?${query}`);
		expect([status, body]).toEqual([200, expect.anything()]);
		return body.users.map(({ email }) => email);
	};
	const filter = (text: string) => emails(`filter=${encodeURIComponent(text)}`);

	beforeEach(() => {
		sandbox.alimail.seed({
			users: [
				{
					email: 'a.lee@example.com',
					name: 'Anna Lee',
					employeeNo: 'E1',
					department: 'Sales',
					managerEmail: 'boss@example.com',
				},
				{ email: 'b@example.com', name: 'Bob (Ext)', employeeNo: 'E2', department: '研发中心' },
				{
					email: 'c@example.com',
					name: '王芳',
					employeeNo: 'E3',
					department: '研发中心/平台部/Core',
					status: 'FREEZE',
				},
			],
		});
	});

	test.each([
		['(employeeNo=e2)', ['b@example.com']],
		['(name=*lee*)', ['a.lee@example.com']],
		['(name=王*)', ['c@example.com']],
		['(status=FREEZE)', ['c@example.com']],
		['(!(status=FREEZE))', ['boss@example.com', 'a.lee@example.com', 'b@example.com']],
		['(|(email=b@example.com)(employeeNo=E1))', ['a.lee@example.com', 'b@example.com']],
		['(&(domain=example.com)(name=*o*)(!(employeeNo=*)))', ['boss@example.com']],
		['(employeeNo=E.)', []],
	])('filter %s', async (text, expected) => {
		expect(await filter(text)).toEqual(expected);
	});

	test('filter by department, direct and with sub-departments, and by manager', async () => {
		const rd = idOf('研发中心');
		expect(await filter(`(departmentId=${rd})`)).toEqual(['b@example.com']);
		expect(await filter(`(departmentId=${rd}*)`)).toEqual(['b@example.com', 'c@example.com']);
		expect(await filter(`(&(departmentId=${rd}*)(!(status=FREEZE)))`)).toEqual(['b@example.com']);
		expect(await filter(`(managerId=${sandbox.alimail.user('boss@example.com')?.id})`)).toEqual([
			'a.lee@example.com',
		]);
	});

	test.each([
		'',
		'size=0',
		'size=101',
		'cursor=zzz',
		'order=DESC',
		'orderby=phone',
		'$select=salary',
		'managed=yes',
		'page=2',
		'size=1&size=2',
	])('query "%s"', async (query) => {
		expect((await call('GET', `/v2/users?${query}`)).status).toBe(query === '' ? 200 : 400);
	});

	test.each([
		'(name=x',
		'name=x',
		'(&)',
		'(salary=1)',
		'(name=)',
		'(name=a\\28)',
		'(name=x))',
		`${'(!'.repeat(50)}(name=x)${')'.repeat(50)}`,
	])('the filter %s is 400', async (text) => {
		const { status, body } = await call('GET', `/v2/users?filter=${encodeURIComponent(text)}`);
		expect(status).toBe(400);
		expect(body.message).toContain('filter');
	});

	test('pages give every account once, also when one is deleted in between', async () => {
		sandbox.alimail.seed({
			users: Array.from({ length: 250 }, (_, n) => ({ email: `p${n}@example.com`, department: 'Sales' })),
		});
		for (const query of ['', `&filter=(departmentId=${idOf('Sales')})`]) {
			const seen: string[] = [];
			let cursor: string | undefined = '';
			let pages = 0;
			do {
				const { body }: { body: Page } = await call<Page>(
					'GET',
					`/v2/users?size=50${query}&cursor=${cursor}`,
				);
				seen.push(...body.users.map(({ email }) => email));
				if (pages === 1 && query === '') await call('DELETE', '/v2/users/p3@example.com');
				if (pages === 1 && query !== '') await call('DELETE', '/v2/users/p4@example.com');
				cursor = body.nextCursor;
				expect(body.hasMore).toBe(cursor !== undefined);
				pages += 1;
			} while (cursor);
			expect(new Set(seen).size).toBe(seen.length);
			expect(seen.length).toBe(query === '' ? 254 : 250);
			expect(pages).toBe(query === '' ? 6 : 5);
		}
	});

	test('a cursor belongs to its search', async () => {
		const { body } = await call<Page>('GET', '/v2/users?size=1');
		expect((await call('GET', `/v2/users?size=1&filter=(name=*)&cursor=${body.nextCursor}`)).status).toBe(
			400,
		);
	});

	test('order', async () => {
		expect(await emails('orderby=name&order=DES&size=2')).toEqual(['c@example.com', 'boss@example.com']);
	});

	test('by ids: unknown ones are left out', async () => {
		const ids = [sandbox.alimail.user('b@example.com')?.id, 'nope'];
		const { body } = await call<Page>('POST', '/v2/users/listByIds', { ids });
		expect(body.users.map(({ email }) => email)).toEqual(['b@example.com']);
		const tooMany = Array.from({ length: 101 }, (_, n) => `u${n}`);
		expect((await call('POST', '/v2/users/listByIds', { ids: tooMany })).status).toBe(400);
	});
});
