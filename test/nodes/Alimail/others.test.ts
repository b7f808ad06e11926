import { run, useAlimail, writes } from './support';

const sandbox = useAlimail();

describe('domains', () => {
	beforeEach(() => sandbox.current.alimail.directory.domains[1]!.aliases.push('yh.example'));

	test('get many, with a limit', async () => {
		const all = await run(sandbox.current, 'domain.getAll', { returnAll: true });
		expect(all.map(({ domain, isMaster }) => [domain, isMaster])).toEqual([
			['example.com', true],
			['yunhe.example', false],
		]);
		expect(await run(sandbox.current, 'domain.getAll', { returnAll: false, limit: 1 })).toHaveLength(1);
	});

	test('get, by its name or an alias', async () => {
		for (const value of ['yunhe.example', 'yh.example'])
			expect(
				await run(sandbox.current, 'domain.get', { domain: { __rl: true, mode: 'name', value } }),
			).toEqual([expect.objectContaining({ domain: 'yunhe.example', aliases: ['yh.example'] })]);
		const domain = { __rl: true, mode: 'name', value: 'gone.example' };
		await expect(run(sandbox.current, 'domain.get', { domain })).rejects.toThrow('could not find it');
	});
});

describe('changes of domains', () => {
	const domain = { __rl: true, mode: 'name', value: 'yunhe.example' };

	test('add, verify, and delete', async () => {
		expect(await run(sandbox.current, 'domain.add', { name: '@New.example' })).toEqual([
			expect.objectContaining({ domain: 'new.example' }),
		]);
		sandbox.current.alimail.settings.foreignDomains = ['new.example'];
		const added = { ...domain, value: 'new.example' };
		expect(await run(sandbox.current, 'domain.verify', { domain: added })).toEqual([
			{ domain: 'new.example', isOwner: false },
		]);
		expect(await run(sandbox.current, 'domain.delete', { domain: added })).toEqual([
			{ deleted: true, domain: 'new.example' },
		]);
	});

	test('aliases come and go', async () => {
		await run(sandbox.current, 'domain.addAlias', { domain, alias: 'YH.example' });
		expect(sandbox.current.alimail.directory.domains[1]!.aliases).toEqual(['yh.example']);
		await run(sandbox.current, 'domain.removeAlias', { domain, alias: 'yh.example' });
		expect(sandbox.current.alimail.directory.domains[1]!.aliases).toEqual([]);
	});

	test.each(['localhost', 'a b.example', 'someone@example.com'])('“%s” is no domain', async (name) => {
		await expect(run(sandbox.current, 'domain.add', { name })).rejects.toThrow(/is not a domain/);
		expect(writes(sandbox.current)).toBe(0);
	});
});

test('the organization is changed in what was added alone', async () => {
	const updateFields = { telephone: '+86 571 1', introduction: '' };
	sandbox.current.alimail.directory.organization.introduction = 'Old';
	expect(await run(sandbox.current, 'organization.update', { updateFields })).toEqual([
		{ updated: true, ...updateFields },
	]);
	expect(sandbox.current.alimail.directory.organization).toMatchObject({
		name: 'Sandbox Company',
		...updateFields,
	});
	await expect(run(sandbox.current, 'organization.update', { updateFields: {} })).rejects.toThrow(
		'names no field to change',
	);
	await expect(run(sandbox.current, 'organization.update', { updateFields: { name: '' } })).rejects.toThrow(
		"'Name' is empty",
	);
});

test('the organization', async () => {
	expect(await run(sandbox.current, 'organization.get')).toEqual([
		expect.objectContaining({ name: 'Sandbox Company', domain: 'example.com' }),
	]);
});

describe('a request of one’s own', () => {
	const request = async (parameters: object) =>
		await run(sandbox.current, 'custom.request', { method: 'GET', path: '/v2/users', ...parameters });

	test('reads with query parameters', async () => {
		sandbox.current.alimail.seed({ users: [{ email: 'li@yunhe.example' }, { email: 'wu@yunhe.example' }] });
		const [answer] = await request({ query: '{ "size": 1, "$select": "email" }' });
		expect(answer).toMatchObject({ users: [{ email: 'li@yunhe.example' }], total: 2 });
	});

	test('writes with a body, as JSON text or as an object of an expression', async () => {
		const path = '/v2/organization/$current';
		expect(await request({ method: 'PATCH', path, body: '{ "telephone": "1" }' })).toEqual([
			{ confirmed: false, note: expect.stringContaining('read back') },
		]);
		await request({ method: 'PATCH', path, body: '={{ { address: "杭州" } }}' });
		expect(sandbox.current.alimail.directory.organization).toMatchObject({ telephone: '1', address: '杭州' });
	});

	test.each([
		['v2/users'],
		['//elsewhere.example/v2/users'],
		['https://elsewhere.example/'],
		['/v2/users?size=1'],
		['/v2/../oauth2/v2.0/token'],
		['/v2/users/li wei'],
	])('the path “%s” is refused before sending', async (path) => {
		await expect(request({ path })).rejects.toThrow(/^'Path' must /);
		expect(sandbox.current.requests.total).toBe(0);
	});

	test.each([
		['body', { method: 'POST', body: '{ "a": ' }, "'Body (JSON)' is not valid JSON"],
		['query', { query: '[1]' }, "'Query Parameters (JSON)' must be a JSON object"],
	])('a %s that is no JSON is refused before sending', async (_, parameters, message) => {
		await expect(request(parameters)).rejects.toThrow(message);
		expect(sandbox.current.requests.total).toBe(0);
	});

	test('what the service refuses comes with its words, code and status', async () => {
		const [item] = await run(
			sandbox.current,
			'custom.request',
			{ method: 'GET', path: '/v2/users', query: '{ "colour": "red" }' },
			[{}],
			{ goOn: true },
		);
		expect(item).toEqual({
			error: 'Alimail refused the request',
			details: expect.objectContaining({
				status: 400,
				code: 'InvalidParameter',
				said: 'Unknown query parameter "colour". – field: colour',
			}),
		});
		await expect(request({ path: '/v2/nothing' })).rejects.toThrow('Alimail could not find it');
	});

	describe('of which the answer is lost', () => {
		const post = { method: 'POST', path: '/v2/departments', body: '{ "name": "New", "parentId": "$root" }' };

		test('is not repeated, and said to be unknown', async () => {
			sandbox.current.faults.add({ service: 'alimail', method: 'POST', path: post.path, kind: 'resetAfter' });
			await expect(request(post)).rejects.toThrow('It is not known whether this was done');
			expect(writes(sandbox.current)).toBe(1);
		});

		test('is repeated when it is marked as safe to repeat', async () => {
			sandbox.current.faults.add({
				service: 'alimail',
				method: 'POST',
				path: post.path,
				kind: 'resetBefore',
			});
			expect(await request({ ...post, safe: true })).toEqual([expect.objectContaining({ name: 'New' })]);
			expect(writes(sandbox.current)).toBe(2);
		});
	});
});
