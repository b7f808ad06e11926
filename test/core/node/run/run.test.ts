import { NODE, runNode } from '../../../support/runNode';
import { useSandbox } from '../../../support/services';
import { alimail, createUser, getUser, people, person, sendEmail } from '../../support/nodes';

const sandbox = useSandbox();
beforeEach(() => {
	sandbox.current.alimail.settings.requestsPerSecond = 10_000;
});

const continues = { onError: 'continueErrorOutput' } as const;
const creations = () => sandbox.current.requests.count({ method: 'POST', path: '/v2/users' });

test('answers come out in item order, whichever is first; each says which item it belongs to', async () => {
	sandbox.current.alimail.seed({ users: people(60) });
	for (const no of [0, 3, 20, 41])
		sandbox.current.faults.add({
			service: 'alimail',
			kind: 'slow',
			ms: 80,
			path: new RegExp(`person${no}%40`),
		});
	const run = await runNode(getUser(sandbox.current), people(60));
	expect(run.items(NODE).map(({ json, pairedItem }) => [json.email, pairedItem])).toEqual(
		people(60).map(({ email }, item) => [email, { item }]),
	);
});

test('an item with several results: all of them belong to it', async () => {
	sandbox.current.alimail.seed({ users: people(5) });
	const node = alimail(sandbox.current, {
		parameters: { resource: 'user', operation: 'getAll', returnAll: false, limit: '={{ $json.wanted }}' },
	});
	const run = await runNode(node, [{ wanted: 2 }, { wanted: 5 }, { wanted: 1 }]);
	expect(run.items(NODE).map(({ pairedItem }) => pairedItem)).toEqual(
		[0, 0, 1, 1, 1, 1, 1, 2].map((item) => ({ item })),
	);
});

