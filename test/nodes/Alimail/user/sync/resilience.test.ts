import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import type { Fault } from '../../../../../sandbox';
import { NODE, runNode } from '../../../../support/runNode';
import {
	account,
	node,
	people,
	person,
	requests,
	seedPeople,
	syncAnyway as sync,
	syncParameters,
	useAlimail,
	writes,
} from '../../support';

const sandbox = useAlimail();

/** A fault without its service. */
type Trouble = Fault extends infer F ? (F extends Fault ? Omit<F, 'service'> : never) : never;
const trouble = (fault: Trouble) => sandbox.current.faults.add({ service: 'alimail', ...fault } as Fault);

/** Everyone there once, with the right number, and nothing left to do. */
async function expectConverged(rows: ReturnType<typeof people>, credential = {}) {
	const numbers = sandbox.current.alimail.users().map(({ employeeNo }) => employeeNo);
	expect(numbers.sort()).toEqual(rows.map(({ no }) => no).sort());
	const { users, problems } = await sync(sandbox.current, rows, {}, { credential });
	expect([users, problems]).toEqual([[], []]);
}

describe('what a run costs', () => {
	test('nothing to do: a request for each 100 accounts, each department with others below, and the domains', async () => {
		seedPeople(sandbox.current, people(250));
		sandbox.current.alimail.seed({ departments: Array.from({ length: 120 }, (_, i) => `Sales/Team ${i}`) });
		const { summary } = await sync(sandbox.current, people(250));
		// 3 pages of users; the top; what is below it, R&D, and two pages for Sales; the domains.
		expect(requests(sandbox.current)).toBe(3 + 1 + 4 + 1);
		expect(writes(sandbox.current)).toBe(0);
		expect(summary).toMatchObject({ unchanged: 250, headline: 'Nothing was changed.' });
	});

	test('one percent changed: exactly those writes', async () => {
		seedPeople(sandbox.current, people(300));
		const rows = [...people(298), person(299, { title: 'Lead' }), person(301)];
		await sync(sandbox.current, rows);
		const of = (method: string) =>
			sandbox.current.requests.count({ service: 'alimail', method, path: '/v2/users/:user' });
		expect(of('PATCH')).toBe(2);
		expect(writes(sandbox.current)).toBe(3);
		expect(requests(sandbox.current)).toBe(3 + 1 + 2 + 1 + 3);
	});
});

describe('faults while a plan is applied: everybody is done, and nobody twice', () => {
	// Nobody waits for a manager, so that the faults meet requests that are under way side by side.
	const rows = people(40).map((row) => ({ ...row, manager: '' }));
	const fewer = rows.slice(0, 36);

	test.each<[string, Trouble]>([
		['connections cut before', { kind: 'resetBefore', method: 'POST', path: '/v2/users', times: 3 }],
		['connections cut after', { kind: 'resetAfter', method: 'POST', path: '/v2/users', times: 3 }],
		[
			'cut after a department was made',
			{ kind: 'resetAfter', method: 'POST', path: '/v2/departments', times: 2 },
		],
		['an HTML error page', { kind: 'html', method: 'POST', path: '/v2/users', times: 2 }],
		['a token that is revoked', { kind: 'tokenRevoked', method: 'POST', times: 1 }],
		['429 without Retry-After', { kind: 'status', status: 429, method: 'POST', after: 5, times: 3 }],
		[
			'503',
			{
				kind: 'status',
				status: 503,
				headers: { 'retry-after': '1' },
				method: 'POST',
				path: '/v2/users',
				times: 5,
			},
		],
	])('%s', async (_, fault) => {
		const armed = trouble(fault);
		const { problems, summary } = await sync(sandbox.current, rows);
		expect(armed.left).toBe(0);
		// Of an account that was only found again, nobody knows the password.
		const found = problems.filter(({ severity }) => severity === 'password');
		expect(found).toHaveLength(fault.kind === 'resetAfter' && fault.path === '/v2/users' ? 3 : 0);
		expect(problems).toHaveLength(found.length);
		expect(summary).toMatchObject({ created: 40, passwordsNotKnown: found.length });
		expect(
			sandbox.current.alimail
				.departments()
				.map(({ name }) => name)
				.sort(),
		).toEqual(['Platform', 'R&D', 'Sales', 'Sandbox Company']);
		await expectConverged(rows);
	});

	test('a service that takes far fewer requests than this was told', async () => {
		Object.assign(sandbox.current.alimail.settings, { requestsPerSecond: 30, retryAfter: true });
		const { problems, summary } = await sync(sandbox.current, rows);
		expect(problems).toEqual([]);
		expect(sandbox.current.alimail.rate.refused).toBeGreaterThan(0);
		expect(summary.throttled).toBe(sandbox.current.alimail.rate.refused);
		expect(Number(summary.waitedSeconds)).toBeGreaterThan(0.5);
		await expectConverged(rows);
	});

	test.each<[string, Trouble]>([
		['freezes', { kind: 'resetAfter', method: 'PATCH', times: 2 }],
		['deletes', { kind: 'resetAfter', method: 'DELETE', times: 2 }],
	])('%s of which the answer is lost', async (_, fault) => {
		seedPeople(sandbox.current, rows);
		trouble(fault);
		const leavers = fault.method === 'DELETE' ? 'delete' : 'disable';
		const { problems, summary } = await sync(sandbox.current, fewer, { leavers });
		expect(problems).toEqual([]);
		expect(Number(summary.frozen) + Number(summary.deleted)).toBe(4);
		expect((await sync(sandbox.current, fewer, { leavers })).users).toEqual([]);
	});
});

