import { people, run, seedPeople, useAlimail, writes } from '../support';

const sandbox = useAlimail();

const byEmail = (value: string) => ({ __rl: true, mode: 'email', value });
const byPath = (value: string) => ({ __rl: true, mode: 'path', value });
const li = () => sandbox.current.alimail.user('li@yunhe.example')!;

beforeEach(() => sandbox.current.alimail.seed({ departments: ['R&D/Platform', 'Sales'] }));

describe('create', () => {
	const wanted = { email: 'li@yunhe.example', name: '李伟', department: byPath('R&D/Platform') };

	test('with a password of one’s own, which is not in the answer', async () => {
		const [made] = await run(sandbox.current, 'user.create', {
			...wanted,
			password: 'Right-Horse-7',
			forceChange: false,
			additionalFields: { employeeNo: 'E1', jobTitle: 'Lead', isHidden: true, employeeType: 'SERVICE' },
		});
		expect(made).toMatchObject({ id: li().id, email: 'li@yunhe.example', name: '李伟' });
		expect(made).not.toHaveProperty('initialPassword');
		expect(JSON.stringify(made)).not.toContain('Right-Horse-7');
		expect(li()).toMatchObject({
			employeeNo: 'E1',
			jobTitle: 'Lead',
			isHidden: true,
			employeeType: 'SERVICE',
			forceChangePasswordNextSignIn: false,
		});
		expect(sandbox.current.alimail.pathsOf(li())).toEqual(['R&D/Platform']);
	});

	test('with a random password, shown once, that has to be changed', async () => {
		const [made] = await run(sandbox.current, 'user.create', wanted);
		expect(made!.initialPassword).toMatch(/^[A-Za-z0-9!#%+=?@_-]{16}$/);
		expect(li().forceChangePasswordNextSignIn).toBe(true);
		const [again] = await run(sandbox.current, 'user.create', { ...wanted, email: 'wu@yunhe.example' });
		expect(again!.initialPassword).not.toBe(made!.initialPassword);
	});

	test.each([
		[
			'a weak password',
			{ password: 'abcdefghij' },
			/^'Initial Password' is too simple: Alimail wants three of/,
		],
		['a short password', { password: 'Ab1!' }, /^'Initial Password' has 4 characters; Alimail wants 9 to 64/],
		['a wrong address', { email: 'li@' }, /^'Email Address' is not a mail address: “li@”/],
		['no name', { name: ' ' }, /^'Name' is empty/],
		['no such department', { department: byPath('R&D/Gone') }, /^There is no department “R&D\/Gone”/],
	])('refuses before sending: %s', async (_, more, message) => {
		const creating = run(sandbox.current, 'user.create', { ...wanted, ...more });
		await expect(creating).rejects.toThrow(message);
		await expect(creating).rejects.not.toThrow('abcdefghij');
		expect(writes(sandbox.current)).toBe(0);
	});

	test('what Alimail refuses comes with its words; with "Continue" the other items are done', async () => {
		const items = [{ email: 'li@yunhe.example' }, { email: 'wu@elsewhere.example' }];
		const made = await run(
			sandbox.current,
			'user.create',
			{ ...wanted, email: '={{ $json.email }}', password: 'Right-Horse-7' },
			items,
			{ goOn: true },
		);
		expect(made).toEqual([
			expect.objectContaining({ email: 'li@yunhe.example' }),
			{
				error: 'Alimail refused the request',
				details: expect.objectContaining({
					item: 1,
					status: 400,
					said: expect.stringContaining('does not belong to this organization'),
				}),
			},
		]);
	});

	test('an answer that is lost does not make a second mailbox', async () => {
		sandbox.current.faults.add({ service: 'alimail', method: 'POST', path: '/v2/users', kind: 'resetAfter' });
		const [made] = await run(sandbox.current, 'user.create', wanted);
		expect(made).toMatchObject({ id: li().id, initialPassword: expect.any(String) });
		expect(sandbox.current.requests.count({ method: 'POST', path: '/v2/users' })).toBe(1);
	});

	test('a mailbox of somebody else is not taken for the one whose answer was lost', async () => {
		// Made at the same moment by somebody else: its time alone does not tell them apart.
		const createdTime = new Date().toISOString();
		sandbox.current.alimail.seed({
			users: [{ email: 'li@yunhe.example', name: 'Li Na', employeeNo: 'E9', createdTime }],
		});
		sandbox.current.faults.add({
			service: 'alimail',
			method: 'POST',
			path: '/v2/users',
			kind: 'resetBefore',
		});
		await expect(run(sandbox.current, 'user.create', wanted)).rejects.toThrow(
			'The account li@yunhe.example was there already, and is not the one that was asked for: it differs in employeeNo, name',
		);
	});
});

describe('an account that exists', () => {
	beforeEach(() => {
		seedPeople(sandbox.current, people(2));
		sandbox.current.alimail.seed({
			users: [
				{ email: 'li@yunhe.example', name: '李伟', jobTitle: 'Engineer', phone: '1', department: 'Sales' },
			],
		});
	});

	test('get: all fields, by address or by ID', async () => {
		const [found] = await run(sandbox.current, 'user.get', { user: byEmail('li@yunhe.example') });
		expect(found).toMatchObject({
			id: li().id,
			name: '李伟',
			phone: '1',
			status: 'NORMAL',
			isHidden: false,
			departmentPath: { paths: [{ segments: ['Sales'] }] },
		});
		const [same] = await run(sandbox.current, 'user.get', {
			user: { __rl: true, mode: 'id', value: li().id },
		});
		expect(same).toEqual(found);
	});

	test.each(['get', 'freeze', 'unfreeze', 'delete', 'resetPassword'])(
		'%s: nobody has this address',
		async (name) => {
			const asking = run(sandbox.current, `user.${name}`, { user: byEmail('nobody@yunhe.example') });
			await expect(asking).rejects.toThrow('Alimail could not find it');
		},
	);

	test('an address that would climb out of its place in the URL is no address', async () => {
		await expect(run(sandbox.current, 'user.delete', { user: byEmail('..') })).rejects.toThrow(
			'“..” is not an ID or address',
		);
		await expect(run(sandbox.current, 'user.delete', { user: byEmail('a/../b?x=1') })).rejects.toThrow(
			'could not find it',
		);
		expect(sandbox.current.requests.list({ method: 'DELETE' })[0]!.path).toBe('/v2/users/a%2F..%2Fb%3Fx%3D1');
	});

	test('update: only the fields that were added, and an added empty one is cleared', async () => {
		const [changed] = await run(sandbox.current, 'user.update', {
			user: byEmail('li@yunhe.example'),
			updateFields: { jobTitle: 'Lead', phone: '', managerEmail: 'person1@yunhe.example', isHidden: true },
		});
		expect(changed).toMatchObject({ id: li().id, jobTitle: 'Lead' });
		expect(li()).toMatchObject({ jobTitle: 'Lead', name: '李伟', isHidden: true });
		expect(li().phone).toBeUndefined();
		expect(li().managerId).toBe(sandbox.current.alimail.user('person1@yunhe.example')!.id);
		expect(sandbox.current.alimail.pathsOf(li())).toEqual(['Sales']);
	});

	test('update: a move to another department by its path', async () => {
		await run(sandbox.current, 'user.update', {
			user: byEmail('li@yunhe.example'),
			updateFields: { department: byPath('r&d / platform') },
		});
		expect(sandbox.current.alimail.pathsOf(li())).toEqual(['R&D/Platform']);
	});

	test.each([
		['no field', {}, "'Update Fields' names no field to change"],
		['an empty name', { name: '' }, "'Name' is empty"],
		['a department that is not there', { department: byPath('Gone') }, 'There is no department “Gone”'],
	])('update with %s is refused before sending', async (_, updateFields, message) => {
		const updating = run(sandbox.current, 'user.update', { user: byEmail('li@yunhe.example'), updateFields });
		await expect(updating).rejects.toThrow(message);
		expect(writes(sandbox.current)).toBe(0);
	});

	test('freeze and unfreeze', async () => {
		const user = byEmail('li@yunhe.example');
		expect(await run(sandbox.current, 'user.freeze', { user })).toEqual([
			expect.objectContaining({ id: li().id, status: 'FREEZE' }),
		]);
		expect(li()).toMatchObject({ status: 'FREEZE', freezedTime: expect.any(String) });
		await run(sandbox.current, 'user.unfreeze', { user });
		expect(li().status).toBe('NORMAL');
	});

	test('delete; gone already after a lost answer is deleted too', async () => {
		sandbox.current.faults.add({ service: 'alimail', method: 'DELETE', kind: 'resetAfter' });
		const deleted = await run(sandbox.current, 'user.delete', { user: '={{ $json.email }}' }, [
			{ email: 'li@yunhe.example' },
			{ email: 'person2@yunhe.example' },
		]);
		expect(deleted).toEqual([
			{ deleted: true, user: 'li@yunhe.example' },
			{ deleted: true, user: 'person2@yunhe.example' },
		]);
		expect(sandbox.current.alimail.users()).toHaveLength(1);
	});
});
