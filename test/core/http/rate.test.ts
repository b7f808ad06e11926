import { setTimeout as wait } from 'node:timers/promises';
import { engineWith, NODE, runNode } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { getUser, people } from '../support/nodes';

const sandbox = useSandbox();

/** A machine that stands still for a moment lets requests arrive in a heap: that is not what is tested here. */
jest.retryTimes(3);

/** Another app id each time: what one test does to its account's budget is not the next test's affair. */
let apps = 0;
const ownApp = () => {
	const id = `rate-${++apps}`;
	sandbox.current.alimail.apps.add({ id, secret: 'a-secret', permissions: { users: 'readWrite' } });
	return { appId: id, appSecret: 'a-secret' };
};

test('at 40 a second the service sees no second with more, refuses nothing, and is used nearly to the full', async () => {
	sandbox.current.alimail.seed({ users: people(110) });
	const node = getUser(sandbox.current, { credential: { ...ownApp(), requestsPerSecond: 40 } });
	const { engine } = await runNode(node, people(1));
	const begun = Date.now();
	const run = await runNode(node, people(110), { engine });
	expect(run.error).toBeUndefined();
	expect(run.items(NODE)).toHaveLength(110);
	const { rate } = sandbox.current.alimail;
	expect(rate.refused).toBe(0);
	expect(rate.peak).toBeLessThanOrEqual(40);
	expect(110 / ((Date.now() - begun) / 1_000)).toBeGreaterThan(25);
});

test('two executions with one credential share its rate', async () => {
	sandbox.current.alimail.seed({ users: people(60) });
	const node = getUser(sandbox.current, { credential: { ...ownApp(), requestsPerSecond: 40 } });
	const runs = await Promise.all([
		runNode(node, people(60).slice(0, 30), { engine: engineWith(node.credentials) }),
		runNode(node, people(60).slice(30), { engine: engineWith(node.credentials) }),
	]);
	for (const run of runs) expect(run.items(NODE)).toHaveLength(30);
	expect(sandbox.current.alimail.rate.refused).toBe(0);
	expect(sandbox.current.alimail.rate.peak).toBeLessThanOrEqual(40);
});

test('requests that waited for a slow sign-in do not go out in one burst', async () => {
	sandbox.current.alimail.seed({ users: people(60) });
	sandbox.current.faults.add({ service: 'alimail', kind: 'slow', ms: 600, path: '/oauth2/v2.0/token' });
	const run = await runNode(
		getUser(sandbox.current, { credential: { ...ownApp(), requestsPerSecond: 40 } }),
		people(60),
	);
	expect(run.items(NODE)).toHaveLength(60);
	expect(sandbox.current.alimail.rate.refused).toBe(0);
	expect(sandbox.current.alimail.rate.peak).toBeLessThanOrEqual(40);
});

test.each([
	['the same rate', 40],
	['another rate', 36],
])(
	'two apps of one mail domain share one budget when the credentials name the domain, with %s',
	async (_, rate) => {
		sandbox.current.alimail.seed({ users: people(60) });
		const domain = `own${++apps}.example`;
		const nodes = [
			getUser(sandbox.current, { credential: { ...ownApp(), domain, requestsPerSecond: 40 } }),
			getUser(sandbox.current, {
				credential: {
					domain,
					requestsPerSecond: rate,
					appId: 'sandbox-users',
					appSecret: 'sandbox-users-secret',
				},
			}),
		];
		const signedIn = await Promise.all(nodes.map(async (node) => await runNode(node, people(1))));
		await wait(1_100);
		const runs = await Promise.all(
			nodes.map(async (node, i) => await runNode(node, people(30), { engine: signedIn[i]!.engine })),
		);
		for (const run of runs) expect(run.items(NODE)).toHaveLength(30);
		expect(sandbox.current.alimail.rate.refused).toBe(0);
		expect(sandbox.current.alimail.rate.peak).toBeLessThanOrEqual(40);
	},
);
