import { setTimeout as wait } from 'node:timers/promises';
import type { INode } from 'n8n-workflow';
import { Postmark } from '../../../../nodes/Postmark/Postmark.node';
import { Engine } from '../../../../scripts/engine';
import { engineWith, NODE, nodeUnderTest, runNode } from '../../../support/runNode';
import { useSandbox } from '../../../support/services';
import { createUser, people, person, recipients, sendEmail } from '../../support/nodes';

const sandbox = useSandbox();
beforeEach(() => {
	sandbox.current.alimail.settings.requestsPerSecond = 10_000;
});

const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const batches = () => sandbox.current.requests.list({ path: '/email/batch' });
const everyoneOnce = (count: number) => {
	const sent = recipients(sandbox.current);
	expect(new Set(sent).size).toBe(sent.length);
	expect(sent.toSorted()).toEqual(
		people(count)
			.map(({ email }) => email)
			.toSorted(),
	);
};
/** One message of a batch is refused; n8n repeats a node that continues after errors when its first item has failed. */
const refuse = (index: number, times = 1) =>
	sandbox.current.faults.add({
		service: 'postmark',
		kind: 'partial',
		indexes: [index],
		errorCode: 405,
		times,
	});

test('the second try sends only what the first did not', async () => {
	sandbox.current.faults.add({
		service: 'postmark',
		kind: 'status',
		status: 422,
		body: { ErrorCode: 402, Message: 'Invalid JSON' },
		path: '/email/batch',
		after: 1,
	});
	const run = await runNode(sendEmail(sandbox.current, { settings: retry }), people(600));
	expect(run.error).toBeUndefined();
	expect(run.json(NODE).map(({ To }) => To)).toEqual(people(600).map(({ email }) => email));
	expect(run.items(NODE)[599]!.pairedItem).toEqual({ item: 599 });
	everyoneOnce(600);
	expect(batches().map(({ status }) => status)).toEqual([200, 422, 200]);
});

test('what an expression makes of the time changes nothing: an email that went out is not sent again', async () => {
	refuse(2);
	const parameters = { subject: '={{ Math.random() }} {{ $now.toMillis() }}' };
	const run = await runNode(sendEmail(sandbox.current, { settings: retry, parameters }), people(5));
	expect(run.error).toBeUndefined();
	everyoneOnce(5);
	expect(batches()).toHaveLength(2);
});

test('a fault that stays stops the node, and says that what was done is not repeated', async () => {
	refuse(0, Infinity);
	const run = await runNode(sendEmail(sandbox.current, { settings: retry }), people(5));
	expect(run.error?.message).toContain('[item 0]');
	expect(run.error?.description).toContain('4 of the other 4 items were already done');
	expect(run.error?.description).toContain('Retry On Fail does not repeat them');
	expect(recipients(sandbox.current)).toEqual(
		people(5)
			.map(({ email }) => email)
			.slice(1),
	);
	expect(batches()).toHaveLength(3);
});

test('without Retry On Fail nothing is remembered: running the node again sends again', async () => {
	const executionId = 'the-same';
	const { engine } = await runNode(sendEmail(sandbox.current), people(2), { executionId });
	await runNode(sendEmail(sandbox.current), people(2), { executionId, engine });
	expect(recipients(sandbox.current)).toHaveLength(4);
});

test('another execution starts with nothing remembered', async () => {
	const { engine } = await runNode(sendEmail(sandbox.current, { settings: retry }), people(2));
	await runNode(sendEmail(sandbox.current, { settings: retry }), people(2), { engine });
	expect(recipients(sandbox.current)).toHaveLength(4);
});

test('two executions at the same time know nothing of each other', async () => {
	refuse(0);
	const settings = { ...retry, waitBetweenTries: 1_000 };
	const first = runNode(sendEmail(sandbox.current, { settings }), people(5));
	while (batches().length === 0) await wait(5);
	await runNode(sendEmail(sandbox.current, { settings: retry }), people(5));
	await first;
	expect(recipients(sandbox.current)).toHaveLength(10);
});

