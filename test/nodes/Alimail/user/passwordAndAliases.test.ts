import { run, useAlimail, writes } from '../support';

const sandbox = useAlimail();

const user = { __rl: true, mode: 'email', value: 'li@yunhe.example' };
const li = () => sandbox.current.alimail.user('li@yunhe.example')!;

beforeEach(() =>
	sandbox.current.alimail.seed({ users: [{ email: 'li@yunhe.example' }, { email: 'wu@yunhe.example' }] }),
);

describe('reset password', () => {
	test('to one of one’s own', async () => {
		const before = li().passwordHash;
		const [answer] = await run(sandbox.current, 'user.resetPassword', {
			user,
			password: 'Right-Horse-7',
			forceChange: false,
		});
		expect(answer).toEqual({ user: 'li@yunhe.example', passwordReset: true });
		expect(li().passwordHash).not.toBe(before);
		expect(li().forceChangePasswordNextSignIn).toBe(false);
	});

	test('to a random one, shown once, that has to be changed', async () => {
		const [answer] = await run(sandbox.current, 'user.resetPassword', { user });
		expect(answer!.initialPassword).toHaveLength(16);
		expect(li().forceChangePasswordNextSignIn).toBe(true);
	});

	test('random passwords always meet the policy', async () => {
		const items = Array.from({ length: 200 }, () => ({}));
		const answers = await run(sandbox.current, 'user.resetPassword', { user }, items);
		expect(new Set(answers.map(({ initialPassword }) => initialPassword)).size).toBe(200);
	});

	test('a weak one is refused before sending, and is not repeated', async () => {
		const resetting = run(sandbox.current, 'user.resetPassword', { user, password: 'verysimple' });
		await expect(resetting).rejects.toThrow(/^'New Password' is too simple/);
		await expect(resetting).rejects.not.toThrow('verysimple');
		expect(writes(sandbox.current)).toBe(0);
	});
});

describe('aliases', () => {
	const add = async (alias: string, more = {}) =>
		await run(sandbox.current, 'user.addAlias', { user, alias, ...more });

	test('added, shown as sender if wished, and removed', async () => {
		expect(await add('sales@yunhe.example', { asDefault: true })).toEqual([
			{ user: 'li@yunhe.example', alias: 'sales@yunhe.example', added: true },
		]);
		expect(li()).toMatchObject({
			emailAliases: ['sales@yunhe.example'],
			defaultAlias: 'sales@yunhe.example',
		});
		expect(await run(sandbox.current, 'user.removeAlias', { user, alias: 'sales@yunhe.example' })).toEqual([
			{ user: 'li@yunhe.example', alias: 'sales@yunhe.example', removed: true },
		]);
		expect(li().emailAliases).toEqual([]);
	});

	test('the sixth is refused with Alimail’s reason', async () => {
		const items = [1, 2, 3, 4, 5].map((number) => ({ alias: `a${number}@yunhe.example` }));
		await run(sandbox.current, 'user.addAlias', { user, alias: '={{ $json.alias }}' }, items);
		expect(li().emailAliases).toHaveLength(5);
		const error = await add('a6@yunhe.example').catch(
			(e: unknown) => e as { message: string; description: string },
		);
		expect(error).toMatchObject({
			message: expect.stringContaining('refused'),
			description: expect.stringContaining('at most 5 aliases'),
		});
		expect(li().emailAliases).toHaveLength(5);
	});

	test.each([
		['an address that somebody has', 'wu@yunhe.example', /already in use/],
		['another domain', 'li@elsewhere.example', /does not belong to this organization/],
	])('%s is refused', async (_, alias, words) => {
		const error = await add(alias).catch((e: unknown) => e as { description: string });
		expect((error as { description: string }).description).toMatch(words);
		expect(li().emailAliases).toEqual([]);
	});

	test('what is no address is refused before sending', async () => {
		await expect(add('sales')).rejects.toThrow("'Alias' is not a mail address: “sales”");
		expect(writes(sandbox.current)).toBe(0);
	});

	test('an answer that is lost: the alias is looked up and not added twice', async () => {
		sandbox.current.faults.add({
			service: 'alimail',
			method: 'POST',
			kind: 'resetAfter',
			path: /emailAliases/,
		});
		expect(await add('Sales@yunhe.example')).toEqual([expect.objectContaining({ added: true })]);
		expect(writes(sandbox.current)).toBe(1);
	});

	test('removing one that the account does not have', async () => {
		const removing = run(sandbox.current, 'user.removeAlias', { user, alias: 'x@yunhe.example' });
		await expect(removing).rejects.toThrow('Alimail refused the request');
	});
});
