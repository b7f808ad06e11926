import type { WorkflowExecute } from 'n8n-core';
import { setTimeout as wait } from 'node:timers/promises';
import { NODE, runNode, type NodeUnderTest } from '../../../support/runNode';
import { useSandbox } from '../../../support/services';
import { createUser, getUser, people, sendEmail } from '../../support/nodes';

const sandbox = useSandbox();
beforeEach(() => {
	sandbox.current.alimail.settings.requestsPerSecond = 10_000;
});

/** Runs the node, and does what n8n does when somebody presses Stop, once `reached` says so. */
async function stopWhen(node: NodeUnderTest, count: number, reached: () => boolean) {
	let execution: WorkflowExecute | undefined;
	let isOver = false;
	const run = runNode(node, people(count), { started: (it) => (execution = it) }).finally(
		() => (isOver = true),
	);
	while (!reached() && !isOver) await wait(5);
	(execution as unknown as { abortController: AbortController }).abortController.abort();
	return await run;
}

const creations = () => sandbox.current.requests.count({ method: 'POST', path: '/v2/users' });

test('no new request starts, those under way are finished, and what was done is told', async () => {
	sandbox.current.faults.add({
		service: 'alimail',
		kind: 'slow',
		ms: 100,
		path: '/v2/users',
		times: Infinity,
	});
	const settings = { onError: 'continueRegularOutput' as const };
	const run = await stopWhen(createUser(sandbox.current, { settings }), 200, () => creations() >= 24);
	// Those that were on their way when the execution was stopped still arrive.
	await wait(400);
	const arrived = creations();
	expect(arrived).toBeLessThan(24 + 24 + 24);
	await wait(400);
	expect(creations()).toBe(arrived);
	const rows = run.json(NODE);
	expect(rows).toHaveLength(200);
	const isMade = (no: number) => sandbox.current.alimail.user(`person${no}@yunhe.example`) !== undefined;
	rows.forEach(({ details }, no) => {
		const outcome = (details as { outcome: string } | undefined)?.outcome ?? 'done';
		expect(['done', 'notSent', 'unknown']).toContain(outcome);
		if (outcome !== 'unknown') expect({ no, isMade: isMade(no) }).toEqual({ no, isMade: outcome === 'done' });
	});
});

test('a pause for Retry-After ends at once', async () => {
	sandbox.current.faults.add({
		service: 'alimail',
		kind: 'status',
		status: 429,
		headers: { 'retry-after': '20' },
		path: /users/,
		times: Infinity,
	});
	const refused = () => sandbox.current.requests.count({ status: 429 });
	const started = Date.now();
	// An app of its own: its gate stays closed for the twenty seconds, for the next test too.
	const credential = { appId: 'sandbox-reader', appSecret: 'sandbox-reader-secret' };
	const run = await stopWhen(getUser(sandbox.current, { credential }), 30, () => refused() > 0);
	expect(Date.now() - started).toBeLessThan(10_000);
	expect(refused()).toBeLessThanOrEqual(24);
	expect(run.items(NODE)).toEqual([]);
});

test('emails that had not been handed over are reported as not sent, not as of unknown fate', async () => {
	const token = 'cancelled-token';
	sandbox.current.postmark.addServer({ id: 2001, name: 'Own', tokens: [token] });
	sandbox.current.faults.add({
		service: 'postmark',
		kind: 'status',
		status: 429,
		headers: { 'retry-after': '20' },
		path: '/email/batch',
		times: Infinity,
	});
	const refused = () => sandbox.current.requests.count({ status: 429 });
	let since = 0;
	const run = await stopWhen(
		sendEmail(sandbox.current, { credential: { serverToken: token } }),
		3,
		// The refusal also has to arrive: until then nobody can tell what became of the request.
		() => refused() > 0 && Date.now() - (since ||= Date.now()) > 500,
	);
	expect(JSON.stringify(run.raw)).toContain('The execution was stopped before this was done');
	expect(sandbox.current.postmark.messages).toEqual([]);
});

test('a create whose fate was being looked up is reported as of unknown fate', async () => {
	sandbox.current.faults.add({ service: 'alimail', kind: 'resetAfter', method: 'POST', path: '/v2/users' });
	let polls = 0;
	const run = await stopWhen(createUser(sandbox.current), 1, () => creations() > 0 && ++polls > 30);
	expect(JSON.stringify(run.raw)).toContain('It is not known whether this was done');
	expect(creations()).toBe(1);
});