test('items run side by side, never more than the budget has places', async () => {
	sandbox.current.alimail.seed({ users: people(72) });
	sandbox.current.faults.add({ service: 'alimail', kind: 'slow', ms: 500, path: /users/, times: Infinity });
	const { engine } = await runNode(getUser(sandbox.current), people(1));
	const fast = { credential: { requestsPerSecond: 1_000 } };
	await runNode(getUser(sandbox.current, fast), people(72), { engine });
	const log = sandbox.current.requests.list({ path: /users\// }).slice(1);
	const spans = log.map(({ at, ms }) => ({ from: Date.parse(at) - ms + 5, to: Date.parse(at) - 5 }));
	const most = Math.max(
		...spans.map(({ from }) => spans.filter((s) => s.from <= from && from < s.to).length),
	);
	// Alimail begins with 24 and goes up to 64 when the rate and the distance ask for more.
	expect(most).toBeLessThanOrEqual(64);
	expect(most).toBeGreaterThan(8);
});

describe('without "Continue"', () => {
	test('one failing item: no new work is started, what is under way is finished, and told', async () => {
		const rows = people(100);
		rows[3] = { email: 'someone@elsewhere.example', name: 'Elsewhere' };
		sandbox.current.faults.add({
			service: 'alimail',
			kind: 'slow',
			ms: 30,
			path: '/v2/users',
			times: Infinity,
		});
		const { error, items } = await (async () => {
			const run = await runNode(createUser(sandbox.current), rows);
			return { error: run.error, items: run.items(NODE) };
		})();
		expect(items).toEqual([]);
		expect(error).toMatchObject({ message: expect.stringContaining('[item 3]'), context: { itemIndex: 3 } });
		const made = sandbox.current.alimail.users().length;
		expect(creations()).toBe(made + 1);
		expect(made).toBeLessThan(3 * 24);
		expect(error!.description).toContain(`${made} of the other 99 items were already done`);
		expect(error!.description).toContain('Continue (using error output)');
	});

	test('the first failing item in order is the one that is told, whichever failed first', async () => {
		sandbox.current.faults.add({ service: 'alimail', kind: 'slow', ms: 100, path: /person0%40/ });
		const { error } = await runNode(getUser(sandbox.current), people(5));
		expect(error!.message).toContain('[item 0]');
		expect(error!.description).toContain('No other item was done.');
	});

	test('a mistake in an email stops the node before any is sent', async () => {
		const { error } = await runNode(sendEmail(sandbox.current), [
			...people(30),
			{ email: 'nobody' },
			...people(5),
		]);
		expect(error!.message).toContain('“nobody” [item 30]');
		expect(error!.description).toContain('No other item was done.');
		expect(sandbox.current.postmark.messages).toEqual([]);
	});
});

describe('with "Continue"', () => {
	const mixed = people(50).map((row, i) =>
		i % 7 === 3 ? { email: 'gone@yunhe.example', name: 'Gone' } : row,
	);
	const isGone = ({ email }: { email: string }) => email.startsWith('gone');
	beforeEach(() => sandbox.current.alimail.seed({ users: people(50) }));

	test('error output: every item comes out exactly once, on the right side', async () => {
		const run = await runNode(getUser(sandbox.current, { settings: continues }), mixed);
		expect(run.json(NODE, 0).map(({ email }) => email)).toEqual(
			mixed.filter((row) => !isGone(row)).map(({ email }) => email),
		);
		expect(run.items(NODE, 1).map(({ pairedItem }) => pairedItem)).toEqual(
			mixed.flatMap((row, item) => (isGone(row) ? [{ item }] : [])),
		);
	});

	test('regular output: errors stand among the results, in item order', async () => {
		const settings = { onError: 'continueRegularOutput' as const };
		const run = await runNode(getUser(sandbox.current, { settings }), mixed);
		expect(run.items(NODE).map(({ pairedItem }) => pairedItem)).toEqual(mixed.map((_, item) => ({ item })));
		expect(run.json(NODE).map(({ error }) => error !== undefined)).toEqual(mixed.map(isGone));
	});
});

test('no items, no requests', async () => {
	for (const node of [createUser(sandbox.current), sendEmail(sandbox.current)]) {
		const run = await runNode(node, []);
		expect(run.error).toBeUndefined();
		expect(run.items(NODE)).toEqual([]);
	}
	expect(sandbox.current.requests.total).toBe(0);
});

test('each item has its own values where there is an expression, and the same where there is none', async () => {
	const parameters = { subject: '={{ "Hello " + $json.name }}', text: 'Same for all' };
	await runNode(sendEmail(sandbox.current, { parameters }), people(3));
	expect(sandbox.current.postmark.messages.map(({ subject, text }) => [subject, text])).toEqual([
		['Hello Person 0', 'Same for all'],
		['Hello Person 1', 'Same for all'],
		['Hello Person 2', 'Same for all'],
	]);
});

test('an expression inside an option is each item’s own too', async () => {
	const parameters = { options: { tag: '={{ $json.name }}', replyTo: 'help@yunhe.example' } };
	await runNode(sendEmail(sandbox.current, { parameters }), people(2));
	expect(sandbox.current.postmark.messages.map(({ tag }) => tag)).toEqual(['Person 0', 'Person 1']);
});

test('an expression that breaks for one item is that item’s error', async () => {
	const parameters = { subject: '={{ $json.names.join(" ") }}' };
	const run = await runNode(sendEmail(sandbox.current, { parameters, settings: continues }), [
		{ ...person(0), names: ['a', 'b'] },
		person(1),
		{ ...person(2), names: ['c'] },
	]);
	expect(sandbox.current.postmark.messages.map(({ subject }) => subject)).toContain('a b');
	expect(run.items(NODE, 0).length + run.items(NODE, 1).length).toBe(3);
});

test('a hint is given once, however many requests say it', async () => {
	const node = sendEmail(sandbox.current, { credential: { serverToken: 'POSTMARK_API_TEST' } });
	const run = await runNode(node, people(501));
	expect(run.items(NODE)).toHaveLength(501);
	expect(sandbox.current.requests.count({ path: '/email/batch' })).toBe(2);
	expect(run.hints(NODE)).toEqual([expect.stringContaining('Not delivered')]);
});