test('two items that are the same are two emails', async () => {
	refuse(2);
	const twins = Array.from({ length: 5 }, () => person(1));
	const run = await runNode(sendEmail(sandbox.current, { settings: retry }), twins);
	expect(run.error).toBeUndefined();
	expect(recipients(sandbox.current)).toHaveLength(5);
});

test.each(['resetBefore', 'resetAfter'] as const)(
	'%s: an email of unknown fate is not sent by a later try either',
	async (kind) => {
		sandbox.current.faults.add({ service: 'postmark', kind, path: '/email/batch', after: 1 });
		const run = await runNode(sendEmail(sandbox.current, { settings: retry }), people(600));
		expect(run.error?.message).toContain('It is not known whether this was done');
		everyoneOnce(kind === 'resetAfter' ? 600 : 500);
		expect(batches()).toHaveLength(2);
	},
);

describe('when the node continues after errors', () => {
	test.each(['continueErrorOutput', 'continueRegularOutput'] as const)(
		'%s: the repeated run gives back what was done and sends the rest',
		async (onError) => {
			refuse(0);
			const run = await runNode(sendEmail(sandbox.current, { settings: { ...retry, onError } }), people(5));
			expect(run.json(NODE).map(({ To }) => To)).toEqual(people(5).map(({ email }) => email));
			expect(run.json(NODE, 1)).toEqual([]);
			everyoneOnce(5);
			expect(batches()).toHaveLength(2);
		},
	);

	test('an item that no try can help keeps its error, the others were sent once', async () => {
		refuse(0, Infinity);
		const settings = { ...retry, onError: 'continueErrorOutput' as const };
		const run = await runNode(sendEmail(sandbox.current, { settings }), people(5));
		expect(run.items(NODE)).toHaveLength(4);
		expect(run.json(NODE, 1)).toEqual([expect.objectContaining({ email: 'person0@yunhe.example' })]);
		expect(recipients(sandbox.current).toSorted()).toEqual(
			people(5)
				.slice(1)
				.map(({ email }) => email),
		);
	});

	test('an unknown fate stays reported, and is not tried again', async () => {
		sandbox.current.faults.add({ service: 'postmark', kind: 'resetAfter', path: '/email/batch' });
		const settings = { ...retry, onError: 'continueRegularOutput' as const };
		const run = await runNode(sendEmail(sandbox.current, { settings }), people(5));
		expect(run.json(NODE)).toHaveLength(5);
		for (const { details } of run.json(NODE)) expect(details).toMatchObject({ outcome: 'unknown' });
		everyoneOnce(5);
		expect(batches()).toHaveLength(1);
	});
});

test('a try goes on past an item whose fate is unknown: the rest is what it is for', async () => {
	sandbox.current.faults.add({ service: 'postmark', kind: 'resetAfter', path: '/email/batch' });
	sandbox.current.faults.add({ service: 'postmark', kind: 'status', status: 422, path: '/email/batch' });
	const run = await runNode(sendEmail(sandbox.current, { settings: retry }), people(600));
	expect(run.error?.message).toContain('It is not known whether this was done');
	expect(run.error?.description).toContain('100 of the other 599 items were already done');
	everyoneOnce(600);
});

test('300 executions at the same time, each tried again: nobody gets two emails', async () => {
	const size = 3;
	sandbox.current.faults.add({
		service: 'postmark',
		kind: 'partial',
		indexes: [1],
		errorCode: 405,
		times: 300,
	});
	const node = sendEmail(sandbox.current, { settings: { ...retry, waitBetweenTries: 1_000 } });
	const engine = engineWith(node.credentials);
	const runs = await Promise.all(
		Array.from({ length: 300 }, async (_, at) => {
			const own = people(300 * size).slice(at * size, (at + 1) * size);
			return await runNode(node, own, { engine, mode: 'trigger' });
		}),
	);
	expect(runs.filter(({ error }) => error !== undefined)).toEqual([]);
	everyoneOnce(300 * size);
	// Most of them were tried a second time.
	expect(batches().length).toBeGreaterThan(400);
}, 300_000);

