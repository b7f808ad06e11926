import type { IDataObject } from 'n8n-workflow';
import { account, people, person, sync, useAlimail } from '../../support';

const sandbox = useAlimail();

/** An account as a run leaves it that was killed: nobody has seen its end. Each test looks at an account of its own. */
let number = 0;
const credential = () => ({ domain: `company${++number}.example` });
const orphan = (no: number, ago: number, more: object = {}) => {
	const { email, name, no: employeeNo, department } = person(no);
	const createdTime = new Date(Date.now() - ago * 60_000).toISOString();
	sandbox.current.alimail.seed({ users: [{ email, name, employeeNo, department, createdTime, ...more }] });
};
const reported = (users: IDataObject[]) =>
	users
		.filter(({ firstPassword }) => firstPassword === 'not known')
		.map(({ user }) => (user as IDataObject).employeeNo);

test('accounts of a run that was killed are created people without a password, once, and a reset is offered', async () => {
	const as = credential();
	orphan(1, 10);
	orphan(2, 10, { lastLoginTime: new Date().toISOString() });
	orphan(3, 3 * 24 * 60);
	const { users, problems, summary } = await sync(sandbox.current, people(5), {}, { credential: as });
	expect(reported(users)).toEqual(['E1']);
	const item = users.find(({ firstPassword }) => firstPassword !== undefined)!;
	expect(item).toMatchObject({ action: 'create', status: 'done', id: account(sandbox.current, 1)!.id });
	expect(item.initialPassword).toBeUndefined();
	expect(problems).toEqual([
		expect.objectContaining({
			severity: 'password',
			row: 1,
			remedy: expect.stringContaining('User → Reset Password'),
		}),
	]);
	expect(summary).toMatchObject({ created: 2, passwordsNotKnown: 1 });
	expect(summary.headline).toContain('1 first password not known');
	const again = await sync(sandbox.current, people(5), {}, { credential: as });
	expect([again.users.filter(({ firstPassword }) => firstPassword), again.problems]).toEqual([[], []]);
});

test('a published workflow remembers its last run, however long ago, over a restart of n8n', async () => {
	const [here, restarted] = [credential(), credential()];
	const staticData: IDataObject = {};
	await sync(sandbox.current, people(1), {}, { credential: here, staticData });
	// A process that remembers nothing itself: an account that this one has not seen.
	const stored = JSON.parse(
		JSON.stringify(staticData).replaceAll(here.domain, restarted.domain),
	) as typeof staticData;
	const [{ firstPasswords: memory }] = Object.values(stored) as [{ firstPasswords: { since: number } }];
	memory.since -= 10 * 24 * 60 * 60_000;
	orphan(2, 9 * 24 * 60);
	orphan(3, 11 * 24 * 60);
	const { users } = await sync(sandbox.current, people(3), {}, { credential: restarted, staticData: stored });
	expect(reported(users)).toEqual(['E2']);
});

test('a preview and a held run report nobody, and the run that goes through does', async () => {
	const as = credential();
	orphan(1, 10);
	const preview = await sync(sandbox.current, people(3), { mode: 'preview' }, { credential: as });
	expect(reported(preview.users)).toEqual([]);
	const held = await sync(sandbox.current, people(30), {}, { credential: as });
	expect([held.summary.hold, reported(held.users)]).toEqual(['everything', []]);
	expect(reported((await sync(sandbox.current, people(3), {}, { credential: as })).users)).toEqual(['E1']);
});

test('a create whose answer got lost and that was found again has no password: another run may have made it', async () => {
	sandbox.current.faults.add({ service: 'alimail', kind: 'resetAfter', method: 'POST', path: '/v2/users' });
	const { users, problems } = await sync(sandbox.current, [person(1)], {}, { credential: credential() });
	expect(users[0]).toMatchObject({ action: 'create', status: 'done', firstPassword: 'not known' });
	expect(users[0]!.initialPassword).toBeUndefined();
	expect(problems).toEqual([expect.objectContaining({ severity: 'password', row: 1 })]);
});