test('a create of which nothing is known is said to be unknown, and the next run sees that it was done', async () => {
	trouble({ kind: 'resetAfter', method: 'POST', path: '/v2/users' });
	trouble({ kind: 'status', status: 403, method: 'GET', path: /^\/v2\/users\/./, times: Infinity });
	const rows = people(5);
	const { problems, summary, users } = await sync(sandbox.current, rows);
	expect(summary).toMatchObject({ unknown: 1 });
	expect(problems.find(({ severity }) => severity === 'unknown')).toMatchObject({
		message: expect.stringMatching(/^Item \d \(person\d@yunhe.example\) may or may not have been created: /),
		remedy: expect.stringMatching(
			/^Look in the Alimail admin console whether person\d@yunhe.example is there/,
		),
	});
	expect(users.filter(({ status }) => status === 'unknown')).toHaveLength(1);
	sandbox.current.faults.clear();
	await sync(sandbox.current, rows);
	await expectConverged(rows);
});

test('accounts that fail are done by the next run, and only those', async () => {
	trouble({ kind: 'status', status: 400, method: 'POST', path: '/v2/users', after: 10, times: 10 });
	const rows = people(40);
	const first = await sync(sandbox.current, rows);
	expect(first.summary.failed).toBe(10);
	const before = writes(sandbox.current);
	await sync(sandbox.current, rows);
	expect(sandbox.current.alimail.users()).toHaveLength(40);
	expect(writes(sandbox.current) - before).toBe(10);
	await expectConverged(rows);
});

test.each([
	['the second page of users', { path: '/v2/users', after: 1 }],
	['departments', { path: /^\/v2\/departments\/[^$]/ }],
	['domains', { path: '/v2/domains', times: Infinity }],
])('%s cannot be read: the run stops before anything is done', async (_, where) => {
	seedPeople(sandbox.current, people(150));
	trouble({ kind: 'html', status: 404, method: 'GET', ...where });
	const { error } = await sync(
		sandbox.current,
		people(150).map((row) => ({ ...row, title: 'Lead' })),
	);
	expect(error!.message).toBe('A web page came back where Alimail should have sent data');
	expect(writes(sandbox.current)).toBe(0);
});

/** Everybody whom a run has made that broke off: created, without a password, with what to do; and nobody's password is made up. */
function expectReported(users: IDataObject[], problems: IDataObject[], number: number): void {
	const reported = users.filter(({ firstPassword }) => firstPassword === 'not known');
	expect(reported).toHaveLength(number);
	expect(reported.every(({ action, status }) => action === 'create' && status === 'done')).toBe(true);
	expect(reported.filter(({ initialPassword }) => initialPassword !== undefined)).toEqual([]);
	expect(problems.map(({ severity }) => severity)).toEqual(Array.from({ length: number }, () => 'password'));
}

describe('a run that ends in the middle', () => {
	const rows = people(120);
	const slow = { requestsPerSecond: 60 };
	const guards = { firstLoad: 120 };

	test('killed: the next run does the rest, and none is doubled', async () => {
		const spec = node(sandbox.current, syncParameters({ guards }), { credential: slow });
		const child = spawn(
			process.execPath,
			['--import', 'tsx', join(__dirname, 'killedRun.ts'), JSON.stringify({ spec, rows })],
			{ stdio: 'inherit' },
		);
		const exited = once(child, 'exit');
		while (sandbox.current.alimail.users().length < 20 && child.exitCode === null) await pause(10);
		child.kill('SIGKILL');
		await exited;
		// What was under way may still arrive.
		await pause(200);
		const done = sandbox.current.alimail.users().length;
		expect(done).toBeGreaterThanOrEqual(20);
		expect(done).toBeLessThan(120);
		const { summary, problems, users } = await sync(sandbox.current, rows);
		expect(summary).toMatchObject({ created: 120 - done, passwordsNotKnown: done });
		expectReported(users, problems, done);
		await expectConverged(rows);
		// Another process loads n8n in it, which takes its time on a busy machine.
	}, 300_000);

	test('stopped in n8n: nothing new is started, what was done is told, and the next run does the rest', async () => {
		// What other tests have made is remembered for another account.
		const own = { domain: 'stopped.example' };
		const spec = node(sandbox.current, syncParameters({ guards }), { credential: { ...slow, ...own } });
		const stop = new AbortController();
		const running = runNode(spec, rows, {
			started: (execution) => {
				const { abortController } = execution as unknown as { abortController: AbortController };
				stop.signal.addEventListener('abort', () => abortController.abort());
			},
		});
		while (account(sandbox.current, 1) === undefined) await pause(5);
		stop.abort();
		const stopped = await running;
		const done = sandbox.current.alimail.users().length;
		expect(done).toBeLessThan(120);
		const statuses = stopped.json(NODE, 0).map(({ status }) => status);
		const number = (wanted: string) => statuses.filter((status) => status === wanted).length;
		// What was under way at that moment may have been carried out, and nobody was told.
		expect(number('done')).toBeLessThanOrEqual(done);
		expect(number('done') + number('unknown')).toBeGreaterThanOrEqual(done);
		expect(statuses).toContain('not started');
		const { users, problems, summary } = await sync(sandbox.current, rows, {}, { credential: own });
		expect(summary).toMatchObject({ created: 120 - done, passwordsNotKnown: done });
		expectReported(users, problems, done);
		await expectConverged(rows, own);
	});
});