describe('one node that runs several times in an execution', () => {
	/** Start, then all of `wiring` one after another; each has the same five items. */
	async function inOne(wiring: Array<{ name: string; to: string }>, targets: INode[]) {
		const { credentials } = sendEmail(sandbox.current);
		const engine = new Engine('source', { 'n8n-nodes-mailops.postmarkTool': new Postmark() });
		for (const [name, data] of Object.entries(credentials)) engine.addCredential(name, data);
		const plain = {
			type: 'test.start',
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: {},
		};
		const link = (node: string) => ({ node, type: 'main' as const, index: 0 });
		return await engine.run(
			{
				name: 'Test',
				nodes: [
					{ ...plain, id: 'start', name: 'Start' },
					...wiring.map(({ name }) => ({ ...plain, id: name, name })),
					...targets,
				],
				connections: {
					Start: { main: [wiring.map(({ name }) => link(name))] },
					...Object.fromEntries(wiring.map(({ name, to }) => [name, { main: [[link(to)]] }])),
				},
			},
			{ start: 'Start', items: people(5).map((json) => ({ json })) },
		);
	}
	const target = (more: Partial<INode>): INode => ({
		...nodeUnderTest(sendEmail(sandbox.current, { settings: { ...retry, maxTries: 1 } })),
		onError: 'continueRegularOutput',
		...more,
	});
	const calls = (count: number, to: string) =>
		Array.from({ length: count }, (_, at) => ({ name: `Call ${at}`, to }));

	test('a tool of an AI agent: a try that follows a failed one does only the rest', async () => {
		// n8n tries twice by itself in a run; the second call is what an agent makes of the failure.
		refuse(0, 2);
		const tool = target({ name: 'Tool', type: 'n8n-nodes-mailops.postmarkTool' });
		await inOne(calls(2, 'Tool'), [tool]);
		everyoneOnce(5);
		expect(batches()).toHaveLength(3);
	});

	test('a tool that did its work is called again: that is a call of its own', async () => {
		const tool = target({ name: 'Tool', type: 'n8n-nodes-mailops.postmarkTool' });
		await inOne(calls(2, 'Tool'), [tool]);
		expect(recipients(sandbox.current)).toHaveLength(10);
	});

	test('a tool that did its work in a second try is called again: that is a call of its own, as a whole', async () => {
		refuse(0);
		const tool = target({ name: 'Tool', type: 'n8n-nodes-mailops.postmarkTool' });
		await inOne(calls(2, 'Tool'), [tool]);
		expect(recipients(sandbox.current)).toHaveLength(10);
	});

	test('a node in a loop sends each time', async () => {
		refuse(0, 2);
		await inOne(calls(2, 'Send'), [target({ name: 'Send' })]);
		expect(recipients(sandbox.current)).toHaveLength(9);
	});

	test('two nodes that were pasted with one id send both', async () => {
		const wiring = [
			{ name: 'One', to: 'First' },
			{ name: 'Two', to: 'Second' },
		];
		await inOne(wiring, [target({ id: 'same', name: 'First' }), target({ id: 'same', name: 'Second' })]);
		expect(recipients(sandbox.current)).toHaveLength(10);
	});
});

test('accounts: the second try creates only those that are missing, and keeps the first passwords', async () => {
	sandbox.current.faults.add({
		service: 'alimail',
		kind: 'status',
		status: 403,
		method: 'POST',
		path: '/v2/users',
		after: 10,
	});
	const run = await runNode(createUser(sandbox.current, { settings: retry }), people(30));
	expect(run.error).toBeUndefined();
	expect(run.json(NODE).map(({ email }) => email)).toEqual(people(30).map(({ email }) => email));
	for (const { initialPassword } of run.json(NODE)) expect(initialPassword).toEqual(expect.any(String));
	expect(sandbox.current.requests.count({ method: 'POST', path: '/v2/users', status: 200 })).toBe(30);
	expect(sandbox.current.alimail.users()).toHaveLength(30);
});
